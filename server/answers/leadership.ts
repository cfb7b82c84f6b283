/** The page for leadership: DORA's five against a baseline, how far to trust them, and when savings can be told. */
import { FIVE, readingOf, readingWords } from "#metrics/baselines/leadership.ts";
import { savingsOutlook } from "#metrics/baselines/savings.ts";
import { measureWords } from "#metrics/baselines/words.ts";
import { dateOf } from "#metrics/calendar.ts";
import { metrics } from "#metrics/index.ts";
import { inTime } from "#metrics/lens.ts";
import type { Instant, Window } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { scopeText } from "#metrics/scopes.ts";
import { askedScope } from "./asked-scope.ts";
import type { FoundScope } from "./asked-scope.ts";
import { baselineNamed, newestOf } from "./frozen.ts";
import type { StoredBaseline } from "./frozen.ts";
import { Kept } from "./kept.ts";
import { answerMeasures } from "./measures.ts";
import { Memory } from "./memory.ts";
import { partsOf } from "./leadership-parts.ts";
import { savingsPart } from "./leadership-savings.ts";
import { askedWindow, reaches } from "./scope.ts";
import { structureOf } from "../structure.ts";
import { standing } from "./programme.ts";

type Leadership = Reply<"/api/leadership">;
type Measures = Reply<"/api/measures">;

/** The metrics that one of the five can be read from. */
const IDS = FIVE.flat().join(",");

const ADVICE = "No baseline is frozen yet: one that is stays as it is, whatever changes later.";

/** Kept as other answers are that take long: made ahead, the first reader has it at once. */
const kept = new Kept<Leadership>();

export async function answerLeadership(
  installation: Installation,
  query: Query<"/api/leadership">,
  memory = new Memory(installation.store),
): Promise<Leadership> {
  return kept.of(installation, query, async () => makeLeadership(installation, query, memory));
}

async function makeLeadership(
  installation: Installation,
  query: Query<"/api/leadership">,
  memory: Memory,
): Promise<Leadership> {
  const found = await askedScope(installation, query);
  const baseline = await baselineOf(installation, query, found);
  const zone = installation.config.timezone;
  const window = windowOf(installation, query, baseline);
  const { scope, service, bots, open, time } = query;
  const asked = {
    scope,
    service,
    bots,
    open,
    time,
    interval: "week" as const,
    metric: IDS,
    against: baseline?.content.name,
  };
  const answer = await answerMeasures(installation, { ...asked, ...isoWindow(window) }, memory);
  const from = Math.min(window.from, baseline?.content.window.from ?? window.from);
  const long = await answerMeasures(installation, { ...asked, ...isoWindow({ ...window, from }) }, memory);
  // Data quality looks at all there is, not only at what the five are made of.
  const whole = { ...asked, ...isoWindow(window), metric: undefined, against: undefined, told: "numbers" as const };
  const { quality } = await answerMeasures(installation, whole, memory);
  const five = FIVE.flatMap((ids) => toldOf(chosen(ids, answer.measures), { answer, long }));
  return {
    window: answer.window,
    zone,
    scope: answer.scope,
    service: answer.service,
    time,
    sentence: answer.sentence,
    against: answer.against,
    before:
      answer.against?.window ?? answer.measures.find(({ previous }) => previous !== null)?.previous?.window ?? null,
    advice: baseline === null ? ADVICE : null,
    five,
    quality,
    parts: [...(await partsOf(installation, { scope, service, bots, open, time, ...isoWindow(window) }, memory))],
    savings: await savingsPart(installation, await savingsOf(installation, found, baseline, memory)),
  };
}

/** The one asked for, else the one frozen last of the same scope. */
async function baselineOf(
  { store }: Installation,
  { against, bots, open, time }: Query<"/api/leadership">,
  { scope, service }: FoundScope,
): Promise<StoredBaseline | null> {
  if (against !== undefined) return baselineNamed(store, against);
  return newestOf(store, { scope: scopeText(scope), service, bots, open, time });
}

