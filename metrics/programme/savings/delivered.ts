/** How long work took until it was delivered, service by service: what a use case waits for is what its own services deliver. */
import { dateOf } from "../../calendar.ts";
import { isOf } from "../prices.ts";
import type { UseCase } from "../programme.ts";
import type { Window } from "../../time.ts";
import type { ServiceActivity } from "./activity.ts";
import type { SavingsInput } from "./prepared.ts";
import type { Days } from "./result.ts";
import { weekAt } from "./week-sums.ts";

/** What people's changes took that a service deployed for the first time in a week. */
export interface Delivered {
  readonly service: string;
  /** Its Monday. */
  readonly week: string;
  readonly changes: number;
  /** The sum of the natural logarithms of their lead times in hours. */
  readonly logs: number;
}

/**
 * One for each week in which something was; whoever owned the service.
 *
 * @param weeks in order and without gaps.
 */
export function deliveredBy(
  { service, changes }: Pick<ServiceActivity, "service" | "changes">,
  weeks: readonly Window[],
  zone: string,
): readonly Delivered[] {
  const found = new Map<number, { changes: number; logs: number }>();
  for (const { authorKind, deployedAt, leadTimeHours } of changes) {
    if (authorKind !== "human" || deployedAt === null || leadTimeHours === null || leadTimeHours <= 0) continue;
    const week = weekAt(weeks, deployedAt);
    if (week === null) continue;
    const sums = found.get(week) ?? { changes: 0, logs: 0 };
    sums.changes += 1;
    sums.logs += Math.log(leadTimeHours);
    found.set(week, sums);
  }
  return weeks.flatMap((week, index): Delivered[] => {
    const sums = found.get(index);
    return sums === undefined ? [] : [{ service, week: dateOf(week.from, zone), ...sums }];
  });
}

const HOURS_A_WEEK = 7 * 24;

/** The geometric mean of the lead times of some services in some days, in weeks; `null` of nothing. */
function leadTimeWeeks(
  delivered: readonly Delivered[],
  services: ReadonlySet<string>,
  { from, to }: Days,
): number | null {
  let [logs, count] = [0, 0];
  for (const one of delivered) {
    if (!services.has(one.service) || one.week < from || one.week >= to) continue;
    logs += one.logs;
    count += one.changes;
  }
  return count === 0 ? null : Math.exp(logs / count) / HOURS_A_WEEK;
}

/** How long each use case waits for what its services deliver, or those of its systems, then and now; one that names neither waits for all of them. */
export function delaysOf(
  useCases: readonly Pick<UseCase, "id" | "services" | "systems">[],
  {
    services,
    delivered,
  }: {
    readonly services: readonly { readonly service: string; readonly system: string | null }[];
    readonly delivered: readonly Delivered[];
  },
  days: { readonly before: Days; readonly now: Days },
): SavingsInput["useCases"] {
  return useCases.map((useCase) => {
    const own = new Set(services.filter((one) => isOf(useCase, one)).map(({ service }) => service));
    return {
      id: useCase.id,
      before: leadTimeWeeks(delivered, own, days.before),
      now: leadTimeWeeks(delivered, own, days.now),
    };
  });
}
