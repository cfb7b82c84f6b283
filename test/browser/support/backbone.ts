/** What the stand-in server knows of what changes wait for. */
import { NOW } from "./facts.ts";
import { WEEK } from "#metrics/time.ts";
import type { Reply } from "#server/contract.ts";

type Told = Reply<"/api/backbone">;
type Row = Told["systems"][number];

const window = { from: new Date(NOW - 26 * WEEK).toISOString(), to: new Date(NOW).toISOString() };

function amount(value: number, rank: number | null) {
  return { amount: value, low: value * 0.8, high: value * 1.2, rank };
}

function aRow(system: string, hours: number, rank: number, share: number): Row {
  const waited = { system, hours, measured: hours * 0.7, declared: hours * 0.3, changes: Math.round(hours / 40) };
  return {
    ...waited,
    elements: [
      { ...waited, hours: hours * 0.8, element: "delivery", kinds: [{ kind: "release-window", hours: hours * 0.8 }] },
      { ...waited, hours: hours * 0.2, element: "integration", kinds: [{ kind: "dependency", hours: hours * 0.2 }] },
    ],
    parts: {
      value: { hours: amount(hours, rank), money: amount(hours * 3, rank) },
      capacity: { hours: amount(hours / 100, rank), money: null },
      loss: { hours: amount(rank * 10, 4 - rank), money: null },
    },
    topThree: 1,
    removable: { amount: hours * 3 * share, low: hours * 2 * share, high: hours * 4 * share, share },
    words: `${system}: value lost to waiting.`,
  };
}

/** With what is supposed, it would be that share of everything. */
export function backboneTold(asked: URLSearchParams): Told {
  const supposed = asked.get("removable");
  const shareOr = (share: number) => (supposed === null ? share : Number(supposed));
  const removable = { amount: 30_000 * shareOr(0.6), low: 20_000, high: 60_000 };
  return {
    sentence: "Most is lost to waiting for Core ledger: 55 % of 700 d that changes waited.",
    window,
    rank: "value",
    unit: "money",
    currency: "EUR",
    hours: 16_800,
    shares: { measured: 0.6, declared: 0.2, unknown: 0.2 },
    isRanked: true,
    mostUnknown: 0.3,
    constraint: { system: "Core ledger", element: "delivery", words: "Core ledger: value lost to waiting." },
    systems: [
      aRow("Core ledger", 9240, 1, shareOr(0.6)),
      aRow("Customer channels", 3000, 2, shareOr(0)),
      aRow("Platform", 1200, 3, shareOr(0.2)),
    ],
    unknown: [{ service: "quote-web", system: "Customer channels", hours: 3360 }],
    signals: [
      {
        system: "Core ledger",
        services: 3,
        coordination: 0.4,
        deployments: 18,
        failed: 0.1,
        rework: 0.05,
        everyDays: 30,
        consumersEveryDays: 2,
      },
      {
        system: "Platform",
        services: 2,
        coordination: null,
        deployments: 0,
        failed: null,
        rework: null,
        everyDays: null,
        consumersEveryDays: null,
      },
    ],
    initiatives: [
      {
        id: "layer",
        title: "A layer of interfaces over the ledger",
        chance: 0.6,
        cost: 50_000,
        removable,
        priority: { ...amount(0.36, 1), topThree: 1 },
        words: "It could remove 30,000 EUR in half a year.",
      },
    ],
    assumptions: [{ what: "delay", of: "Same-day cover", value: 5000, low: 2000, high: 9000, source: "finance" }],
    missing: ["Nobody said what a working hour costs, so capacity is shown in hours: add the assumption `rate`."],
  };
}

export function backboneWaits(): Reply<"/api/backbone/waits"> {
  return {
    window,
    total: 1,
    hours: 336,
    rows: [
      {
        service: "ledger-core",
        change: "1",
        number: 1,
        title: "Book <b>premiums</b> at once",
        url: null,
        kind: "release-window",
        element: "delivery",
        certainty: "measured",
        from: new Date(NOW - 4 * WEEK).toISOString(),
        to: new Date(NOW - 2 * WEEK).toISOString(),
        hours: 336,
      },
    ],
  };
}

/** One to confirm, one of which a person said something, and one whose system is known otherwise. */
export function suggestedElements(): Reply<"/api/backbone/elements"> {
  const suggestion = { element: "api", sure: "high", evidence: "api: openapi" } as const;
  const words = "It holds 3 descriptions of interfaces (openapi/<b>.yaml, openapi/quotes.yaml).";
  const row = { repository: "acme/channels", system: null, element: null, by: null } as const;
  return {
    sentence:
      "2 of 9 services have no element of the backbone. The files of 2 services suggest something that nobody has looked at.",
    services: 9,
    without: 2,
    unlisted: 0,
    version: 3,
    rows: [
      { ...row, service: "quotes", suggestion: { ...suggestion, words }, isOpen: true, isSaid: false },
      {
        ...row,
        service: "warehouse",
        system: "Core ledger",
        element: "core",
        by: "system",
        suggestion: { element: "data", sure: "medium", words: "It holds 40 dbt files.", evidence: "data: dbt" },
        isOpen: true,
        isSaid: false,
      },
      { ...row, service: "mail", suggestion: { ...suggestion, words }, isOpen: false, isSaid: true },
    ],
  };
}
