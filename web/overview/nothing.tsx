import { useMay } from "../access/me.ts";
import { Go } from "../design/go.tsx";
import { Opening } from "../shell/opening.tsx";
import { SeeDemo } from "../shell/simulated.tsx";
import type { Status } from "../types.ts";
import { isPartial } from "../words.ts";

type Reason = "no-source" | "reading" | "not-collected" | "failed" | "nothing-found";

/** Why there is nothing to measure, if so. */
export function nothingYet(status: Status): Reason | null {
  const { sources, services } = status;
  if (services.some(({ commits, deployments }) => commits + deployments > 0)) return null;
  if (sources.length === 0) return "no-source";
  if (isPartial(status)) return "reading";
  if (sources.some(({ syncedAt }) => syncedAt !== null)) return "nothing-found";
  return sources.every(({ state }) => state === "failed") ? "failed" : "not-collected";
}

interface Props {
  readonly reason: Reason;
  readonly title: string;
  readonly status: Status | null;
}

/** The page while there is nothing to measure: what to do. */
export function Nothing({ reason, title, status }: Props) {
  return (
    <section class="section">
      <Opening title={title} sentence={sentence(reason)} isPartial={reason === "reading"} />
      <p>{step(reason)}</p>
      {reason !== "reading" && status?.simulated !== true && <Connect />}
      {status !== null && <SeeDemo status={status} />}
    </section>
  );
}

function Connect() {
  const mayConnect = useMay("/api/connect");
  return (
    <>
      {mayConnect && (
        <p>
          <Go to="data?connect=github" class="button">
            Connect GitHub / GitLab
          </Go>
        </p>
      )}
      <p class="muted">
        To look at a folder: <code>npm start -- --repo PATH</code>
      </p>
    </>
  );
}

function sentence(reason: Reason): string {
  switch (reason) {
    case "no-source":
      return "Headway has nothing to look at yet.";
    case "reading":
      return "Headway is still reading, so nothing can be said yet.";
    case "not-collected":
      return "Nothing has been collected yet.";
    case "failed":
      return "Nothing could be collected.";
    case "nothing-found":
      return "There are no commits in what Headway looks at.";
  }
}

function step(reason: Reason): string {
  switch (reason) {
    case "no-source":
      return "Start it inside a git repository, or name one.";
    case "reading":
    case "not-collected":
      return "The first numbers appear here by themselves, usually within a minute.";
    case "failed":
      return "Why, and what to do, is said with the source; it is tried again by itself.";
    case "nothing-found":
      return "Is the folder the right one, and does its default branch have commits?";
  }
}
