/** The limits of normal variation as the API tells them, and the points that lie outside. */
import type { Analysis } from "#metrics/analysis.ts";
import { titleOf } from "#metrics/judgements.ts";
import type { Limits, Point } from "#metrics/series.ts";
import { LEAST } from "#metrics/series.ts";
import type { Signal } from "#metrics/statistics/xmr.ts";
import type { Instant, Window } from "#metrics/time.ts";
import type { Reply } from "../contract.ts";
import type { Annotation } from "./annotations.ts";

type Measured = Reply<"/api/measures">["measures"][number];

interface Rebasing {
  readonly interval: string;
  /** By which limits start anew, oldest first. */
  readonly rebases: readonly Annotation[];
}

export function toldLimits(
  analysis: Analysis,
  rebasing: Rebasing,
): Pick<Measured, "limits" | "formerLimits" | "rebased"> {
  return {
    limits: analysis.limits && isoLimits(analysis.limits, rebasing),
    formerLimits: analysis.formerLimits.map((one) => isoLimits(one, rebasing)),
    rebased: rebasedWords(analysis, rebasing),
  };
}

function isoLimits(
  { centre, lower, upper, before, baseline, from, to }: Limits,
  { interval, rebases }: Rebasing,
): NonNullable<Measured["limits"]> {
  const since = rebases.findLast((one) => one.from < to);
  const sinceWords = since === undefined ? "" : ` since ${since.days[0]}`;
  const where =
    before > 0
      ? `the ${before} ${interval}s with values before this window`
      : `the first ${baseline} complete ${interval}s with values of this window`;
  return { ...isoWindow({ from, to }), centre, lower, upper, baseline: `Limits rest on ${where}${sinceWords}.` };
}

/** On the record: when limits started anew last, why, and who said so. */
function rebasedWords({ points, limits }: Analysis, { interval, rebases }: Rebasing): string | null {
  const last = rebases.findLast(({ from }) => from < (points.at(-1)?.to ?? -Infinity));
  if (last === undefined) return null;
  const { days, reason, actor } = last;
  const words = `Limits re-based on ${days[0]}: ${titleOf(last)}, by ${actor} (${reason.replace(/[.!]$/, "")}).`;
  return limits === null
    ? `${words} There are none yet since then: they need ${LEAST} complete ${interval}s with values.`
    : words;
}

/** What a signal says, and on which side: its last value lies on the side of all of it. */
function signalWords(signal: Signal, value: number, centre: number): string {
  const isAbove = value > centre;
  switch (signal) {
    case "outside":
      return `${isAbove ? "above" : "below"} the limits of normal variation`;
    case "run-of-8":
      return `eighth point in a row ${isAbove ? "above" : "below"} the centre`;
    case "3-of-4":
      return `third of four points nearer the ${isAbove ? "upper" : "lower"} limit than the centre`;
  }
}

export function betweenOf({ between }: Analysis): Measured["between"] {
  if (between === null) return null;
  const gaps = between.gaps.map(({ at, days, signals: [signal] }) => ({
    at: new Date(at).toISOString(),
    days,
    signal: signal === undefined ? null : signalWords(signal, days, between.centre),
  }));
  return { ...between, gaps };
}

export function isoPoint(point: Point, { limits, formerLimits }: Analysis, index: number) {
  const [signal = null] = [limits, ...formerLimits].flatMap(
    (one) => one?.signals[index]?.map((each) => signalWords(each, point.value ?? one.centre, one.centre)) ?? [],
  );
  // Thousands are told at once: a copy with two others in it costs a third of one that leaves something out.
  return { ...point, from: isoOf(point.from), to: isoOf(point.to), signal };
}

function isoOf(at: Instant): string {
  return new Date(at).toISOString();
}

export function isoWindow({ from, to }: Window): { from: string; to: string } {
  return { from: isoOf(from), to: isoOf(to) };
}
