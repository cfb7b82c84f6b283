import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { practiceStatus } from "#metrics/programme/practice-status.ts";
import type { PracticeStatus } from "#metrics/programme/practice-status.ts";
import { practices } from "#metrics/programme/practices/index.ts";
import { LIMITS } from "#metrics/programme/practices/limits.ts";
import type { Reading } from "#metrics/programme/practices/practice.ts";
import { NO_ITEMS, unmeasurable } from "#metrics/programme/practices/readings.ts";
import { sharedNext, stageOf, STAGES, stageShares } from "#metrics/programme/stage.ts";
import type { Condition } from "#metrics/programme/stage.ts";
import { WEEK } from "#metrics/time.ts";

const weeks = Array.from({ length: 18 }, (_, index) => ({ from: index * WEEK, to: (index + 1) * WEEK }));
const share = (met: number, of: number): Reading => ({ ...NO_ITEMS, met, of });
const MET = share(1, 1);

/** Every practice adopted, but for the parts that say otherwise, `practice/part`. */
function statuses(except: Readonly<Record<string, Reading>> = {}): readonly PracticeStatus[] {
  return practices.map((practice) => {
    const told = practice.parts.map((part) => ({
      part,
      readings: weeks.map(() => except[`${practice.id}/${part.id}`] ?? except[practice.id] ?? MET),
    }));
    return practiceStatus(practice, told, weeks, LIMITS.cloud);
  });
}

const met: readonly Condition[] = STAGES.flatMap(({ conditions }) =>
  conditions.map((id): Condition => ({ id, state: "met", words: "So it is." })),
);
const without = (id: string) => met.filter((one) => one.id !== id);

describe("the stage of a service", () => {
  it("is the last one when all holds", () => {
    const found = stageOf(statuses(), met);

    expect(found).toMatchObject({ stage: { number: 5 }, holding: 12, asked: 12, missing: [], mandate: [] });
    expect(found.words).toBe("Stage 5, Foundation: 12 of 12 practices hold. It is the last stage.");
  });

  it.each([
    ["trunk-based", 0],
    ["continuous-integration", 0],
    ["small-batches", 1],
    ["review", 1],
    ["work-in-progress", 1],
    ["deployment-automation", 2],
    ["release-on-demand", 2],
    ["recovery", 2],
    ["fast-feedback", 5],
    ["security", 5],
    ["infrastructure-as-code", 5],
    ["ownership", 5],
  ])("is set by its weakest practice: without %s it is %i", (id, stage) => {
    expect(stageOf(statuses({ [id]: share(0, 10) }), met).stage.number).toBe(stage);
  });

  it("names the part of a practice that decides, by which its weeks are found", () => {
    const found = stageOf(statuses({ "trunk-based/branch-lifetime": share(1, 10) }), met);

    expect(found.missing).toMatchObject([{ id: "trunk-based", part: "branch-lifetime" }]);
  });

  it("is no average: however much holds, the weakest decides", () => {
    const found = stageOf(statuses({ "trunk-based/branch-lifetime": share(1, 10) }), met);

    expect(found).toMatchObject({ stage: { number: 0 }, holding: 11, missing: [{ id: "trunk-based" }] });
  });

  it("needs a rollback that is proven before recovery is fast", () => {
    const slow = statuses({ "recovery/recovery-time": share(0, 1) });
    const unproven = statuses({ "recovery/rollback-proven": share(0, 1) });

    expect(stageOf(slow, met).stage.number).toBe(3);
    expect(stageOf(unproven, met).stage.number).toBe(2);
  });

  it("needs what is judged elsewhere, and takes nothing for granted that nobody told", () => {
    expect(stageOf(statuses(), without("calm"))).toMatchObject({
      stage: { number: 3 },
      missing: [{ id: "calm", part: null, distance: null }],
    });
    expect(stageOf(statuses(), without("gate")).stage.number).toBe(4);
  });

  it("shows what the mandate lacks and holds no team back for it", () => {
    const found = stageOf(statuses(), without("baseline-frozen"));

    expect(found).toMatchObject({
      stage: { number: 5 },
      mandate: [{ id: "baseline-frozen", state: "cannot-be-said" }],
    });
  });

  it("names the nearest of what the next stage lacks, and last what nobody can say how far it is", () => {
    const found = stageOf(
      statuses({
        "small-batches/change-size": share(1, 10),
        "review/reviewed": share(8, 10),
        "work-in-progress/changes-per-author": unmeasurable("Nobody counts people."),
      }),
      met,
    );

    expect(found.missing.map(({ id }) => id)).toEqual(["review", "small-batches", "work-in-progress"]);
    expect(found.words).toContain(
      "Fast review by another person promises most, since it is the nearest (11 % of what is asked for are missing)",
    );
  });

  it("takes what was not read for missing, by its id", () => {
    const unread = { part: null, words: "It was not read.", distance: null };
    const read = (except: readonly string[]) => statuses().filter(({ practice }) => !except.includes(practice.id));

    expect(stageOf(read(["trunk-based"]), met).missing).toEqual([
      { id: "trunk-based", title: "trunk-based", ...unread },
    ]);
    expect(stageOf(read(["recovery"]), met)).toMatchObject({
      stage: { number: 2 },
      missing: [{ id: "recovery", title: "recovery", ...unread }],
    });
  });

  it("says of conditions what they are called, and which comes first where none can be said to be the nearest", () => {
    const found = stageOf(statuses(), without("calm"));

    expect(found.missing).toMatchObject([{ title: "Nothing unfavourable outside its limits" }]);
    expect(found.words).toBe(
      "Stage 3, Release on demand: 12 of 12 practices hold. Stage 4 lacks 1 thing, and of none of them can be said how far away it is: Nothing unfavourable outside its limits comes first. Nobody told it.",
    );
  });

  it("counts what is not asked of the service neither among what holds nor among what is asked", () => {
    const exempt: Reading = { kind: "not-applicable", reason: "It has no pipeline", owner: "Plant" };

    expect(stageOf(statuses({ security: exempt }), met)).toMatchObject({
      stage: { number: 5 },
      holding: 11,
      asked: 11,
    });
  });

  it("never falls when a practice is learnt", () => {
    const ids = practices.map(({ id }) => id);
    fc.assert(
      fc.property(fc.subarray(ids), fc.constantFrom(...ids), (lacking, learnt) => {
        const before = Object.fromEntries(lacking.map((id) => [id, share(0, 3)]));
        const after = Object.fromEntries(lacking.filter((id) => id !== learnt).map((id) => [id, share(0, 3)]));

        expect(stageOf(statuses(after), met).stage.number).toBeGreaterThanOrEqual(
          stageOf(statuses(before), met).stage.number,
        );
      }),
      { numRuns: 12 },
    );
  });
});

