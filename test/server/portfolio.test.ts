/** The portfolio as the API and the command line tell it. */
import { describe, expect, it } from "vitest";

import { printProgramme } from "#config/programme.ts";
import type { Reply } from "#server/contract.ts";
import { anInitiative, aProgramme, aUseCase, months } from "#test/metrics/programme/declared.ts";
import { aHeadway, told } from "#test/support/headway.ts";

type Told = Reply<"/api/backbone/portfolio">;

const declared = aProgramme({
  useCases: [aUseCase("instant", { title: "Instant payments" }), aUseCase("advice", { title: "Advice" })],
  initiatives: [
    anInitiative("layer", { title: "The layer", benefit: null, plan: months("2026-01", 6, 10_000) }),
    anInitiative("app", {
      title: "The app",
      useCase: "advice",
      needs: ["layer"],
      plan: months("2026-05", 3, 5000),
      actuals: [{ month: "2026-05", cost: 6000, benefit: 100 }],
    }),
  ],
});

async function anOffice(config: object = {}) {
  const { get, post } = await aHeadway({ config: { ...told, ...config }, tells: [[]] });
  const kept = await post("/api/programme/import", {
    text: printProgramme(declared),
    save: true,
    follows: null,
    actor: "Ada",
  });
  expect(kept.status, kept.text).toBe(200);
  return async (query = ""): Promise<Told> => (await get(`/api/backbone/portfolio?${query}`)).json();
}

describe("the portfolio", () => {
  it("is worth more where the configuration says that money costs less", async () => {
    const [usual, cheap] = [await anOffice(), await anOffice({ thresholds: { cases: { rate: 0.02 } } })];
    const worthIn = async (look: typeof usual) => (await look()).value[0]?.value?.p50;

    expect(Number(await worthIn(cheap))).toBeGreaterThan(Number(await worthIn(usual)));
  });

  it("is value against effort, a roadmap by quarter, and what came of what was forecast", async () => {
    const look = await anOffice();
    const { sentence, currency, value, roadmap, forecasts } = await look();

    expect(currency).toBe("EUR");
    expect(sentence).toBe("2 initiatives: €75K planned, €6K spent. 1 initiative begins before what it needs.");
    expect(value.map(({ id, useCase, effort }) => [id, useCase, effort])).toEqual([
      ["app", "Advice", 15_000],
      ["layer", "Instant payments", 60_000],
    ]);
    expect(value[0]?.words).toContain("What must be done first costs as well: The layer (€60K).");
    expect(roadmap.criticalPath).toEqual({ ids: ["layer", "app"], months: 9 });
    expect(roadmap.bars.find(({ id }) => id === "app")?.words).toBe(
      "begins before The layer ends (2026-06), which it needs; on the critical path",
    );
    expect(roadmap.quarters.find(({ id }) => id === "2026-Q2")).toMatchObject({
      begins: ["app"],
      ends: ["layer"],
      planned: 40_000,
      spent: 6000,
    });
    expect(forecasts.map(({ id, until, cost }) => [id, until, cost.spent])).toEqual([
      ["layer", null, 0],
      ["app", "2026-05", 6000],
    ]);
    expect(forecasts[1]?.words).toContain("Until 2026-05 €6K were spent of €5K planned, 20 % more.");
  });

  it("is read for one use case, with what that needs", async () => {
    const look = await anOffice();

    expect((await look("useCase=instant")).value.map(({ id }) => id)).toEqual(["layer"]);
    expect((await look("useCase=advice")).value.map(({ id }) => id)).toEqual(["app", "layer"]);
  });

  it("knows no use case that nobody named, and is empty without a programme", async () => {
    const { get } = await aHeadway({ config: told, tells: [[]] });
    const refused = await get("/api/backbone/portfolio?useCase=nowhere");
    const empty: Told = (await get("/api/backbone/portfolio")).json();

    expect(refused.status).toBe(400);
    expect(empty).toMatchObject({
      sentence: "No initiative is planned yet.",
      value: [],
      forecasts: [],
      roadmap: { bars: [], criticalPath: null },
    });
  });
});
