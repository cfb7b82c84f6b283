import { Skeleton } from "../design/skeleton.tsx";
import { go } from "../router.ts";
import type { Programme } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { Forecasts } from "./forecasts.tsx";
import { RestsOn } from "./rests-on.tsx";
import { Timetable } from "./timetable.tsx";
import { ValueForEffort } from "./value-effort.tsx";

interface Props {
  /** As they were declared. */
  readonly initiatives: Programme["programme"]["initiatives"];
  readonly today: string;
  readonly useCase: string | null;
  /** Whose months are shown, as the address has it. */
  readonly initiative: string | null;
  readonly revision: number;
}

/** The initiatives beside each other: what to begin with, when, and whether what was promised came. */
export function Planned({ initiatives, today, useCase, initiative, revision }: Props) {
  const query = useCase === null ? {} : { useCase };
  const { reply, problem } = useReply("/api/backbone/portfolio", query, revision);
  if (reply === null)
    return problem === null ? <Skeleton label="Reading the portfolio" kind="panel" count={2} /> : null;
  if (reply.value.length === 0 && reply.roadmap.bars.length === 0) return null;
  const linkTo = (id: string): string => `backbone?${new URLSearchParams({ ...query, initiative: id }).toString()}`;
  const open = (id: string): void => go(linkTo(id));
  return (
    <section class="section stack" aria-labelledby="portfolio-title">
      <h2 id="portfolio-title">Portfolio</h2>
      <p>{reply.sentence}</p>
      <ValueForEffort page={reply} onOpen={open} />
      <Timetable page={reply} onOpen={open} />
      <Forecasts
        page={reply}
        shown={initiative}
        linkTo={linkTo}
        restsOn={(id) => {
          const found = initiatives.find((one) => one.id === id);
          return found === undefined ? null : <RestsOn initiative={found} today={today} />;
        }}
      />
    </section>
  );
}
