/**
 * What an organisation believes or has looked up, and no host can tell: what an hour costs, how much capacity there is. Nothing here is measured;
 * all of it is shown beside what is reckoned with it. Rates are those of a role and never what a person earns.
 */
import { classOf } from "../runners.ts";
import type { Month } from "./programme.ts";

/** What can be assumed, and in which unit. `money` is the programme's currency. */
export const ASSUMED = {
  rate: { unit: "money an hour", of: "role", title: "What an hour of work costs, blended" },
  "role-share": { unit: "share", of: "role", title: "The role's share of all hours" },
  capacity: { unit: "hours a week", of: "team", title: "Productive hours of a team" },
  responders: { unit: "people", of: "team", title: "How many work on a failure at a time" },
  "handling-cap": { unit: "hours", of: "team", title: "The longest that a failure is worked on" },
  "manual-deployment": { unit: "hours", of: "team", title: "Work for a deployment that no pipeline does" },
  approval: { unit: "hours", of: "team", title: "Work for an approval that a run waits for" },
  return: { unit: "hours", of: "team", title: "To come back to work that had to wait" },
  "invisible-share": { unit: "share", of: "team", title: "Hours of which no change tells" },
  "ci-price": { unit: "money a minute", of: "runner", title: "What a minute of a runner costs" },
  delay: { unit: "money a week", of: "use case", title: "What a week of delay costs" },
  downtime: { unit: "money an hour", of: "service", title: "What an hour of downtime costs" },
} as const satisfies Readonly<
  Record<string, { readonly unit: string; readonly of: AssumedOf; readonly title: string }>
>;
export type AssumedOf = "role" | "team" | "runner" | "use case" | "service";
export type Assumed = keyof typeof ASSUMED;
export const ASSUMED_NAMES = [
  "rate",
  "role-share",
  "capacity",
  "responders",
  "handling-cap",
  "manual-deployment",
  "approval",
  "return",
  "invisible-share",
  "ci-price",
  "delay",
  "downtime",
] as const satisfies readonly Assumed[];

/** One value from one day on. Several with the same id, each from another day, are its history. */
export interface Assumption {
  readonly id: string;
  readonly what: Assumed;
  /** Of which role, team, runner, use case or service; `null`: of each of which nothing else is said. */
  readonly of: string | null;
  readonly value: number;
  /** The least and the most that is thought possible. */
  readonly low: number;
  readonly high: number;
  /** Where it is from. */
  readonly source: string;
  readonly owner: string;
  /** The first day on which it holds. */
  readonly validFrom: string;
}

/** What is paid to others month by month, and what is lost while systems stand still. */
export const COST_KINDS = ["ci", "infrastructure", "licences", "contractors", "overtime", "downtime"] as const;
export type CostKind = (typeof COST_KINDS)[number];

export interface Cost {
  readonly id: string;
  readonly kind: CostKind;
  readonly title: string;
  /** Whose it is; `null`: everybody's. */
  readonly team: string | null;
  readonly source: string;
  readonly owner: string;
  readonly months: readonly Month[];
}

/** What working hours go into. Each hour is in exactly one. */
export const BUCKETS = [
  "new-value",
  "planned-maintenance",
  "unplanned-rework",
  "security-remediation",
  "toil",
  "other",
] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Something of each bucket. */
export function byBucket<T>(of: (bucket: Bucket) => T): Record<Bucket, T> {
  return {
    "new-value": of("new-value"),
    "planned-maintenance": of("planned-maintenance"),
    "unplanned-rework": of("unplanned-rework"),
    "security-remediation": of("security-remediation"),
    toil: of("toil"),
    other: of("other"),
  };
}

/** What some people, asked or looking at their own time for some days, said where their hours went: what the estimate from activity is held against. */
export interface TimeStudy {
  readonly id: string;
  readonly kind: "time-study" | "survey";
  readonly team: string;
  readonly from: string;
  readonly to: string;
  /** Hours by bucket, of all who took part together: never of one person. */
  readonly hours: readonly { readonly bucket: Bucket; readonly hours: number }[];
}

