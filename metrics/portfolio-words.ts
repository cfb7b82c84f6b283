/** Of many services, which got worse: one sentence, where comparisons are held to be one family. */
import type { Compared } from "./analysis.ts";
import type { Change } from "./compare.ts";
import type { Metric } from "./metric.ts";
import { amount, counted } from "./words.ts";

/** A service with what is told of it, after all comparisons were held against each other. */
export interface ToldService {
  readonly service: string;
  readonly told: readonly { readonly metric: Metric; readonly analysis: Pick<Compared, "whole" | "previous"> }[];
}

/** A comparison that left its normal variation. */
interface Moved {
  readonly service: string;
  readonly words: string;
  readonly p: number;
}

/**
 * Which services got worse against their own window before, and which better, each named by its clearest change (the smallest p).
 * A service that got worse in one number and better in another got worse. Of services with too little nothing is claimed.
 */
export function portfolioWords(services: readonly ToldService[]): string {
  const held = services.flatMap(({ told }) => told.flatMap(({ analysis }) => analysis.previous?.change ?? []));
  const comparable = services.filter(({ told }) => told.some((one) => changeOf(one) !== null));
  const [one] = comparable;
  if (one === undefined) return "Of no service there is enough in both windows to say whether it got worse.";
  const worse = clearest(services, "worse");
  const better = clearest(services, "better").filter(({ service }) => !worse.some((one) => one.service === service));
  const unknown = services.length - comparable.length;
  const rest = [
    ...(better[0] === undefined ? [] : [gotBetter(better[0], better.length)]),
    ...(unknown === 0 ? [] : [`of ${counted(unknown, "service")} there is too little to say`]),
  ];
  const among = held.length < 2 ? "" : ` This holds among ${held.length} comparisons made at once (Holm).`;
  return `${[gotWorse(worse, comparable.length, one), ...rest].join("; ")}.${among}`;
}

function gotWorse([first, ...others]: readonly Moved[], compared: number, { service }: ToldService): string {
  if (first === undefined)
    return compared === 1
      ? `${service} did not get worse against its own window before`
      : `None of ${counted(compared, "service")} got worse against its own window before`;
  if (others.length > 0)
    return `${others.length + 1} of ${counted(compared, "service")} got worse against their own window before, most clearly ${first.service} (${first.words})`;
  const only = compared === 1 ? "" : ` (1 of ${counted(compared, "service")})`;
  return `${first.service} got worse against its own window before: ${first.words}${only}`;
}

function gotBetter({ service, words }: Moved, count: number): string {
  return count === 1 ? `${service} got better (${words})` : `${count} got better, most clearly ${service} (${words})`;
}

/** One for each service that moved so, the clearest first; of equal ones in the order of the services. */
function clearest(services: readonly ToldService[], verdict: "better" | "worse"): readonly Moved[] {
  const moved = services.flatMap(({ service, told }): Moved[] => {
    const [first] = told
      .flatMap((one) => {
        const change = changeOf(one);
        return change?.verdict === verdict ? [{ service, words: moveWords(one), p: change.p }] : [];
      })
      .sort((a, b) => a.p - b.p);
    return first === undefined ? [] : [first];
  });
  return moved.sort((a, b) => a.p - b.p);
}

/** `null` where there is none, or too little for one. */
function changeOf({ analysis: { previous } }: ToldService["told"][number]): Change | null {
  const change = previous?.change ?? null;
  return change === null || change.verdict === "too-few" ? null : change;
}

/** `deployment frequency 3.35 → 1.6 a week`: the unit once where both have the same. */
function moveWords({ metric, analysis: { whole, previous } }: ToldService["told"][number]): string {
  const title = metric.title.charAt(0).toLowerCase() + metric.title.slice(1);
  const now = amount(metric, whole);
  const before = previous === null ? "—" : amount(metric, previous.measure);
  const unit = now.replace(/^[^ ]*/, "");
  return `${title} ${unit !== "" && before.endsWith(unit) ? before.slice(0, -unit.length) : before} → ${now}`;
}