describe("how far a practice is away", () => {
  const distanceOf = (id: string, part: string, readings: readonly Reading[]) => {
    const told = practices.map((practice) =>
      practiceStatus(
        practice,
        practice.parts.map((one) => ({
          part: one,
          readings: practice.id === id && one.id === part ? readings : weeks.map(() => MET),
        })),
        weeks,
        LIMITS.cloud,
      ),
    );
    return stageOf(told, met).missing.find((one) => one.id === id)?.distance;
  };
  const times = (count: number, reading: Reading) => Array.from({ length: count }, () => reading);

  it("is how much its share lacks, as a share of what is asked for", () => {
    expect(distanceOf("review", "reviewed", times(18, share(9, 20)))).toBeCloseTo(0.5, 9);
  });

  it("is how many weeks are lacking where it is a condition on weeks, or where only single weeks miss it", () => {
    const weekly = [...times(12, NO_ITEMS), ...times(2, MET), ...times(4, share(0, 1))];
    const single = [...times(12, NO_ITEMS), ...times(3, share(99, 100)), ...times(3, share(8, 10))];

    expect(distanceOf("trunk-based", "active-branches", weekly)).toBeCloseTo(0.5, 9);
    expect(distanceOf("review", "reviewed", single)).toBeCloseTo(0.25, 9);
  });

  it("is that of the part that is farthest away, and unknown where one of them is", () => {
    const missing = (except: Readonly<Record<string, Reading>>) => stageOf(statuses(except), met).missing;
    const two = { "review/reviewed": share(8, 10), "review/first-review": share(1, 10) };

    expect(missing(two)).toMatchObject([{ id: "review", distance: 0.8 }]);
    expect(missing({ ...two, "review/first-review": NO_ITEMS })).toMatchObject([{ id: "review", distance: null }]);
  });
});

describe("how much of each stage holds", () => {
  it("is counted stage by stage, whatever the stages before lack, without the mandate", () => {
    const told = statuses({ "trunk-based": share(0, 10), "recovery/rollback-proven": share(0, 1) });

    expect(stageShares(told, without("calm"))).toEqual([
      { stage: 1, asked: 2, holding: 1 },
      { stage: 2, asked: 3, holding: 3 },
      { stage: 3, asked: 3, holding: 2 },
      { stage: 4, asked: 4, holding: 2 },
      { stage: 5, asked: 1, holding: 1 },
    ]);
  });
});

describe("what several services lack", () => {
  it("is the nearest of what as many of them lack, and farthest what nobody can say how far it is", () => {
    const lacks = (id: string, reading: Reading) => stageOf(statuses({ [id]: reading }), met);
    const shared = (...services: readonly ReturnType<typeof lacks>[]) =>
      sharedNext(new Map(services.map((one, index) => [`s${index}`, one])))?.id;
    const [far, near] = [lacks("review", share(0, 10)), lacks("small-batches/change-size", share(4, 10))];
    const unknown = lacks("work-in-progress", unmeasurable("No host."));

    expect(shared(far, near)).toBe("small-batches");
    expect(shared(unknown, near)).toBe("small-batches");
    expect(shared(far, near, far)).toBe("review");
  });

  it("is what most of them lack alike", () => {
    const one = (except: Readonly<Record<string, Reading>>) => stageOf(statuses(except), met);
    const services = new Map([
      ["shop", one({ review: share(0, 1) })],
      ["till", one({ review: share(0, 1), "small-batches": share(0, 1) })],
      ["store", one({ "trunk-based": share(0, 1) })],
      ["done", one({})],
    ]);

    expect(sharedNext(services)).toEqual({
      id: "review",
      title: "Fast review by another person",
      services: ["shop", "till"],
      words: "Fast review by another person is what most services lack for their next stage: 2 of 4 services.",
    });
    expect(sharedNext(new Map([["done", one({})]]))).toBeNull();
  });
});
