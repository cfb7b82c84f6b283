/** A Headway that has run for long answers as a new one that got everything at once: nothing that it remembers outlives what made it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { happenings } from "#test/support/happenings.ts";
import { LongLiving } from "#test/support/long-living.ts";
import type { Question } from "#test/support/questions.ts";
import { QUESTIONS } from "#test/support/questions.ts";

const someQuestions = fc.shuffledSubarray([...QUESTIONS], { minLength: 15, maxLength: 15 });

const answersOf = async (headway: LongLiving, questions: readonly Question[]) =>
  Promise.all(questions.map(async (question) => [question, await headway.ask(question)]));

describe("a Headway that runs", () => {
  it("answers like one that got everything at once, whatever happened and was asked meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(happenings, someQuestions, async (history, questions) => {
        const headway = await LongLiving.begin();
        for (const happening of history) {
          // Who restarts it gives no answer to some.
          const meanwhile = Promise.allSettled(questions.map(async (question) => headway.ask(question)));
          await headway.live(happening);
          await meanwhile;
          const fresh = await LongLiving.anew(headway.told);

          expect(await answersOf(headway, questions)).toEqual(await answersOf(fresh, questions));

          await fresh.close();
        }
        await headway.close();
      }),
      // A smaller history would take longer to find than a test may: the seed brings this one again.
      { numRuns: 4, endOnFailure: true },
    );
  }, 240_000);
});