/** What is taken where nobody said anything: visible, and worth no more than a guess. Of the others nothing is known until somebody says it. */
export const USUAL: Readonly<Partial<Record<Assumed, Pick<Assumption, "value" | "low" | "high">>>> = {
  responders: { value: 1.8, low: 1, high: 3 },
  "handling-cap": { value: 8, low: 4, high: 16 },
  "manual-deployment": { value: 1, low: 0.5, high: 2 },
  approval: { value: 0.25, low: 0.1, high: 0.5 },
  return: { value: 0.25, low: 0.15, high: 0.4 },
  "invisible-share": { value: 0.3, low: 0.2, high: 0.4 },
};

/** A value that a result was reckoned with, and where it is from. */
export interface InForce extends Pick<Assumption, "what" | "of" | "value" | "low" | "high"> {
  /** `null`: nobody said, so it is the usual one. */
  readonly said: Assumption | null;
}

/**
 * What holds on a day: what is said of this one, of a runner else of its class, else of all of its kind, else what is usual; of several the one that began last.
 *
 * @param of a team, a role, …; `null`: what is said of all.
 * @returns `null` where nobody said anything and nothing is usual.
 */
export function inForce(
  assumptions: readonly Assumption[],
  what: Assumed,
  of: string | null,
  day: string,
): InForce | null {
  const begun = assumptions.filter((one) => one.what === what && one.validFrom <= day);
  const own = namesOf(what, of).flatMap((name) => newest(begun.filter((one) => isNamed(one.of, name))) ?? [])[0];
  const said = own ?? newest(begun.filter((one) => one.of === null)) ?? null;
  if (said !== null) return { what, of: said.of, value: said.value, low: said.low, high: said.high, said };
  const usual = USUAL[what];
  return usual === undefined ? null : { what, of: null, ...usual, said: null };
}

/** By which it can be named, the nearest first. */
function namesOf(what: Assumed, of: string | null): readonly string[] {
  if (of === null) return [];
  return what === "ci-price" ? [...new Set([of, classOf(of)])] : [of];
}

function newest(all: readonly Assumption[]): Assumption | undefined {
  return all.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
}

/** Names as people write them, in any case. */
function isNamed(name: string | null, other: string): boolean {
  return name?.toLowerCase() === other.toLowerCase();
}

/**
 * What an hour costs: what is said of all roles together, else the mean of the roles by their shares of all hours.
 *
 * @returns what it was made of; empty where nobody said enough to know it.
 */
export function ratesInForce(assumptions: readonly Assumption[], day: string): readonly InForce[] {
  const whole = inForce(assumptions, "rate", null, day);
  if (whole !== null) return [whole];
  const roles = new Set(assumptions.filter(({ what }) => what === "rate").flatMap(({ of }) => of ?? []));
  const parts = [...roles].map((role) => [
    inForce(assumptions, "rate", role, day),
    inForce(assumptions, "role-share", role, day),
  ]);
  const known = parts.flatMap((pair) => (pair.includes(null) ? [] : pair)).filter((one) => one !== null);
  return known.some(({ what, value }) => what === "role-share" && value > 0) ? known : [];
}

/** Of what `ratesInForce` found, with whatever values are drawn for it. `null` of nothing. */
export function blended(rates: readonly Pick<InForce, "what" | "of" | "value">[]): number | null {
  const whole = rates.find(({ what, of }) => what === "rate" && of === null);
  if (whole !== undefined) return whole.value;
  let [money, shares] = [0, 0];
  for (const { what, of, value } of rates) {
    if (what !== "role-share") continue;
    money += value * (rates.find((one) => one.what === "rate" && one.of === of)?.value ?? 0);
    shares += value;
  }
  return shares === 0 ? null : money / shares;
}
