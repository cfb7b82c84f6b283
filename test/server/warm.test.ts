/** A Headway that has run for long answers as a new one that got everything at once: nothing that it remembers outlives what made it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { happenings } from "#test/support/happenings.ts";
import type { Question } from "#test/support/long-living.ts";
import { LongLiving } from "#test/support/long-living.ts";

const span = { from: "2026-02-15", to: "2026-05-15" };
const questions: readonly Question[] = [
  { path: "/api/measures", query: span },
  { path: "/api/measures", query: { ...span, scope: "team:payments", time: "working", interval: "month" } },
  { path: "/api/measures", query: { ...span, service: "acme/shop", bots: "in", from: "2026-03-05" } },
  { path: "/api/measures", query: { ...span, metric: "lead-time-change,pipeline-duration", told: "numbers" } },
  {
    path: "/api/measures",
    query: { ...span, metric: "lead-time-change", told: "numbers", scope: "team:payments", time: "working" },
  },
  { path: "/api/services", query: span },
  { path: "/api/rows", query: { ...span, metric: "lead-time-change", order: "oldest" } },
  { path: "/api/rows", query: { ...span, metric: "lead-time-change", scope: "team:payments", label: "chore" } },
  { path: "/api/rows", query: { ...span, metric: "change-fail-rate", order: "largest" } },
  { path: "/api/rows", query: { ...span, metric: "change-size", authorKind: "bot", minLines: "2" } },
  { path: "/api/rows", query: { ...span, metric: "pipeline-duration", pipeline: "CI" } },
  { path: "/api/flow", query: span },
  { path: "/api/flow", query: { ...span, scope: "team:payments", bots: "in" } },
  { path: "/api/agreement", query: { stage: "open", hours: "24", days: "90" } },
  { path: "/api/annotations", query: { scope: "team:payments" } },
];

const answersOf = async (headway: LongLiving) => Promise.all(questions.map(async (question) => headway.ask(question)));

describe("a Headway that runs", () => {
  it("answers like one that got everything at once, whatever happened and was asked meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (history) => {
        const headway = await LongLiving.begin();
        for (const happening of history) {
          // Who restarts it gives no answer to some.
          const meanwhile = Promise.allSettled(questions.map(async (question) => headway.ask(question)));
          await headway.live(happening);
          await meanwhile;
          const fresh = await LongLiving.anew(headway.told);

          expect(await answersOf(headway)).toEqual(await answersOf(fresh));

          await fresh.close();
        }
        await headway.close();
      }),
      // A smaller history would take longer to find than a test may: the seed brings this one again.
      { numRuns: 4, endOnFailure: true },
    );
  }, 240_000);
});
