/** The rows behind a number: what was observed, what each adds, and why it counts or not. */
import type { RowFilter } from "#metrics/attributes.ts";
import { attributesOf, isAsked } from "#metrics/attributes.ts";
import { measure } from "#metrics/measure.ts";
import { overlap } from "#metrics/grid.ts";
import { inTime } from "#metrics/lens.ts";
import type { Metric } from "#metrics/metric.ts";
import { isOngoing } from "#metrics/metric.ts";
import type { Judgement } from "#metrics/judgements.ts";
import type { FactOf, ListName } from "#metrics/lists.ts";
import { listOf } from "#metrics/lists.ts";
import { firstFrom, partOf } from "#metrics/sample.ts";
import type { Instant, Window } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { Store } from "../store/store.ts";
import { structureOf } from "../structure.ts";
import type { Rows } from "./columns.ts";
import { instantOf } from "./columns.ts";
import { Memory } from "./memory.ts";
import type { Judged } from "./judged.ts";
import { KINDS, subjectOf } from "./judged.ts";
import type { Observed, SampledRows } from "./observations.ts";
import { sampled } from "./observations.ts";
import { Pace } from "./turns.ts";
import type { ScopedService } from "./asked-scope.ts";
import { BadRequest } from "./problem.ts";
import { lensOf, rowFilter } from "./row-filter.ts";
import { absence, askedScope } from "./asked-scope.ts";
import { askedWindow, clockOf, explained, namedMetrics, reaches, summariesOf } from "./scope.ts";
import { whyAlert, whyChange, whyCommit, whyDeployment, whyIncident, whyJudged, whyRun } from "./why.ts";
import { whyHere } from "./why-here.ts";

export async function answerRows(
  installation: Installation,
  query: Query<"/api/rows">,
  memory = new Memory(installation.store),
): Promise<Reply<"/api/rows">> {
  const [named] = namedMetrics(query.metric);
  if (named === undefined || query.metric.includes(","))
    throw new BadRequest("Rows belong to one metric: name one in `metric`.");
  const metric = inTime(named, query);
  const filter = rowFilter(metric, query);
  const window = askedWindow(query, installation.config.timezone, installation.now());
  const found = await askedScope(installation, query);
  const { services } = found;
  const reach = await reaches(installation, services, memory);
  const judged = await memory.judged(installation);
  const structure = structureOf(installation.config);
  const pace = new Pace();
  const looked = { window, time: query.time, structure, judged };
  const list = listOf(metric);
  const rows = (await memory.rows(services, [named], looked, pace, filter))[list];
  const looking = { lens: lensOf(query), ends: reach, structure, places: services };
  const seen = overlap(window, reach[clockOf(metric)]);
  const all = sampledPart(sampled(metric, rows, looking, true), seen);
  const kept = sampledPart(sampled(metric, rows, looking), seen);
  const known = { summaries: await summariesOf(services, memory), absent: absence(found, window) };
  const whole = explained(metric, measure(metric, kept, seen, judged.daysOut(services)), known, window);
  const page = pageOf(all, query);
  const facts = await factsOf(
    installation.store,
    list,
    services,
    rows,
    page.map((index) => all.rows[index] ?? 0),
    filter,
  );
  return {
    metric: metric.id,
    window: { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() },
    whole,
    total: all.at.length,
    counted: whole.n + whole.open,
    rows: page.flatMap((index, place) => {
      const fact = facts[place];
      return fact === undefined ? [] : [toRow(metric, judgedRow(observedOf(list, fact, all, index), judged))];
    }),
  };
}

/** A row with what somebody decided about it. */
type JudgedRow = Observed & { readonly exclusion: Judgement | null; readonly override: Judgement | null };

function judgedRow(row: Observed, judged: Judged): JudgedRow {
  const override = row.kind === "deployment" ? judged.overrideOf(row.fact) : null;
  return { ...row, exclusion: judged.exclusionOf(row), override };
}

function sampledPart(sample: SampledRows, window: Window | null): SampledRows {
  const { from, to } = window ?? { from: 0, to: 0 };
  const [first, last] = [firstFrom(sample.at, from), firstFrom(sample.at, to)];
  return { ...partOf(sample, { from, to }), rows: sample.rows.subarray(first, last) };
}

