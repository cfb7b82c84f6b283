/** One metric of each team, system or service, side by side: read and told one after the other. */
import { Room } from "#metrics/selection.ts";
import { inTime } from "#metrics/lens.ts";
import type { Instant } from "#metrics/time.ts";
import { scopeText } from "#metrics/scopes.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import { absence, eachScope } from "./asked-scope.ts";
import { gridsOf } from "./each.ts";
import { isoWindow } from "./limits.ts";
import { analyseServices, refuseTooMany } from "./measures.ts";
import { Memory } from "./memory.ts";
import { isPoolable, pooled, toldOf } from "./pooled.ts";
import { BadRequest } from "./problem.ts";
import { askedWindow, clockOf, explained, namedMetrics, reachesOfGroups } from "./scope.ts";
import { Pace, readAhead } from "./turns.ts";

type Told = Reply<"/api/series">["each"][number];

/** Each is told as it is told alone. @throws BadRequest of several metrics, an empty window, or more points than anybody looks at. */
export async function answerSeries(
  installation: Installation,
  query: Query<"/api/series">,
  memory = new Memory(installation.store),
): Promise<Reply<"/api/series">> {
  const [named] = namedMetrics(query.metric);
  if (named === undefined || query.metric.includes(","))
    throw new BadRequest("A series is of one metric: name one in `metric`.");
  const metric = inTime(named, query);
  const zone = installation.config.timezone;
  const window = askedWindow(query, zone, installation.now());
  const frame = { window, interval: query.interval, zone };
  const scopes = await eachScope(installation, query.each);
  refuseTooMany(frame, scopes.length);
  const groups = await reachesOfGroups(
    installation,
    scopes.map(({ services }) => services),
    memory,
  );
  const judged = await memory.judged(installation);
  const [pace, room] = [new Pace(), new Room()];
  const reading = { version: await memory.version(), pace };
  const asked = scopes.flatMap((found, index) => {
    const group = groups[index];
    if (group === undefined) return [];
    const grid = gridsOf(frame, group.reach, judged.daysOut(found.services))(clockOf(metric));
    return [{ ...group, found, grid }];
  });
  const structure = structureOf(installation.config);
  const poolOf = async ({ services, grid }: (typeof asked)[number]) =>
    isPoolable(metric) ? pooled(metric, services, { grid, lens: query, structure, judged }, memory, reading) : null;
  const wanted = { wanted: [metric], frame, lens: query, rebasedAt: [], judged, numbersOnly: true };
  const iso = writer();
  const each: Told[] = [];
  for await (const [{ found, services, summaries, grid }, pool] of readAhead(asked, poolOf)) {
    const analysis =
      (pool === null ? null : await toldOf(metric, pool, { grid, pace, room })) ??
      (await analyseServices(installation, services, wanted, memory)).told[0]?.analysis;
    if (analysis === undefined) throw new Error(`Nothing was told of ${metric.id}.`);
    const known = { summaries, absent: absence(found, window) };
    each.push({
      scope: scopeText(found.scope),
      whole: explained(metric, analysis.whole, known, window),
      series: analysis.points.map((point) => ({ ...point, from: iso(point.from), to: iso(point.to) })),
    });
    await pace.rest();
  }
  const { interval, time } = query;
  return { window: isoWindow(window), zone, metric: metric.id, interval, time, each };
}

/** Of many series in the same periods: an instant is written once. */
function writer(): (at: Instant) => string {
  const written = new Map<Instant, string>();
  return (at) => {
    const before = written.get(at);
    if (before !== undefined) return before;
    const text = new Date(at).toISOString();
    written.set(at, text);
    return text;
  };
}
