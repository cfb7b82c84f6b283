/** What people noted, at its place in a chart and in the table twin. Pure, so that it can be tested without a canvas. */
import type { Annotation, Point } from "../types.ts";

type Period = Pick<Point, "from" | "to">;

/** A note beside the periods of a chart. */
export interface Happened {
  /** The period in which it begins, and the one in which it ends. */
  readonly first: number;
  readonly last: number;
  /** Limits start anew with it. */
  readonly rebases: boolean;
  readonly title: string;
  /** "2026-03-01: Trunk-based development". */
  readonly words: string;
}

/** The notes whose days lie, at least in part, in the periods of a chart, which are in order. */
export function happenedIn(annotations: readonly Annotation[], periods: readonly Period[]): readonly Happened[] {
  return annotations.flatMap((annotation) => {
    const touched = [...periods.keys()].filter((index) => isIn(annotation, periods[index]));
    const [first, last] = [touched.at(0), touched.at(-1)];
    if (first === undefined || last === undefined) return [];
    const { rebases, title } = annotation;
    return [{ first, last, rebases, title, words: happenedWords(annotation) }];
  });
}

/** A note on an axis of time. */
export interface HappenedBetween extends Pick<Happened, "rebases" | "title" | "words"> {
  readonly from: number;
  readonly to: number;
}

/** The notes whose days lie, at least in part, between two instants, cut there. */
export function happenedBetween(
  annotations: readonly Annotation[],
  from: number,
  to: number,
): readonly HappenedBetween[] {
  return annotations.flatMap((annotation) => {
    const [start, end] = [Math.max(from, Date.parse(annotation.fromAt)), Math.min(to, Date.parse(annotation.toAt))];
    if (start >= end) return [];
    const { rebases, title } = annotation;
    return [{ from: start, to: end, rebases, title, words: happenedWords(annotation) }];
  });
}

/** What happened in one period, for the table twin: "2026-03-01: Trunk-based development". */
export function happenedWordsIn(annotations: readonly Annotation[], period: Period): readonly string[] {
  return annotations.filter((annotation) => isIn(annotation, period)).map(happenedWords);
}

/** "2026-12-24 to 2026-12-31: Holiday freeze". */
export function happenedWords({ from, to, title }: Pick<Annotation, "from" | "to" | "title">): string {
  const last = new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
  return `${last === from ? from : `${from} to ${last}`}: ${title}`;
}

function isIn({ fromAt, toAt }: Annotation, period: Period | undefined): boolean {
  return (
    period !== undefined && Date.parse(fromAt) < Date.parse(period.to) && Date.parse(toAt) > Date.parse(period.from)
  );
}
