/** The rows behind a number: what was observed, what each adds, and why it counts or not. */
import { measure } from "#metrics/measure.ts";
import { overlap } from "#metrics/grid.ts";
import { inTime } from "#metrics/lens.ts";
import type { Metric } from "#metrics/metric.ts";
import { isOngoing } from "#metrics/metric.ts";
import type { Judgement } from "#metrics/judgements.ts";
import { within } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import { Memory } from "./memory.ts";
import type { Judged } from "./judged.ts";
import { subjectOf } from "./judged.ts";
import type { Observed } from "./observations.ts";
import { observed } from "./observations.ts";
import { BadRequest } from "./problem.ts";
import { absence, askedScope } from "./asked-scope.ts";
import { askedWindow, clockOf, explained, namedMetrics, reaches, summariesOf } from "./scope.ts";
import { whyAlert, whyChange, whyCommit, whyDeployment, whyHours, whyIncident, whyJudged, whyRun } from "./why.ts";

export async function answerRows(
  installation: Installation,
  query: Query<"/api/rows">,
  memory = new Memory(installation.store),
): Promise<Reply<"/api/rows">> {
  const [named] = namedMetrics(query.metric);
  if (named === undefined || query.metric.includes(","))
    throw new BadRequest("Rows belong to one metric: name one in `metric`.");
  const metric = inTime(named, query);
  const window = askedWindow(query, installation.config.timezone, installation.now());
  const found = await askedScope(installation, query);
  const { services } = found;
  const reach = await reaches(installation, services, memory);
  const facts = await memory.facts(services, [metric], window);
  const seen = overlap(window, reach[clockOf(metric)]);
  const looking = { lens: query, ends: reach, structure: structureOf(installation.config) };
  const judged = await memory.judged(installation.config.timezone);
  const all = observed(metric, facts, looking)
    .filter(({ observation: { at } }) => seen !== null && within(at, seen))
    .filter((row) => query.pipeline === undefined || (row.kind === "pipeline" && row.fact.name === query.pipeline));
  const rows = all.map((row) => judgedRow(row, judged));
  const observations = rows.filter(({ exclusion }) => exclusion === null).map(({ observation }) => observation);
  const known = { summaries: await summariesOf(services, memory), absent: absence(found, window) };
  const whole = explained(metric, measure(metric, observations, seen, judged.daysOut(services)), known, window);
  return {
    metric: metric.id,
    window: { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() },
    whole,
    total: all.length,
    counted: whole.n + whole.open,
    rows: ordered(rows, query.order)
      .slice(query.offset, query.offset + query.limit)
      .map((row) => toRow(metric, row)),
  };
}

/** A row with what somebody decided about it. */
type JudgedRow = Observed & { readonly exclusion: Judgement | null; readonly override: Judgement | null };

/** What is left out adds nothing. */
function judgedRow(row: Observed, judged: Judged): JudgedRow {
  const exclusion = judged.exclusionOf(row);
  const override = row.kind === "deployment" ? judged.overrideOf(row.fact) : null;
  if (exclusion === null) return { ...row, exclusion, override };
  return { ...row, exclusion, override, observation: { at: row.observation.at, value: null } };
}

function ordered(all: readonly JudgedRow[], order: Query<"/api/rows">["order"]): readonly JudgedRow[] {
  const size = ({ observation }: JudgedRow) =>
    isOngoing(observation) ? observation.openFor : (observation.value ?? -1);
  switch (order) {
    case "oldest":
      return all;
    case "newest":
      return all.toReversed();
    case "largest":
      return all.toSorted((a, b) => size(b) - size(a));
    case "smallest":
      return all.toSorted((a, b) => size(a) - size(b));
  }
}

function toRow({ needs }: Metric, row: JudgedRow): Reply<"/api/rows">["rows"][number] {
  const { at, value } = row.observation;
  const openFor = isOngoing(row.observation) ? row.observation.openFor : null;
  const { why, ...rest } = nameOf(row);
  const hours = needs === "hours" ? `${whyHours(value)} ${why}` : why;
  const judgement = row.exclusion ?? row.override;
  return {
    kind: row.kind,
    service: row.fact.service,
    at: new Date(at).toISOString(),
    value,
    openFor,
    counted: value !== null || openFor !== null,
    ...rest,
    why: judgement === null ? hours : `${whyJudged(judgement)} ${hours}`.trim(),
    subject: subjectOf(row.kind, row.fact),
    judgement: judgement === null ? null : { id: judgement.id, kind: judgement.kind },
  };
}

function nameOf(row: Observed): Pick<Reply<"/api/rows">["rows"][number], "id" | "title" | "url" | "why"> {
  switch (row.kind) {
    case "commit":
      return { id: row.fact.sha, title: row.fact.title, url: null, why: whyCommit(row.fact) };
    case "deployment":
      return { id: row.fact.id, title: row.fact.id, url: row.fact.url, why: whyDeployment(row.fact) };
    case "change":
      return { id: row.fact.id, title: row.fact.title, url: row.fact.url, why: whyChange(row.fact) };
    case "incident":
      return { id: row.fact.id, title: row.fact.title, url: row.fact.url, why: whyIncident(row.fact) };
    case "alert":
      return { id: row.fact.id, title: row.fact.title, url: row.fact.url, why: whyAlert(row.fact) };
    case "pipeline":
      return { id: row.fact.id, title: row.fact.name, url: row.fact.url, why: whyRun(row.fact) };
  }
}
