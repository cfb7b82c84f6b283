/** Further readings of the rows behind a metric, as words: DORA's other readings of frequency, the signals behind a failure rate. */
import { next, startOf, workingDays } from "./calendar.ts";
import type { Lens } from "./lens.ts";
import type { Metric } from "./metric.ts";
import { inBoth } from "./spans.ts";
import type { Sample } from "./sample.ts";
import { firstFrom, lengthsOf, partOf } from "./sample.ts";
import { median } from "./statistics/quantile.ts";
import { sum } from "./statistics/sum.ts";
import type { Window } from "./time.ts";
import type { Traits } from "./traits.ts";
import { BIT, signalBit, SIGNALS, tally } from "./traits.ts";
import { duration, outOf } from "./words.ts";
import { byNumber } from "./plurals.ts";

export interface Detail {
  readonly label: string;
  readonly value: string;
}

export interface DetailRows {
  readonly deployments: Traits;
  readonly delivered: Traits;
  /** Hours from the merge of each of the delivered changes to its deployment; `NaN` where it is not known. */
  readonly waits: Float64Array;
  /** Hours from each deployment to production to the one before it. */
  readonly gaps: Sample;
}

/**
 * Empty for metrics that have no further reading, and where there is nothing to read.
 *
 * @param time where it is working time, no elapsed one stands beside it.
 * @param out whole days that are left out.
 */
export function details(
  metric: Metric,
  rows: DetailRows,
  window: Window,
  zone: string,
  time: Lens["time"] = "elapsed",
  out: readonly Window[] = [],
): readonly Detail[] {
  switch (metric.id) {
    case "deployment-frequency":
      return frequencies(rows, { window, zone, out }, time);
    case "change-fail-rate":
      return signals(rows.deployments, window);
    case "lead-time-request":
      return requests(rows.delivered, window);
    case "train-change-share":
      return trainHours(rows, window);
    default:
      return [];
  }
}

function frequencies(
  { deployments, gaps }: DetailRows,
  { window, zone, out }: { readonly window: Window; readonly zone: string; readonly out: readonly Window[] },
  time: Lens["time"],
): readonly Detail[] {
  const count = tally(deployments, window, BIT.production);
  if (count === 0) return [];
  const days = daysWith(deployments, window, zone);
  const excluded = sum(inBoth([window], out).map((part) => workingDays(part, zone)));
  const working = workingDays(window, zone) - excluded;
  const gap = median(lengthsOf(partOf(gaps, window)).known);
  return [
    { label: "on", value: `${days} different ${byNumber(days, "day", "days")}` },
    ...(working === 0 ? [] : [{ label: "per working day", value: (count / working).toFixed(2) }]),
    ...(gap === null || time === "working" ? [] : [{ label: "median gap", value: duration(gap) }]),
    ...proxies(deployments, window, count),
  ];
}

/** On how many days there was any: from each the next that is not of its day is looked for. */
function daysWith({ at, bits }: Traits, { from, to }: Window, zone: string): number {
  const last = firstFrom(at, to);
  let days = 0;
  for (let index = firstFrom(at, from); index < last;) {
    const isCounted = ((bits[index] ?? 0) & (BIT.production | BIT.excluded)) === BIT.production;
    if (isCounted) days += 1;
    index = isCounted ? firstFrom(at, next("day", startOf("day", at[index] ?? to, zone), zone)) : index + 1;
  }
  return days;
}

/** A merge is not a deployment: who counts merges is told so. */
function proxies(deployments: Traits, window: Window, count: number): readonly Detail[] {
  const merges = tally(deployments, window, BIT.production | BIT.proxy);
  return merges === 0 ? [] : [{ label: "proxy", value: `${merges} of ${count} are merges` }];
}

function signals(deployments: Traits, window: Window): readonly Detail[] {
  return SIGNALS.flatMap((signal) => {
    const count = tally(deployments, window, BIT.production | signalBit(signal));
    return count === 0 ? [] : [{ label: `by ${signal}`, value: String(count) }];
  });
}

/** Hours add up; the rest is of changes whose deployment left by no timetable. */
function trainHours({ delivered: { at, bits }, waits }: DetailRows, { from, to }: Window): readonly Detail[] {
  const known = BIT.isMerged | BIT.trainKnown;
  let [all, byTrain] = [0, 0];
  const last = firstFrom(at, to);
  for (let index = firstFrom(at, from); index < last; index++) {
    const [has, hours] = [bits[index] ?? 0, waits[index] ?? Number.NaN];
    if ((has & (known | BIT.excluded)) !== known || !Number.isFinite(hours)) continue;
    all += hours;
    if ((has & BIT.byTrain) !== 0) byTrain += hours;
  }
  if (all === 0) return [];
  return [{ label: "of the hours between merge and deployment", value: `${Math.round((100 * byTrain) / all)} %` }];
}

/** Said at any coverage: the changes with an issue may be others than those without. */
function requests(delivered: Traits, window: Window): readonly Detail[] {
  const count = tally(delivered, window, BIT.isMerged);
  if (count === 0) return [];
  const linked = tally(delivered, window, BIT.isMerged | BIT.requested);
  return [{ label: "with a linked issue", value: outOf(linked, count, "change") }];
}
