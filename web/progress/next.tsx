import { Go } from "../design/go.tsx";
import type { Progress } from "../types.ts";
import { type Asked, progressLink } from "./address.ts";

type Missing = Progress["services"][number]["missing"][number];

interface LinkProps {
  readonly asked: Asked;
  readonly service: string;
  readonly missing: Missing;
  /** What it says where its title is told already. */
  readonly words?: string;
}

/** To the weeks that show it; a condition is told with the service. */
export function MissingLink({ asked, service, missing: { id, part, title }, words = title }: LinkProps) {
  const to = { service, part: part === null ? null : `${id}.${part}`, week: null };
  return <Go to={progressLink(asked, to)}>{words}</Go>;
}

/** What helps most services to their next stage, and which: to learn it together costs the least. */
export function Next({
  page: { next, services, practices },
  asked,
}: {
  readonly page: Progress;
  readonly asked: Asked;
}) {
  if (next === null || services.length < 2) return null;
  const practice = practices.find((one) => one.practice === next.id);
  const lacking = services.flatMap(({ service, missing }) => {
    const found = missing.find(({ id }) => id === next.id);
    return found === undefined ? [] : [{ service, found }];
  });
  const near = lacking.toSorted((a, b) => (a.found.distance ?? Infinity) - (b.found.distance ?? Infinity));
  return (
    <section class="section" aria-labelledby="progress-next">
      <h2 id="progress-next">Which practice next: {next.title}</h2>
      <p>
        {next.words} {practice?.why}
      </p>
      <details class="practice-next">
        <summary class="small">Which services, the nearest first ({near.length})</summary>
        <ul>
          {near.map(({ service, found }) => (
            <li key={service}>
              <MissingLink asked={asked} service={service} missing={found} words={service} />: {found.words}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
