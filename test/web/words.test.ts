import { describe, expect, it } from "vitest";

import type { Rows } from "#web/types.ts";
import {
  freshAt,
  isPartial,
  limitsWords,
  lookingAt,
  rowsWords,
  rulesOf,
  sampleWords,
  scopeWords,
  verdictWords,
} from "#web/words.ts";

import { aDefinition, aMeasure, aPoint, aService, aSource, aStatus } from "./support.ts";

function rows(of: Partial<Rows>): Rows {
  return {
    metric: "deployment-frequency",
    window: { from: "", to: "" },
    whole: aMeasure(),
    total: 0,
    counted: 0,
    rows: [],
    ...of,
  };
}

function plain(text: string): string {
  return text.replaceAll("\u00a0", " ");
}

it.each([
  [{ scope: "team:pay", service: null }, "Team pay"],
  [{ scope: "system:core", service: "shop" }, "shop of System core"],
  [{ scope: "use-case:instant-quote", service: null }, "Use case instant quote"],
  [{ scope: null, service: "shop" }, "shop"],
  [{ scope: null, service: null }, null],
])("says of %j that %j is looked at", (filters, words) => {
  expect(scopeWords(filters)).toBe(words);
});

it("tells verdicts apart without colour", () => {
  const signs = (["better", "worse", "different", "within-variation", "too-few"] as const).map(
    (verdict) => verdictWords(verdict).sign,
  );
  expect(new Set(signs).size).toBe(5);
});

describe("what is looked at", () => {
  it("names one service with its rule", () => {
    expect(lookingAt(aStatus())).toBe("headway, from git: releases stand in for deployments");
  });

  it("counts several", () => {
    expect(plain(lookingAt(aStatus({ services: [aService(), aService({ name: "b" })] })))).toBe("2 services from git");
  });

  it("groups services by rule, most first", () => {
    const services = [aService({ name: "a", rule: "tags" }), aService({ name: "b" }), aService({ name: "c" })];
    expect(rulesOf(services).map(({ names }) => names)).toEqual([["b", "c"], ["a"]]);
  });
});

describe("numbers are partial", () => {
  it("while a source is read for the first time", () => {
    expect(isPartial(aStatus({ sources: [aSource({ state: "syncing", syncedAt: null })] }))).toBe(true);
  });

  it("but not while it is brought up to date", () => {
    expect(isPartial(aStatus({ sources: [aSource({ state: "syncing" })] }))).toBe(false);
  });
});

describe("how rows give the number", () => {
  it("says that each release adds one", () => {
    expect(plain(rowsWords(aDefinition(), rows({ total: 84, counted: 84 })))).toBe(
      "These 84 rows give the number: each release adds 1.",
    );
  });

  it("says how many rows of a share have it", () => {
    const definition = aDefinition({ statistic: "rate" });
    expect(plain(rowsWords(definition, rows({ whole: aMeasure({ k: 12 }), total: 97, counted: 97 })))).toContain(
      "12 of them have the value 1",
    );
    expect(plain(sampleWords(definition, aMeasure({ k: 12, n: 97 })))).toBe("12 of 97 releases");
  });

  it("says how many rows do not count", () => {
    expect(plain(rowsWords(aDefinition({ statistic: "median" }), rows({ total: 3, counted: 1 })))).toBe(
      "This row gives the number: it is the middle of their values. 2 more lie in the window and do not count; each line says why.",
    );
  });

  it("says when none counts", () => {
    expect(rowsWords(aDefinition(), rows({}))).toBe("No row in this window counts.");
  });
});

it("is as fresh as the oldest of what is collected, whenever something was pushed", () => {
  const [shop, tills] = [aSource({ syncedAt: "2026-06-01T12:00:00Z" }), aSource({ syncedAt: "2026-06-01T11:00:00Z" })];
  const pushed = aSource({ host: "push", syncedAt: "2026-05-01T00:00:00Z" });

  expect(freshAt([shop, tills, pushed])).toBe("2026-06-01T11:00:00Z");
  expect(freshAt([shop, aSource({ syncedAt: null }), pushed])).toBe("");
  expect(freshAt([pushed])).toBe("2026-05-01T00:00:00Z");
  expect(freshAt([])).toBeNull();
});

describe("what limits rest on", () => {
  const limits = { from: "", to: "", centre: 5, lower: 1, upper: 9, baseline: "Limits rest on the 20 weeks before." };
  const of = (values: readonly (number | null)[], draft: Partial<Parameters<typeof limitsWords>[1]> = {}) => ({
    limits: null,
    rebased: null,
    between: null,
    series: values.map((value) => aPoint({ value })),
    ...draft,
  });
  const count = aDefinition({ statistic: "count" });
  const ten = Array.from({ length: 10 }, () => 0);

  it("is said below each chart, and since when they are new", () => {
    expect(limitsWords(count, of([1], { limits }), "week")).toBe("Limits rest on the 20 weeks before.");
    expect(limitsWords(count, of([1], { limits, rebased: "Re-based on 2026-06-01." }), "week")).toBe(
      "Re-based on 2026-06-01. Limits rest on the 20 weeks before.",
    );
  });

  it("is said where there are none: too few periods, too rare an event, or too many without a length", () => {
    expect(limitsWords(count, of([1, null, 2]), "week")).toBe(
      "No limits of normal variation: they need 10 complete weeks with values, and here are 2.",
    );
    expect(limitsWords(count, of([1]), "day")).toMatch(/10 complete days with values, and here is 1\.$/);
    expect(limitsWords(count, of(ten), "week")).toBe(
      "No limits of normal variation: fewer than one a week is to be expected, so each would lie outside of them.",
    );
    expect(limitsWords(aDefinition({ statistic: "median" }), of(ten), "week")).toBe(
      "No limits of normal variation: too many weeks have a value of 0.",
    );
  });
});
