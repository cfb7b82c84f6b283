/** What waiting costs, by what people say: measured hours become money only where somebody said what an hour is worth. */
import { sum } from "../statistics/sum.ts";
import type { Window } from "../time.ts";
import { HOUR, WEEK } from "../time.ts";
import type { InForce } from "./assumptions.ts";
import { blended, inForce, ratesInForce } from "./assumptions.ts";
import { RETURN_HOURS } from "./exposed-weeks.ts";
import type { Programme, UseCase } from "./programme.ts";

export interface PricedService {
  readonly service: string;
  readonly system: string | null;
  /** How many changes of people were merged in the window. */
  readonly merged: number;
}

/** A value that money was reckoned with. */
export interface Used extends Pick<InForce, "value" | "low" | "high" | "of"> {
  readonly what: string;
  readonly source: string;
}

export interface Prices {
  /** Money for an hour that one change of a service waits, `null` of one that no use case needs; `null`: nobody said what any use case is worth. */
  readonly delay: ((service: string) => number | null) | null;
  /** Money for a working hour. */
  readonly rate: number | null;
  /** Money for an hour in which a service does not work as it should. */
  readonly downtime: (service: string) => number | null;
  /** Working hours to come back to a change that had to wait. */
  readonly returnHours: number;
  readonly used: readonly Used[];
  readonly missing: readonly string[];
}

function sumOrNull(prices: readonly number[]): number | null {
  return prices.length === 0 ? null : sum(prices);
}

/** Weeks in a year, for what is worth something in a year. */
const YEAR_WEEKS = 52;

/**
 * The cost of delay of a use case is spread evenly over the changes of its services: if each of them waits a week, it is late by a week. So an hour that one change waits costs
 * (cost of a week / hours of a week) / changes. Where nobody said what a week of delay costs, it is what the use case is thought to be worth in a year, by 52.
 *
 * @param useCase only what this one loses; `null`: all of them.
 * @param day on which assumptions must hold, such as `2026-11-28`.
 */
export function pricesOf(
  { assumptions, useCases }: Pick<Programme, "assumptions" | "useCases">,
  services: readonly PricedService[],
  { useCase, day }: { readonly useCase: string | null; readonly day: string },
): Prices {
  const meant = useCases.filter(({ id }) => useCase === null || id === useCase);
  const delays = meant.map((one) => delayOf(one, services, inForce(assumptions, "delay", one.id, day)));
  const rates = ratesInForce(assumptions, day);
  const rate = blended(rates);
  const back = inForce(assumptions, "return", null, day);
  const failing = (service: string) => inForce(assumptions, "downtime", service, day);
  const downtimes = services.flatMap(({ service }) => failing(service) ?? []);
  return {
    delay: delays.length === 0 ? null : (service) => sumOrNull(delays.flatMap(({ of }) => of.get(service) ?? [])),
    rate,
    downtime: (service) => failing(service)?.value ?? null,
    returnHours: back?.value ?? RETURN_HOURS,
    used: [
      ...delays.map(({ used }) => used),
      ...[...rates, ...(back === null ? [] : [back]), ...new Set(downtimes)].map(usedOf),
    ].filter(isFirst),
    missing: [
      ...(delays.length === 0 ? [NO_DELAY] : []),
      ...(rate === null ? [NO_RATE] : []),
      ...(downtimes.length === 0 ? [NO_DOWNTIME] : []),
    ],
  };
}

const NO_DELAY =
  "No use case says what it is worth, so value lost to waiting is shown in hours: add a use case, or the assumption `delay`.";
const NO_RATE = "Nobody said what a working hour costs, so capacity is shown in hours: add the assumption `rate`.";
const NO_DOWNTIME =
  "Nobody said what an hour of a failure costs, so losses are shown in hours: add the assumption `downtime`.";

function isFirst(one: Used, index: number, all: readonly Used[]): boolean {
  return all.findIndex(({ what, of }) => what === one.what && of === one.of) === index;
}

function usedOf({ what, of, value, low, high, said }: InForce): Used {
  return { what, of, value, low, high, source: said?.source ?? "usual, nobody said otherwise" };
}

function delayOf(useCase: UseCase, services: readonly PricedService[], said: InForce | null) {
  const { low, likely, high } = useCase.value;
  const used: Used =
    said === null
      ? {
          what: "delay",
          of: useCase.title,
          value: likely / YEAR_WEEKS,
          low: low / YEAR_WEEKS,
          high: high / YEAR_WEEKS,
          source: "what the use case is worth in a year, by 52 weeks",
        }
      : { ...usedOf(said), of: useCase.title };
  const own = services.filter((one) => isOf(useCase, one));
  const changes = sum(own.map(({ merged }) => merged));
  const price = changes === 0 ? 0 : (used.value * HOUR) / WEEK / changes;
  return { used, of: new Map(own.map(({ service }) => [service, price])) };
}

/** Whether a use case needs a service: it is named, or its system; one that names neither needs every service. */
export function isOf(
  { services, systems }: Pick<UseCase, "services" | "systems">,
  one: Omit<PricedService, "merged">,
): boolean {
  if (services.length === 0 && systems.length === 0) return true;
  return services.includes(one.service) || (one.system !== null && systems.includes(one.system));
}

/** Whole weeks up to an instant, in order. */
export function weeksBefore(until: number, count: number): readonly Window[] {
  return Array.from({ length: count }, (_, index) => ({
    from: until - (count - index) * WEEK,
    to: until - (count - index - 1) * WEEK,
  }));
}
