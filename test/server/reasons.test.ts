/** Why delivery got faster or slower, from events to the answer. */
import { expect, it } from "vitest";
import { DAY, HOUR } from "#metrics/time.ts";
import { contract } from "#server/contract.ts";
import { aChange, aCommit, aDeployment, aLine, aRepository, aReview } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import { aHeadway, told } from "#test/support/headway.ts";

const NOW = at("2026-06-29");
const WEEKS = 24;
const days = Array.from({ length: WEEKS * 7 }, (_, index) => NOW - (WEEKS * 7 - index) * DAY);

/** A change a day, merged after six hours. What is merged left each week for half of the time, and an hour later since. */
const aShop = async () =>
  aHeadway({
    config: told,
    tells: [
      [
        aRepository({ head: `c${days.length - 1}` }),
        ...aLine(...days.map((day, index) => aCommit(`c${index}`, { authoredAt: day }))),
        ...days.map((day, index) =>
          aChange(index + 1, {
            openedAt: day + HOUR,
            mergedAt: day + 6 * HOUR,
            mergeCommit: `c${index}`,
            reviews: [aReview(day + 2 * HOUR)],
          }),
        ),
        ...days
          .map((day, index) => aDeployment(`d${index}`, `c${index}`, day + 7 * HOUR))
          .filter((_, index) => index >= days.length / 2 || index % 7 === 6),
      ],
    ],
  });

it("says that changes do not wait for a date any more, where the wait for deployment moved most", async () => {
  const headway = await aShop();
  const window = `?from=${new Date(NOW - (WEEKS / 2) * 7 * DAY).toISOString()}&to=${new Date(NOW).toISOString()}`;
  const { words, speed } = contract["/api/why"].reply.parse(await (await headway.get(`/api/why${window}`)).json());

  expect(speed).toBe("better");
  expect(words).toContain("Of the stages of a change, waiting for deployment moved most: 3.04 d before, 1 h now.");
  expect(words).toContain("The share of changes that left by a timetable (a release train): 100 % before, 0 % now.");
});
