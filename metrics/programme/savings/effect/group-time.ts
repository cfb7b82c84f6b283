/** Group-time effects and their aggregates, as Callaway & Sant'Anna 2021 define them (§3.1). */
import type { Cells } from "./cells.ts";
import { changeOf } from "./cells.ts";

/** The change of those that adopted in one week, in one week since. */
export interface GroupTime {
  /** The week of adoption. */
  readonly group: number;
  readonly week: number;
  readonly weight: number;
  readonly teamWeeks: number;
  /** ATT(g, t), in units of the outcome. */
  readonly change: number;
}

/** In order of groups, then weeks. */
export function groupTimes(cells: Cells): readonly GroupTime[] {
  const found = new Map<string, { group: number; week: number; weight: number; teamWeeks: number; total: number }>();
  for (const cell of cells.cells) {
    const group = cells.grid.adopted[cell.team] ?? 0;
    const key = `${group} ${cell.week}`;
    const one = found.get(key) ?? { group, week: cell.week, weight: 0, teamWeeks: 0, total: 0 };
    found.set(key, one);
    one.weight += cell.weight;
    one.teamWeeks += 1;
    one.total += cell.weight * changeOf(cells, cell);
  }
  return [...found.values()]
    .map(({ total, ...one }) => ({ ...one, change: total / one.weight }))
    .toSorted((a, b) => a.group - b.group || a.week - b.week);
}

export interface Aggregate {
  /** A week of adoption, weeks since adoption, or a week. */
  readonly at: number;
  readonly weight: number;
  readonly teamWeeks: number;
  readonly change: number;
}

/** All cells by their weights; `null` without any. */
export function simple(times: readonly GroupTime[]): number | null {
  return averageOf(times, ({ weight }) => weight);
}

/** Each group's mean over its weeks, all weeks counting the same. */
export function byGroup(times: readonly GroupTime[]): readonly Aggregate[] {
  return aggregated(
    times,
    ({ group }) => group,
    () => 1,
  );
}

/** How far adoption lies back, 0 being its own week: groups by their weights. */
export function dynamic(times: readonly GroupTime[]): readonly Aggregate[] {
  return aggregated(
    times,
    ({ group, week }) => week - group,
    ({ weight }) => weight,
  );
}

/** Week by week: groups by their weights. */
export function byWeek(times: readonly GroupTime[]): readonly Aggregate[] {
  return aggregated(
    times,
    ({ week }) => week,
    ({ weight }) => weight,
  );
}

/** The groups' means by their weights, which the paper recommends as the one number; `null` without any. */
export function overall(times: readonly GroupTime[]): number | null {
  const groups = byGroup(times).map(({ at, change }) => {
    const own = times.filter(({ group }) => group === at);
    return {
      change,
      weight:
        averageOf(
          own.map(({ weight }) => ({ change: weight })),
          () => 1,
        ) ?? 0,
    };
  });
  return averageOf(groups, ({ weight }) => weight);
}

function aggregated(
  times: readonly GroupTime[],
  keyOf: (time: GroupTime) => number,
  weightOf: (time: GroupTime) => number,
): readonly Aggregate[] {
  const parts = new Map<number, GroupTime[]>();
  for (const time of times) {
    const part = parts.get(keyOf(time)) ?? [];
    parts.set(keyOf(time), part);
    part.push(time);
  }
  return [...parts]
    .toSorted(([a], [b]) => a - b)
    .map(([at, part]) => {
      let [weight, teamWeeks] = [0, 0];
      for (const time of part) [weight, teamWeeks] = [weight + time.weight, teamWeeks + time.teamWeeks];
      return { at, weight, teamWeeks, change: averageOf(part, weightOf) ?? 0 };
    });
}

function averageOf<T extends { readonly change: number }>(
  items: readonly T[],
  weightOf: (item: T) => number,
): number | null {
  let [total, weights] = [0, 0];
  for (const item of items) {
    total += weightOf(item) * item.change;
    weights += weightOf(item);
  }
  return weights === 0 ? null : total / weights;
}
