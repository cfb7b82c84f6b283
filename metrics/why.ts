/** Whether delivery got faster or riskier, and why: the stage and the service that moved most. */
import type { Change } from "./compare.ts";
import type { Metric } from "./metric.ts";
import type { Sample } from "./sample.ts";
import { lengthsOf } from "./sample.ts";
import { sum } from "./statistics/sum.ts";
import { amount, counted, oneClock } from "./words.ts";
import type { ToldBriefly } from "./words.ts";

/** What some numbers of one kind say together; `null` where too little is known of each. */
type Direction = "better" | "worse" | "both" | "same" | null;

export interface ServiceTold {
  readonly service: string;
  /** The same metrics as of all services together. */
  readonly told: readonly ToldBriefly[];
}

/** A stage of changes. Its hours per change add up to how long a change takes, which medians do not. */
export interface StageTold {
  readonly told: ToldBriefly;
  /** Hours per change on average, over the changes of which it is known; `null` where it is of none. */
  readonly before: number | null;
  readonly now: number | null;
}

/** The mean length of what is known; it alone adds up to the whole, and nothing is told of it. `null` where nothing is known. */
export function hoursPerChange(sample: Sample): number | null {
  const { known } = lengthsOf(sample);
  return known.length === 0 ? null : sum(known) / known.length;
}

export interface Why {
  readonly speed: Direction;
  readonly risk: Direction;
  readonly words: string;
  /** Of the words, what explains the first sentence; each without its full stop. */
  readonly reasons: readonly string[];
}

/** Where nothing moved, it is looked among the services at these: how fast, and how safely. */
const USUAL = ["lead-time-change", "lead-time-commit", "change-fail-rate"];

/** Which numbers are looked at service by service: of those that moved one of speed and one of risk, else the usual ones. */
export function lookedAt(delivery: readonly ToldBriefly[]): readonly Metric[] {
  const all = oneClock(delivery);
  const moved = all.filter((told) => verdictOf(told) !== null);
  const first = (isFast: boolean) => moved.find(({ metric }) => (metric.factor === "throughput") === isFast);
  const found = [leadTimeOf(moved) ?? first(true), first(false)].flatMap((told) => told ?? []);
  const usual = all.filter(({ metric, analysis }) => USUAL.includes(metric.id) && analysis.whole.value !== null);
  return (found.length > 0 ? found : usual).map(({ metric }) => metric);
}

/**
 * @param delivery what is told of throughput and instability, held against chance as one family.
 * @param stages those of a change, held against chance as another family.
 * @param services each by itself, in the metrics of `lookedAt`; all of them one family. Fewer than two say nothing.
 * @param trains the share of changes that waited for a deployment by timetable; said where the wait for deployment moved most.
 */
export function why(
  delivery: readonly ToldBriefly[],
  stages: readonly StageTold[],
  services: readonly ServiceTold[],
  trains: ToldBriefly | null = null,
): Why {
  const all = oneClock(delivery);
  const speed = directionOf(all.filter(({ metric }) => metric.factor === "throughput"));
  const risk = directionOf(all.filter(({ metric }) => metric.factor === "instability"));
  const reasons = [stageReason(leadTimeOf(all), stages, trains), ...serviceReasons(all, services)].filter(
    (reason) => reason !== null,
  );
  const words = [overall(speed, risk), ...reasons].map((sentence) => `${sentence}.`);
  return { speed, risk, words: words.join(" "), reasons };
}

function directionOf(told: readonly ToldBriefly[]): Direction {
  const verdicts = told.map(verdictOf);
  const [isBetter, isWorse] = [verdicts.includes("better"), verdicts.includes("worse")];
  if (isBetter && isWorse) return "both";
  if (isBetter || isWorse) return isBetter ? "better" : "worse";
  return told.some((one) => changeOf(one) !== null) ? "same" : null;
}

const SPEED = {
  better: "Delivery got faster",
  worse: "Delivery got slower",
  both: "Delivery got faster in one respect and slower in another",
  same: "Delivery is as fast as before",
} as const;

const RISK = { better: "safer", worse: "riskier", both: "safer in one respect and riskier in another" } as const;

function overall(speed: Direction, risk: Direction): string {
  if (speed === null && risk === null) return "Too little is known to say whether delivery got faster or riskier";
  if (speed === "same" && risk === "same") return "Delivery got neither faster nor riskier";
  const fast = speed === null ? "Too little is known to say whether delivery got faster" : SPEED[speed];
  if (risk === null) return `${fast}; too little is known to say whether it got riskier`;
  if (risk === "same") return speed === null ? `${fast}; it did not get riskier` : `${fast}, and no riskier`;
  return speed === null || speed === "same"
    ? `${fast}, ${risk === "better" ? "and" : "but"} it got ${RISK[risk]}`
    : `${fast} and ${RISK[risk]}`;
}

/** Where the time was won or lost: of the stages that moved as the lead time did, the one with the most hours of it. */
function stageReason(
  leadTime: ToldBriefly | undefined,
  stages: readonly StageTold[],
  trains: ToldBriefly | null,
): string | null {
  const verdict = leadTime === undefined ? null : verdictOf(leadTime);
  if (verdict === null || stages.every(({ told }) => changeOf(told) === null)) return null;
  const moved = stages.flatMap(({ told, before, now }) => {
    if (verdictOf(told) !== verdict || before === null || now === null) return [];
    const won = verdict === "better" ? before - now : now - before;
    return { id: told.metric.id, title: nameOf(told.metric), words: sides(told), won };
  });
  const [most] = moved.toSorted((a, b) => b.won - a.won);
  if (most === undefined || most.won <= 0) return "No stage of a change explains that by itself";
  // By hours, which add up to the time of a change; told as medians, like everything here.
  const timetable = most.id === "stage-deploy" && trains !== null ? timetableWords(trains) : "";
  return `Of the stages of a change, ${most.title} moved most: ${most.words}${timetable}`;
}

