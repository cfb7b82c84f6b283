/** Pipelines side by side, by the names of their workflows. */
import type { PipelineFact } from "#metrics/facts.ts";
import { overlap } from "#metrics/grid.ts";
import { pipelinesWords } from "#metrics/items/pipeline-words.ts";
import { RunnerSums, runnerUseWords } from "#metrics/items/runner-use.ts";
import type { Lens } from "#metrics/lens.ts";
import { inTime } from "#metrics/lens.ts";
import type { Measure } from "#metrics/measure.ts";
import { measure } from "#metrics/measure.ts";
import type { Metric, Observation } from "#metrics/metric.ts";
import { isDuring } from "#metrics/scopes.ts";
import type { Instant } from "#metrics/time.ts";
import { spanWords } from "#metrics/words.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { PIPELINE_METRICS } from "../pipelines-contract.ts";
import { structureOf } from "../structure.ts";
import { absence, askedScope } from "./asked-scope.ts";
import type { Memory } from "./memory.ts";
import { instantOf } from "./columns.ts";
import { observedAlone } from "./observations.ts";
import { Pace } from "./turns.ts";
import { askedWindow, canHave, lacking, namedMetrics, reaches, summariesOf } from "./scope.ts";

type Row = Reply<"/api/pipelines">["rows"][number];

/** One workflow of one service while it is told. */
interface Told {
  readonly service: string;
  readonly name: string;
  runs: number;
  brokenSince: Instant | null;
  readonly observations: Map<string, Observation[]>;
}

export async function answerPipelines(
  installation: Installation,
  query: Query<"/api/pipelines">,
  memory: Memory,
): Promise<Reply<"/api/pipelines">> {
  const zone = installation.config.timezone;
  const window = askedWindow(query, zone, installation.now());
  const found = await askedScope(installation, query);
  const { services } = found;
  const reach = await reaches(installation, services, memory);
  const seen = overlap(window, reach.pipeline);
  const lens: Lens = { bots: "default", open: query.open, time: query.time };
  const metrics = namedMetrics(PIPELINE_METRICS.join(",")).map((metric) => inTime(metric, lens));
  const judged = await memory.judged(installation);
  const looking = {
    lens,
    ends: reach,
    structure: structureOf(installation.config),
  };
  const pipelines = new Map<string, Told>();
  const toldOf = ({ source, service, name }: PipelineFact): Told => {
    const key = `${source}\n${service}\n${name}`;
    const known = pipelines.get(key);
    if (known !== undefined) return known;
    const made: Told = { service, name, runs: 0, brokenSince: null, observations: new Map() };
    pipelines.set(key, made);
    return made;
  };
  const runners = new RunnerSums();
  const pace = new Pace();
  for (const place of seen === null ? [] : services) {
    await pace.rest();
    const own = async (list: "finishedRuns" | "breaks") =>
      (await installation.store.facts(list, place, seen ?? window)).filter((fact) =>
        isDuring(instantOf(list)(fact), place.times),
      );
    const facts = { finishedAt: await own("finishedRuns"), brokeAt: await own("breaks") };
    for (const fact of facts.finishedAt) {
      toldOf(fact).runs += 1;
      runners.add(fact);
    }
    for (const fact of facts.brokeAt) if (fact.greenAt === null) toldOf(fact).brokenSince = fact.brokeAt;
    for (const metric of metrics) {
      if (metric.of !== "pipeline") continue;
      for (const fact of facts[metric.clock]) {
        const observation = observedAlone(metric, { kind: "pipeline", fact }, { ...looking, places: [place] });
        if (observation === null || judged.exclusionOf({ kind: "pipeline", fact, observation }) !== null) continue;
        const { observations } = toldOf(fact);
        const known = observations.get(metric.id);
        if (known === undefined) observations.set(metric.id, [observation]);
        else known.push(observation);
      }
    }
  }
  const out = judged.daysOut(services);
  const rows = [...pipelines.values()].map((told) => ({
    told,
    measures: metrics.map((metric) => ({
      metric,
      whole: measure(metric, told.observations.get(metric.id) ?? [], seen, out),
    })),
  }));
  const summaries = await summariesOf(services, memory);
  const [first] = metrics;
  const missing = first === undefined || canHave(first, summaries) ? null : lacking(first, summaries);
  const reason = absence(found, window) ?? missing;
  const span = spanWords(window);
  const { use } = runners;
  return {
    window: { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() },
    sentence: reason ?? pipelinesWords(rows.map(inWords), span),
    reason,
    total: rows.length,
    rows: sorted(rows, query)
      .slice(query.offset, query.offset + query.limit)
      .map(({ told, measures }) => toRow(told, measures)),
    runners: { sentence: runnerUseWords(use, span), ...use, kinds: [...use.kinds] },
  };
}

interface Line {
  readonly told: Told;
  readonly measures: readonly { readonly metric: Metric; readonly whole: Measure }[];
}

function inWords({ told: { name, service, brokenSince }, measures }: Line) {
  const of = (id: string) => measures.find(({ metric }) => metric.id === id)?.whole;
  const [duration, flakiness] = [of("pipeline-duration"), of("pipeline-flakiness")];
  return {
    name,
    service,
    isBroken: brokenSince !== null,
    hours: duration?.value ?? null,
    runs: duration?.n ?? 0,
    flaky: flakiness?.k ?? 0,
    flakyOf: flakiness?.n ?? 0,
  };
}

function sorted(rows: readonly Line[], { sort, direction }: Query<"/api/pipelines">): readonly Line[] {
  const sign = direction === "ascending" ? 1 : -1;
  const byName = (a: Line, b: Line) =>
    a.told.name.localeCompare(b.told.name, "en") || a.told.service.localeCompare(b.told.service, "en");
  if (sort === "name") return rows.toSorted((a, b) => sign * byName(a, b));
  const key = ({ told, measures }: Line): number | null =>
    sort === "runs" ? told.runs : (measures.find(({ metric }) => metric.id === sort)?.whole.value ?? null);
  return rows.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName(a, b);
    return sign * (left - right) || byName(a, b);
  });
}

function toRow({ service, name, runs, brokenSince }: Told, measures: Line["measures"]): Row {
  return {
    service,
    name,
    runs,
    brokenSince: brokenSince === null ? null : new Date(brokenSince).toISOString(),
    measures: PIPELINE_METRICS.flatMap((id) => {
      const found = measures.find(({ metric }) => metric.id === id);
      return found === undefined ? [] : [{ metric: id, whole: found.whole }];
    }),
  };
}
