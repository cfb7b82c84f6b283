import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { truthOf } from "#collectors/demo/truth.ts";
import { demoConfig } from "#config/demo.ts";
import { demoLedger } from "#config/demo-ledger.ts";
import { parseConfig } from "#config/parse.ts";
import { answerActuals } from "#server/answers/actuals.ts";
import { answerLedger } from "#server/answers/ledger.ts";
import { answerSavings } from "#server/answers/savings.ts";
import { declareDemo } from "#server/demo/declaring.ts";
import { tellStory } from "#server/demo/story.ts";
import type { Installation } from "#server/installation.ts";
import { closeInstallation, openInstallation } from "#server/installation.ts";
import { answerStatements } from "#server/statements/issue.ts";
import { verifyPack } from "#server/statements/verify.ts";
import { syncAll } from "#server/sync.ts";

/** A short past, since all of it is lived through. */
const OPTIONS = { seed: 2, since: "2025-05-26", years: 1 };
const NOW = Date.parse("2026-05-28T12:00:00Z");
const PATIENCE = 300_000;

const signal = new AbortController().signal;
let folder: string;
let installation: Installation;
let rests = 0;
const rested = async () => void (rests += 1);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "headway-story-"));
  const config = parseConfig(demoConfig(OPTIONS), join(folder, "headway.yaml"), {});
  installation = await openInstallation(config, { env: process.env, now: () => NOW });
  await syncAll(installation, { signal });
  await declareDemo(installation);
  await tellStory(installation, { signal, rested });
}, PATIENCE);

afterAll(async () => {
  await closeInstallation(installation);
  rmSync(folder, { recursive: true, force: true });
});

describe("the story of a demo organisation", { timeout: PATIENCE }, () => {
  it("issues statements month by month, each of which follows the one before and says what its rows give", async () => {
    const stored = await installation.store.statements();
    const told = await answerStatements(installation);

    expect(told.map(({ month, problem }) => [month, problem])).toEqual([
      ["2026-04", null],
      ["2026-03", null],
      ["2026-02", null],
      ["2026-01", null],
      ["2025-12", null],
    ]);
    expect(stored.map(({ content }) => verifyPack(Buffer.from(content), null).head.month)).toEqual(
      told.map(({ month }) => month).toReversed(),
    );
    // Before each of them, and before the plan.
    expect(rests).toBe(6);
  });

  it("has books that do not agree in one month, and of which one was put right", async () => {
    const { months, rows } = await answerActuals(installation);

    expect(months.filter(({ capsGrade }) => capsGrade !== false).map(({ month }) => month)).toEqual(["2025-12"]);
    expect(
      rows.filter(({ versions }) => versions.length > 1).map(({ costCentre, month }) => [costCentre, month]),
    ).toEqual([["6300 Overtime", "2025-09"]]);
  });

  it("has lines that finance agreed to, that lost something on the way, and that are only thought of; each signed on its day", async () => {
    const { lines, leaks, totals, notes } = await answerLedger(installation, {});
    const written = demoLedger(truthOf(OPTIONS)).filter(({ day }) => Date.parse(day) < NOW);
    const [cash] = totals.filter(({ ledger }) => ledger === "cashable");

    expect(new Set(lines.map(({ title }) => title))).toEqual(new Set(written.map(({ title }) => title)));
    expect(lines.map(({ stage }) => stage)).toContain("realised");
    expect(cash?.agreed.amount).toBe(4700);
    expect(leaks.length).toBeGreaterThan(1);
    expect(notes).toEqual([]);
    for (const { history } of lines)
      for (const { day, madeAt, actor } of history) expect([madeAt.slice(0, 10), actor === ""]).toEqual([day, false]);
  });

  it("measured by the plan that was frozen before anybody began", async () => {
    const { registered, deviations, reconciliation } = await answerSavings(installation, {});

    expect(registered).toMatchObject({ name: "How savings will be measured", frozenOn: "2025-08-25" });
    expect(deviations.filter((words) => words.includes("frozen on"))).toEqual([]);
    expect(reconciliation?.share).toBeLessThan(0.05);
  });

  it(
    "is not told twice, and goes on from where it was",
    async () => {
      const before = JSON.stringify([await installation.store.ledger(), await installation.store.actuals()]);

      await tellStory(installation, { signal, rested });
      const again = JSON.stringify([await installation.store.ledger(), await installation.store.actuals()]);
      await tellStory({ ...installation, now: () => Date.parse("2026-06-08T12:00:00Z") }, { signal, rested });

      expect(again).toBe(before);
      expect((await installation.store.statements()).at(-1)?.month).toBe("2026-05");
    },
    PATIENCE,
  );

  it("says nothing more once it is stopped", async () => {
    const later = { ...installation, now: () => Date.parse("2026-08-08T12:00:00Z") };

    await tellStory(later, { signal: AbortSignal.abort(), rested });

    expect((await installation.store.statements()).at(-1)?.month).toBe("2026-05");
  });
});
