/** Of each condition of the gate what it lacks and how far that is: one sentence for each service, team, rate or party. */
import { counted } from "../words.ts";
import type { GateConditionId, GateTerms, RateChange } from "./gate.ts";
import { GATE_TERMS } from "./gate.ts";
import { points } from "./gate-words.ts";
import { LEAST_CHANGES } from "./lead-time-ratio.ts";
import type { ReleaseClass } from "./practices/limits.ts";
import { percent } from "./practices/words.ts";

export const SHORTFALLS = ["service", "team", "rate", "party", "constraint"] as const;

export interface Shortfall {
  readonly kind: (typeof SHORTFALLS)[number];
  /** Of a service or a team its name, of a rate the id of its metric, else what is meant. */
  readonly name: string;
  readonly words: string;
}

/** What was read for the gate. */
export interface Read {
  readonly services: readonly {
    readonly service: string;
    readonly releaseClass: ReleaseClass | null;
    readonly deploymentsPerWeek: number | null;
    readonly isCalm: boolean | null;
    readonly calm: string;
  }[];
  readonly teams: readonly {
    readonly team: string;
    readonly leadTime: { readonly ratio: number; readonly low: number | null; readonly high: number | null } | null;
    /** Merged now, and at the baseline. */
    readonly changes: number;
    readonly before: number;
  }[];
  readonly rates: { readonly fail: RateChange | null; readonly rework: RateChange | null };
}

interface Condition {
  readonly id: GateConditionId;
  readonly missing: readonly string[];
}

/**
 * A share of services or teams may be met without all of them: then these are the others.
 *
 * @returns nothing of practices (told service by service) and of savings (told by what somebody must do).
 */
export function shortfalls({ id, missing }: Condition, read: Read, terms = GATE_TERMS): readonly Shortfall[] {
  switch (id) {
    case "lead-time":
      return read.teams.flatMap(slower);
    case "cadence":
      return read.services.flatMap((one) => seldom(one, terms));
    case "calm":
      return read.services
        .filter(({ isCalm }) => isCalm !== true)
        .map(({ service, isCalm, calm }) =>
          of("service", service, isCalm === null ? `nothing can be said. ${calm}` : calm),
        );
    case "stability":
      return [
        ...worse("change-fail-rate", "change fail rate", read.rates.fail, terms),
        ...worse("rework-rate", "rework rate", read.rates.rework, terms),
      ];
    case "consent":
      return missing.map((words) => of("party", "consent", words));
    case "constraint":
      return missing.map((words) => of("constraint", "constraint", words));
    default:
      return [];
  }
}

function of(kind: Shortfall["kind"], name: string, words: string): Shortfall {
  return { kind, name, words };
}

function slower({ team, leadTime, changes, before }: Read["teams"][number]): readonly Shortfall[] {
  if (leadTime === null)
    return [
      of(
        "team",
        team,
        changes < LEAST_CHANGES || before < LEAST_CHANGES
          ? `nothing can be said: ${counted(changes, "change")} now and ${before} at the baseline, at least ${LEAST_CHANGES} of each are asked`
          : "nothing can be said: of one of the windows half of what was merged has not arrived",
      ),
    ];
  const { ratio, low, high } = leadTime;
  if (high !== null && high < 1) return [];
  const verdict =
    low === null || low > 1 ? "it is longer" : "that it is shorter is not shown: the upper end is to lie below 100 %";
  return [
    of("team", team, `its median is ${percent(ratio)} of the baseline's (${end(low)} to ${end(high)}), so ${verdict}`),
  ];
}

function end(ratio: number | null): string {
  return ratio === null ? "nobody knows how much" : percent(ratio);
}

function seldom(
  { service, releaseClass, deploymentsPerWeek }: Read["services"][number],
  { weeklyClasses }: GateTerms,
): readonly Shortfall[] {
  if (!weeklyClasses.includes(releaseClass ?? "cloud") || (deploymentsPerWeek ?? 0) >= 1) return [];
  return [
    of(
      "service",
      service,
      deploymentsPerWeek === null
        ? "nothing can be said: fewer than four of its weeks are known"
        : `${Number(deploymentsPerWeek.toFixed(1))} deployments a week over the last twelve weeks, and one is asked`,
    ),
  ];
}

function worse(metric: string, title: string, rate: RateChange | null, { worseBy }: GateTerms): readonly Shortfall[] {
  if (rate === null) return [of("rate", metric, `the ${title} of the baseline or of now is unknown`)];
  if (rate.high <= worseBy + 1e-9) return [];
  return [
    of(
      "rate",
      metric,
      `the ${title} is other by ${points(rate.change)}, at most ${points(rate.high)}; at most ${points(worseBy)} are allowed`,
    ),
  ];
}
