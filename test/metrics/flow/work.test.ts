import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ageing, usualTime } from "#metrics/flow/ageing.ts";
import { isOpenAt, isWaitingAt, openedChanges, stageAt } from "#metrics/flow/work.ts";
import { kaplanMeier } from "#metrics/statistics/kaplan-meier.ts";
import { DAY, HOUR, WEEK } from "#metrics/time.ts";
import { aChangeFact } from "#test/support/builders.ts";

const NOW = 100 * WEEK;
const untouched = {
  readyAt: null,
  firstReviewAt: null,
  firstResponseAt: null,
  mergedAt: null,
  closedAt: null,
  isIntegrated: false,
};
const anOpenOne = (days: number, has = {}) => aChangeFact({ ...untouched, openedAt: NOW - days * DAY, ...has });
const aMerged = (days: number) =>
  aChangeFact({ openedAt: NOW - 30 * DAY, mergedAt: NOW - (30 - days) * DAY, closedAt: NOW - (30 - days) * DAY });

describe("work in progress", () => {
  it("is what was opened by then, and neither merged nor closed by then", () => {
    const changes = openedChanges([aChangeFact({ openedAt: 10, mergedAt: 20, closedAt: 20 })], "default");

    expect([9, 10, 19, 20].map((at) => changes.some((change) => isOpenAt(change, at)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it("ends where a change is closed without a merge", () => {
    const changes = openedChanges([aChangeFact({ openedAt: 10, mergedAt: null, closedAt: 20 })], "default");

    expect([19, 20].map((at) => changes.some((change) => isOpenAt(change, at)))).toEqual([true, false]);
  });

  it("leaves out what bots opened, unless they are asked for, and what nobody knows the opening of", () => {
    const changes = [anOpenOne(1, { authorKind: "bot" }), anOpenOne(2), aChangeFact({ openedAt: null })];

    expect(openedChanges(changes, "default")).toHaveLength(1);
    expect(openedChanges(changes, "out")).toHaveLength(1);
    expect(openedChanges(changes, "in")).toHaveLength(2);
  });

  it("is coded on as a draft, waits when it is ready, and is in review once somebody looked", () => {
    const change = anOpenOne(9, { readyAt: 10, firstReviewAt: 20 });

    expect([9, 10, 19, 20].map((at) => stageAt(change, at))).toEqual(["coding", "pickup", "pickup", "review"]);
  });

  it("waits for deployment from its merge to the default branch to its deployment", () => {
    const change = aChangeFact({ mergedAt: 10, deployedAt: 20 });

    expect([9, 10, 19, 20].map((at) => isWaitingAt(change, at))).toEqual([false, true, true, false]);
    expect(isWaitingAt({ ...change, isIntegrated: false }, 15)).toBe(false);
    expect(isWaitingAt({ ...change, deployedAt: null, isBeforeRecord: true }, 15)).toBe(false);
  });
});

describe("ageing", () => {
  it("counts what is open as lasting at least so long: 1, 1, 2, 3, 5, 8 days and open for 4, 9, 15, 20", () => {
    const changes = openedChanges(
      [...[1, 1, 2, 3, 5, 8].map(aMerged), ...[4, 9, 15, 20].map((days) => anOpenOne(days))],
      "default",
    );
    const usual = usualTime(changes, NOW);

    expect(usual.survival?.steps.filter(({ ended }) => ended > 0).map(({ survival }) => survival.toFixed(2))).toEqual([
      "0.80",
      "0.70",
      "0.60",
      "0.48",
      "0.36",
    ]);
    expect(usual.p85).toBeNull();
    const [oldest, , , youngest] = ageing(changes, usual, NOW);
    expect(oldest).toMatchObject({ ageHours: 480, isOld: null, left: null });
    expect(oldest?.words).toContain("May take longer than anything seen.");
    // S(4 d) = .6: half of it, .3, is not reached.
    expect(youngest).toMatchObject({ ageHours: 96, left: { p50: null } });
  });

  it("lists what was opened at one moment by service and id, in whichever order it came", () => {
    const changes = openedChanges(
      [anOpenOne(1, { id: "2" }), anOpenOne(1, { id: "1" }), anOpenOne(1, { id: "2", service: "pay" })],
      "default",
    );
    const listed = (some: typeof changes) =>
      ageing(some, usualTime(some, NOW), NOW).map(({ change: { service, id } }) => `${service} ${id}`);

    expect(listed(changes)).toEqual(["pay 2", "shop 1", "shop 2"]);
    expect(listed(changes.toReversed())).toEqual(listed(changes));
  });

  it("says what is older than the time within which 85 % are merged, and how much longer it may take", () => {
    const changes = openedChanges(
      [...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(aMerged), anOpenOne(9.5), anOpenOne(4.5)],
      "default",
    );
    const usual = usualTime(changes, NOW);
    const [old, young] = ageing(changes, usual, NOW);

    expect(usual.p85).toBe(240);
    expect([old?.isOld, young?.isOld]).toEqual([false, false]);
    expect(old?.left).toMatchObject({ p50: 12, p85: 12 });
    expect(young?.left?.p50).toBe(84);
    expect(young?.words).toBe(
      "Within the 10 d in which 85 % are merged. Half of what got this old is merged within 3.5 d more, 85 % within 5.5 d.",
    );
  });

  it("forgets what was opened more than 26 weeks before, and knows of what was closed without a merge that it took at least so long", () => {
    const old = aChangeFact({ openedAt: NOW - 27 * WEEK, mergedAt: NOW - 20 * WEEK });
    const closed = aChangeFact({ openedAt: NOW - WEEK, mergedAt: null, closedAt: NOW - DAY });

    expect(usualTime(openedChanges([old], "default"), NOW)).toEqual({ survival: null, p85: null });
    expect(usualTime(openedChanges([old, closed], "default"), NOW).survival).toMatchObject({
      n: 1,
      open: 1,
      longest: 6 * 24,
    });
  });

  it("says what is older than 85 % need, which what has exactly that age is not", () => {
    const survival = kaplanMeier([24, 48, 72], []);
    const usual = { survival, p85: 72 };
    const [old, exact] = ageing(openedChanges([anOpenOne(3.5), anOpenOne(3)], "default"), usual, NOW);

    expect(old).toMatchObject({
      isOld: true,
      words: "Older than the 3 d within which 85 % are merged. May take longer than anything seen.",
    });
    expect(exact).toMatchObject({ isOld: false });
    expect(exact?.words).toMatch(/^Within the 3 d in which 85 % are merged\. /);
  });

  it.each([
    [
      "more than half may take longer",
      [24, 48],
      [96, 96, 96, 96],
      "More than half of what got this old may take longer than 3.5 d more.",
    ],
    [
      "half are merged and the rest is not known",
      [24, 48, 72],
      [96, 96],
      "Half of what got this old is merged within 2.5 d more; 85 % may take longer than anything seen.",
    ],
    ["nothing is known", [], [], "May take longer than anything seen."],
  ])("says how much longer it may take where %s", (_, merged, open, words) => {
    const usual = { survival: kaplanMeier(merged, open), p85: null };
    const [one] = ageing(openedChanges([anOpenOne(0.5)], "default"), usual, NOW);

    expect(one).toMatchObject({ isOld: null, words });
  });

  it("knows of what was opened from 26 weeks before on, until that very moment", () => {
    const opened = (openedAt: number) =>
      usualTime(openedChanges([aChangeFact({ ...untouched, openedAt })], "default"), NOW).survival?.n;

    expect(opened(NOW - 26 * WEEK)).toBe(1);
    expect(opened(NOW - 26 * WEEK - 1)).toBeUndefined();
    expect(opened(NOW)).toBe(1);
    expect(opened(NOW + 1)).toBeUndefined();
  });

  it.each([
    ["merged later: it was open then", { mergedAt: NOW + DAY, closedAt: NOW + DAY }, { open: 1, longest: 48 }],
    ["merged at that moment", { mergedAt: NOW, closedAt: NOW }, { open: 0, longest: 48 }],
    ["closed later without a merge", { closedAt: NOW + DAY }, { open: 1, longest: 48 }],
    ["closed before without a merge", { closedAt: NOW - DAY }, { open: 1, longest: 24 }],
    ["merged the moment it was opened", { mergedAt: NOW - 2 * DAY }, { open: 0, longest: 0 }],
    ["closed the moment it was opened", { closedAt: NOW - 2 * DAY }, { open: 1, longest: 0 }],
  ])("is told of by what was known then: what was %s", (_, has, expected) => {
    expect(usualTime(openedChanges([anOpenOne(2, has)], "default"), NOW).survival).toMatchObject({ n: 1, ...expected });
  });

  it("is not told of by what ended before it was opened, nor by what nobody knows the hours of", () => {
    const odd = [{ mergedAt: NOW - 3 * DAY }, { closedAt: NOW - 3 * DAY }].map((has) => anOpenOne(2, has));
    const known = openedChanges([anOpenOne(2), aMerged(3)], "default");

    expect(usualTime(openedChanges(odd, "default"), NOW).survival).toBeNull();
    expect(usualTime(known, NOW, () => null).survival).toBeNull();
    expect(usualTime(known, NOW, () => 7).survival).toMatchObject({ n: 2, open: 1, longest: 7 });
  });

  it("does not depend on the order of the changes, and has every open one once, oldest first", () => {
    const hour = fc.integer({ min: 0, max: 20 }).map((hours) => hours * HOUR);
    const change = fc
      .record({ openedAt: hour, mergedAt: fc.option(hour) })
      .map((known) => aChangeFact({ ...untouched, ...known }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), hour, (facts, at) => {
        const told = (list: typeof facts) => {
          const changes = openedChanges(list, "default");
          return ageing(changes, usualTime(changes, at), at).map(({ ageHours, isOld, words }) => [
            ageHours,
            isOld,
            words,
          ]);
        };

        expect(told(facts.toReversed())).toEqual(told(facts));
        expect(told(facts)).toHaveLength(openedChanges(facts, "default").filter((one) => isOpenAt(one, at)).length);
        expect(told(facts).map(([age]) => age)).toEqual(
          told(facts)
            .map(([age]) => age)
            .toSorted((a, b) => Number(b) - Number(a)),
        );
      }),
    );
  });
});
