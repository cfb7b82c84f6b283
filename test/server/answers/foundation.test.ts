import { describe, expect, it } from "vitest";
import { practiceStatus } from "#metrics/programme/practice-status.ts";
import { practices } from "#metrics/programme/practices/index.ts";
import { LIMITS } from "#metrics/programme/practices/limits.ts";
import { NO_ITEMS } from "#metrics/programme/practices/readings.ts";
import { PARTIES } from "#metrics/programme/programme.ts";
import { stageOf, STAGES } from "#metrics/programme/stage.ts";
import type { Condition } from "#metrics/programme/stage.ts";
import { WEEK } from "#metrics/time.ts";
import { founded } from "#server/answers/foundation.ts";
import { Memory } from "#server/answers/memory.ts";
import { progressOf } from "#server/answers/progressed.ts";
import { agree, aTeamThatGotFaster, declare } from "#test/support/one-team.ts";

const weeks = Array.from({ length: 18 }, (_, index) => ({ from: index * WEEK, to: (index + 1) * WEEK }));

/** Every practice adopted, and everything met but for the gate. */
const statuses = practices.map((practice) => {
  const told = practice.parts.map((part) => ({ part, readings: weeks.map(() => ({ ...NO_ITEMS, met: 1, of: 1 })) }));
  return practiceStatus(practice, told, weeks, LIMITS.cloud);
});
const conditions = STAGES.flatMap((stage) =>
  stage.conditions.filter((id) => id !== "gate").map((id): Condition => ({ id, state: "met", words: "So it is." })),
);

describe("the last stage", () => {
  it("asks of a service that lacks nothing else for the gate of its wave, and of others for none", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "waves", { id: "first", title: "First wave", teams: ["money"], from: "2026-03-02" });
    const { installation } = headway;
    const memory = new Memory(installation.store);
    const { programme, services } = await progressOf(installation, {}, memory);
    const learning = services.map(({ practised }) => {
      const all = { ...practised, statuses };
      return { practised: all, stage: stageOf(statuses, conditions), conditions };
    });
    const [asked] = await founded(installation, { programme, services: learning }, undefined, memory);

    expect(learning[0]?.stage.stage.number).toBe(4);
    expect(asked?.stage).toMatchObject({
      stage: { number: 4 },
      missing: [{ id: "gate", words: expect.stringContaining("The gate cannot be passed yet for “First wave”.") }],
    });

    for (const party of PARTIES) await agree(headway, party);
    const agreed = await progressOf(installation, {}, memory);
    const [whole] = await founded(installation, { ...agreed, services: learning }, undefined, memory);

    expect(whole?.stage.missing).toMatchObject([
      { id: "gate", words: expect.stringContaining("The gate is held for “First wave”.") },
    ]);
    expect(await founded(installation, { programme, services }, undefined, memory)).toEqual(services);
  });
});
