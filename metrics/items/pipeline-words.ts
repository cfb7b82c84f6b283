/** What pipelines say of themselves together, in one sentence. */
import { counted, duration, outOf } from "../words.ts";
import { byNumber } from "../plurals.ts";

/** One workflow of one service. */
interface Pipeline {
  readonly name: string;
  readonly service: string;
  /** Its default branch is red. */
  readonly isBroken: boolean;
  /** Median of its successful runs; `null` where none is known. */
  readonly hours: number | null;
  readonly runs: number;
  /** Runs that failed and then succeeded without a change, of how many. */
  readonly flaky: number;
  readonly flakyOf: number;
}

/** Fewer runs say nothing of a pipeline. */
const FEW = 5;

/** Which takes longest, which is the flakiest, and how many are broken; pipelines of few runs are not named, and once is no habit. */
export function pipelinesWords(pipelines: readonly Pipeline[], span: string): string {
  if (pipelines.length === 0) return `No run of a pipeline finished in ${span}.`;
  const services = new Set(pipelines.map(({ service }) => service));
  const nameOf = ({ name, service }: Pipeline) => (services.size > 1 ? `${name} of ${service}` : name);
  const [slowest] = pipelines
    .filter(({ hours, runs }) => hours !== null && runs >= FEW)
    .toSorted((a, b) => (b.hours ?? 0) - (a.hours ?? 0));
  const [flakiest] = pipelines
    .filter(({ flaky, flakyOf }) => flaky > 1 && flakyOf >= FEW)
    .toSorted((a, b) => b.flaky / b.flakyOf - a.flaky / a.flakyOf);
  const broken = pipelines.filter(({ isBroken }) => isBroken).length;
  const parts = [
    ...(slowest === undefined ? [] : [`${nameOf(slowest)} takes longest (median ${duration(slowest.hours ?? 0)})`]),
    ...(flakiest === undefined
      ? []
      : [`${nameOf(flakiest)} is the flakiest (${outOf(flakiest.flaky, flakiest.flakyOf, "run")})`]),
    ...(broken === 0 ? [] : [`${broken} ${byNumber(broken, "is", "are")} broken now`]),
  ];
  const all = `${counted(pipelines.length, "pipeline")} in ${span}`;
  return parts.length === 0 ? `${all}, each with too few runs to say more.` : `${all}: ${parts.join(", ")}.`;
}
