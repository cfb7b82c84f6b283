/** The quick check over what is measured here. */
import type { BenchmarkFactor } from "#metrics/benchmark.ts";
import {
  CLUSTERS,
  CLUSTERS_EDITION,
  EDITION,
  FACTORS,
  INDUSTRIES,
  INSTRUMENT,
  quickCheck,
} from "#metrics/benchmark.ts";
import type { Measure } from "#metrics/measure.ts";
import { HOUR, WEEK } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { answerMeasures } from "./measures.ts";
import { answerServices } from "./services.ts";
import type { Memory } from "./memory.ts";

type Benchmark = Reply<"/api/benchmark">;

const TITLES: Record<BenchmarkFactor, string> = {
  "lead-time": "Change lead time",
  frequency: "Deployment frequency",
  recovery: "Failed deployment recovery time",
  "fail-rate": "Change fail rate",
  "rework-rate": "Deployment rework rate",
};
const METRICS = "deployment-frequency,lead-time-change,lead-time-commit,recovery-time,change-fail-rate,rework-rate";

/** Several services deploy more often than one: frequency is told of one of those that deployed, on average. */
export async function answerBenchmark(
  installation: Installation,
  query: Query<"/api/benchmark">,
  memory: Memory,
): Promise<Benchmark> {
  const asked = { ...query, time: "elapsed", interval: "month", metric: METRICS } as const;
  const { window, measures } = await answerMeasures(installation, asked, memory);
  const { services } = await answerServices(
    installation,
    { ...query, time: "elapsed", metric: "deployment-frequency" },
    memory,
  );
  const deploying = services.filter((service) => service.measures.some(({ whole }) => whole.n > 0)).length;
  const of = (id: string) => measures.find(({ metric }) => metric === id)?.whole ?? null;
  const [perChange, perCommit] = [of("lead-time-change"), of("lead-time-commit")];
  const leadTime = perChange === null || perChange.value === null ? perCommit : perChange;
  const frequency = of("deployment-frequency");
  const { factors, ...means } = quickCheck({
    leadTimeHours: leadTime?.value ?? null,
    changes: leadTime?.n ?? 0,
    gapHours: gapOf(frequency, deploying),
    deployments: frequency?.n ?? 0,
    recoveryHours: of("recovery-time")?.value ?? null,
    failRate: of("change-fail-rate")?.value ?? null,
    reworkRate: of("rework-rate")?.value ?? null,
  });
  return {
    window,
    instrument: INSTRUMENT,
    edition: EDITION,
    services: deploying,
    factors: factors.map((one) => ({ ...one, title: TITLES[one.factor], industries: industriesOf(one.factor) })),
    ...means,
    clusters: { edition: CLUSTERS_EDITION, rows: [...CLUSTERS] },
  };
}

/** Hours between the deployments of one service; `null` of nothing, and while less than a week is known. */
function gapOf(frequency: Measure | null, services: number): number | null {
  if (frequency === null || frequency.perWeek === null || frequency.perWeek === 0) return null;
  return (services * WEEK) / HOUR / frequency.perWeek;
}

function industriesOf(factor: BenchmarkFactor): Benchmark["factors"][number]["industries"] {
  const index = FACTORS.indexOf(factor);
  return INDUSTRIES.flatMap(({ name, means, deviations }) => {
    const mean = means[index];
    return mean === undefined ? [] : [{ name, mean, deviation: deviations?.[index] ?? null }];
  });
}