/** Whether the wait for a deployment is one for its date; nothing where that is not known, or no change ever waited so. */
function timetableWords(trains: ToldBriefly): string {
  const { whole, previous } = trains.analysis;
  const isThere = [whole, previous?.measure].some((side) => (side?.value ?? 0) > 0);
  return isThere ? `. The share of changes that left by a timetable (a release train): ${sides(trains)}` : "";
}

function serviceReasons(
  delivery: readonly ToldBriefly[],
  services: readonly ServiceTold[],
): readonly (string | null)[] {
  if (services.length < 2) return [];
  const looked = lookedAt(delivery);
  const moved = looked.filter((metric) =>
    delivery.some((one) => one.metric.id === metric.id && verdictOf(one) !== null),
  );
  if (moved.length > 0) return moved.map((metric) => serviceReason(metric, delivery, services));
  const alone = looked.flatMap((metric) => among(metric, services).filter(({ told }) => verdictOf(told) === "worse"));
  return [
    alone.length === 0
      ? null
      : `Beneath that, ${counted(new Set(alone.map(({ service }) => service)).size, "service")} got worse against the past: ${alone.slice(0, 2).map(oneService).join(", ")}`,
  ];
}

function serviceReason(
  metric: Metric,
  delivery: readonly ToldBriefly[],
  services: readonly ServiceTold[],
): string | null {
  const pooled = delivery.find((one) => one.metric.id === metric.id);
  const verdict = pooled === undefined ? null : verdictOf(pooled);
  const same = among(metric, services).filter(({ told }) => verdictOf(told) === verdict);
  const [most] = furthest(same.map(({ told }) => told));
  const named = same.find(({ told }) => told === most);
  const what = nameOf(metric);
  if (named === undefined)
    return `In ${what}, no service left its normal variation by itself: it is many small changes, or another mix of services`;
  return `In ${what}, ${counted(same.length, "service")} of ${services.length} moved that way, ${named.service} most: ${sides(named.told)}`;
}

interface Named {
  readonly service: string;
  readonly told: ToldBriefly;
}

function among(metric: Metric, services: readonly ServiceTold[]): readonly Named[] {
  return services.flatMap(({ service, told }) =>
    told.filter((one) => one.metric.id === metric.id).map((one) => ({ service, told: one })),
  );
}

function oneService({ service, told }: Named): string {
  return `${service} (${nameOf(told.metric)} ${sides(told)})`;
}

function leadTimeOf(told: readonly ToldBriefly[]): ToldBriefly | undefined {
  return told.find(({ metric: { id } }) => id === "lead-time-change" || id === "lead-time-commit");
}

/** A service that left its normal variation, in the number in which that is clearest. */
export interface Mover {
  readonly service: string;
  readonly verdict: "better" | "worse";
  /** "lead time for changes: 70 h before, 5.0 h now". */
  readonly words: string;
}

/** The services that moved most clearly (the smallest p, each once), whichever way, against their own window before; none where no service moved. */
export function movers(services: readonly ServiceTold[], most: number): readonly Mover[] {
  const moved = services
    .flatMap(({ service, told }) => {
      const [first] = told
        .flatMap((one) => {
          const verdict = verdictOf(one);
          const { metric } = one;
          const words = `${nameOf(metric)}: ${sides(one)}`;
          return verdict === null ? [] : [{ service, verdict, words, p: changeOf(one)?.p ?? 1 }];
        })
        .toSorted((a, b) => a.p - b.p);
      return first === undefined ? [] : [first];
    })
    .toSorted((a, b) => a.p - b.p);
  return moved.slice(0, most).map(({ service, verdict, words }) => ({ service, verdict, words }));
}

/** Those that changed most first: a ratio of rates counts by its factor, whichever way. */
function furthest(told: readonly ToldBriefly[]): readonly ToldBriefly[] {
  const size = (one: ToldBriefly): number => {
    const change = changeOf(one)?.change ?? 0;
    return one.metric.statistic === "count" ? Math.abs(Math.log(Math.max(change, Number.MIN_VALUE))) : Math.abs(change);
  };
  return told.toSorted((a, b) => size(b) - size(a));
}

function sides({ metric, analysis: { whole, previous } }: ToldBriefly): string {
  return `${previous === null ? "—" : amount(metric, previous.measure)} before, ${amount(metric, whole)} now`;
}

function changeOf({ analysis: { previous } }: ToldBriefly): Change | null {
  return previous?.change ?? null;
}

function verdictOf(told: ToldBriefly): "better" | "worse" | null {
  const verdict = changeOf(told)?.verdict;
  return verdict === "better" || verdict === "worse" ? verdict : null;
}

/** A metric inside a sentence: its title without its clock. */
function nameOf({ title }: Metric): string {
  const bare = title.replace(/ \(.*\)$/, "");
  return `${bare.charAt(0).toLowerCase()}${bare.slice(1)}`;
}