function observedOf(
  list: ListName,
  fact: FactOf<ListName>,
  { at, values, openFor }: SampledRows,
  index: number,
): Observed {
  const [value, open] = [values[index] ?? Number.NaN, openFor?.[index] ?? Number.NaN];
  const known = { at: at[index] ?? 0, value: Number.isNaN(value) ? null : value };
  const observation = Number.isNaN(open) ? known : { ...known, value: null, openFor: open };
  // oxlint-disable-next-line no-unsafe-type-assertion -- each list has facts of one kind
  return { kind: KINDS[list], fact, observation } as Observed;
}

/** Which of a sample are on the page that is asked for, in its order. */
function pageOf({ at, values, openFor }: SampledRows, { order, offset, limit }: Query<"/api/rows">): readonly number[] {
  const count = Math.max(0, Math.min(limit, at.length - offset));
  switch (order) {
    case "oldest":
      return Array.from({ length: count }, (_, index) => offset + index);
    case "newest":
      return Array.from({ length: count }, (_, index) => at.length - 1 - offset - index);
    case "largest":
      return smallest(sizes(values, openFor, -1), offset, count);
    case "smallest":
      return smallest(sizes(values, openFor, 1), offset, count);
  }
}

/** How much each adds; what is not known is the least. */
function sizes(values: Float64Array, openFor: Float64Array | null, sign: number): Float64Array {
  return values.map((value, index) => {
    const size = Number.isNaN(value) ? (openFor?.[index] ?? Number.NaN) : value;
    return sign * (Number.isNaN(size) ? -1 : size);
  });
}

/** The indices of so many of the smallest, after some; equal ones in their order. Sorts no more than the page and what is before it. */
function smallest(values: Float64Array, offset: number, count: number): readonly number[] {
  if (count === 0) return [];
  const last = values.toSorted()[offset + count - 1] ?? 0;
  const found: number[] = [];
  const equal: number[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (value < last) found.push(index);
    else if (value === last && equal.length < offset + count) equal.push(index);
  }
  const sorted = found.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  return [...sorted, ...equal].slice(offset, offset + count);
}

/**
 * The facts of some rows, by the index of their service and instant: of those at the same instant, the one in the same place.
 *
 * @param filter by which the rows were chosen.
 */
async function factsOf(
  store: Store,
  list: ListName,
  services: readonly ScopedService[],
  { at, place }: Rows,
  wanted: readonly number[],
  filter: RowFilter | null,
): Promise<readonly (FactOf<ListName> | undefined)[]> {
  const byService = new Map<number, Set<Instant>>();
  for (const row of wanted) {
    const index = place[row] ?? 0;
    byService.set(index, (byService.get(index) ?? new Set<Instant>()).add(at[row] ?? 0));
  }
  const found = new Map<string, FactOf<ListName>[]>();
  const instant = instantOf(list);
  for (const [index, instants] of byService) {
    const service = services[index];
    if (service === undefined) continue;
    for (const fact of await store.factsAt(list, service, [...instants])) {
      if (filter !== null && !isAsked(filter, attributesOf(list, fact))) continue;
      const key = `${index} ${instant(fact)}`;
      found.set(key, [...(found.get(key) ?? []), fact]);
    }
  }
  return wanted.map((row) => {
    let before = 0;
    for (let other = row - 1; other >= 0 && at[other] === at[row]; other--)
      if (place[other] === place[row]) before += 1;
    return found.get(`${place[row] ?? 0} ${at[row] ?? 0}`)?.[before];
  });
}

function toRow(metric: Metric, row: JudgedRow): Reply<"/api/rows">["rows"][number] {
  const { at, value } = row.observation;
  const openFor = isOngoing(row.observation) ? row.observation.openFor : null;
  const isCounted = value !== null || openFor !== null;
  const { why: whatIs, ...rest } = nameOf(row);
  // Of what somebody left out nothing else is the reason.
  const why = row.exclusion === null ? `${whyHere(metric, row, value)} ${whatIs}`.trim() : whatIs;
  const judgement = row.exclusion ?? row.override;
  return {
    kind: row.kind,
    service: row.fact.service,
    at: new Date(at).toISOString(),
    value,
    openFor,
    counted: isCounted,
    ...rest,
    why: judgement === null ? why : `${whyJudged(judgement)} ${why}`.trim(),
    labels: row.kind === "change" && row.fact.labels !== null ? [...row.fact.labels] : null,
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