/** Since the baseline ended, unless somebody chooses. */
function windowOf(
  { config: { timezone: zone }, now }: Installation,
  { from, to }: Query<"/api/leadership">,
  baseline: StoredBaseline | null,
): Window {
  const end = askedWindow({ from: undefined, to }, zone, now()).to;
  const since = baseline?.content.window.to;
  const usual = since === undefined || since >= end ? undefined : iso(since);
  return askedWindow({ from: from ?? usual, to }, zone, now());
}

type Measured = Measures["measures"][number];

/** The first clock that says something, of now or of the baseline. */
function chosen(ids: readonly string[], measures: readonly Measured[]): Measured | undefined {
  const known = ids.flatMap((id) => measures.find(({ metric }) => metric === id) ?? []);
  return (
    known.find(({ whole, baseline }) => whole.value !== null || (baseline?.measure?.value ?? null) !== null) ?? known[0]
  );
}

function toldOf(
  measured: Measured | undefined,
  { answer, long }: { readonly answer: Measures; readonly long: Measures },
): Leadership["five"] {
  const plain = metrics.find(({ id }) => id === measured?.metric);
  if (measured === undefined || plain === undefined) return [];
  const { whole, baseline, previous } = measured;
  const metric = inTime(plain, { bots: "default", open: "kept", time: answer.time });
  const compared = answer.against === null ? previous : baseline;
  const verdict = compared?.verdict ?? null;
  const earlier = compared?.measure ?? null;
  const isUnknown = whole.value === null && whole.beyond === null;
  const reading = isUnknown ? "unknown" : compared === null ? "too-few" : readingOf(verdict);
  const {
    series = [],
    limits = null,
    formerLimits = [],
    rebased = null,
  } = long.measures.find((one) => one.metric === metric.id) ?? {};
  return [
    {
      metric: metric.id,
      title: metric.title,
      factor: metric.factor,
      reading,
      verdict: isUnknown ? null : verdict,
      label: readingWords(reading, verdict),
      now: whole,
      earlier,
      value: measureWords(metric, whole),
      words: compared?.words ?? "There is nothing before this window to compare with.",
      series,
      limits,
      formerLimits,
      rebased,
    },
  ];
}

async function savingsOf(
  installation: Installation,
  { services }: FoundScope,
  baseline: StoredBaseline | null,
  memory: Memory,
): Promise<Leadership["savings"]> {
  const { config, now } = installation;
  const { deployment, commit } = await reaches(installation, services, memory);
  const firsts = [deployment, commit].flatMap((reach) => reach?.from ?? []);
  const { earliest, missing } = savingsOutlook({
    now: now(),
    zone: config.timezone,
    firstAt: firsts.length === 0 ? null : Math.min(...firsts),
    baseline: baseline === null ? null : { window: baseline.content.window, frozenAt: baseline.content.frozenAt },
    teams: await datedTeams(installation),
  });
  const when =
    earliest === null
      ? "nobody can say when: nothing has been collected"
      : `earliest ${dateOf(earliest, config.timezone)}`;
  return {
    words: `Savings: not measurable yet, ${when}.`,
    earliest: earliest === null ? null : iso(earliest),
    missing: [...missing],
    rows: [],
  };
}

/** Of how many teams it is declared from which day on they work in another way. */
async function datedTeams(installation: Installation): Promise<{ known: number; dated: number }> {
  const { programme } = await standing(installation);
  const { waves, interventions, adoptions } = programme;
  const told = new Set([
    ...[...waves, ...interventions].flatMap(({ teams }) => teams),
    ...adoptions.map(({ team }) => team),
  ]);
  const { teams } = structureOf(installation.config);
  return { known: teams.length, dated: teams.filter(({ name }) => told.has(name)).length };
}

function isoWindow({ from, to }: Window): { from: string; to: string } {
  return { from: iso(from), to: iso(to) };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
