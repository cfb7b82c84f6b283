/** What a demo organisation can be told: everything but to look at something that is real. */
import { Refused } from "../answers/problem.ts";
import type { Control } from "../commands.ts";
import type { Installation } from "../installation.ts";
import { deciding } from "../deciding.ts";
import type { Bell } from "../schedule.ts";

export function demoControl(installation: Installation, bell: Bell): Control {
  const refuse = async () =>
    Promise.reject(
      new Refused(
        409,
        "This is a simulated company",
        "Nothing real is connected to it, so that nobody takes its numbers for theirs. Run `headway start` and connect your host there.",
      ),
    );
  return {
    "/api/sync": async () => ({ started: bell.ring() }),
    "/api/connect/probe": refuse,
    "/api/connect": refuse,
    ...deciding(installation),
  };
}
