/** On what runs of the demo organisation ran: first GitHub's machines, and once runs are short, machines of its own for the tests. */
import type { Job, Outcome } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import type { Scene } from "./scene.ts";

export const HOSTED = "GitHub-hosted: Linux";
export const OWN = "self-hosted: linux, x64";

/** Whoever has runs as short as this has machines for them. */
const SHORT_MINUTES = 12;
/** What of a run it takes to build; the rest is tests. */
const BUILDING = 0.4;

/** The two jobs of an attempt, one after the other. */
export function jobsOf(
  scene: Scene,
  { id, from, to, outcome }: { id: string; from: Instant; to: Instant; outcome: Outcome },
): readonly Job[] {
  const built = Math.round(from + (to - from) * BUILDING);
  const tests = scene.practiceAt(from).pipelineMinutes < SHORT_MINUTES ? OWN : HOSTED;
  const job = { allowedToFail: false, environment: null };
  return [
    {
      ...job,
      id: `${id}-build`,
      name: "build",
      outcome: "success",
      startedAt: from,
      finishedAt: built,
      runner: HOSTED,
    },
    { ...job, id: `${id}-test`, name: "test", outcome, startedAt: built, finishedAt: to, runner: tests },
  ];
}
