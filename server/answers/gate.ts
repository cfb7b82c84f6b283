/** The gate "foundation in place", read for the whole programme or for a use case: computed, and typed by nobody. */
import { dateOf } from "#metrics/calendar.ts";
import type { Gate, GateInput, GateTerms } from "#metrics/programme/gate.ts";
import type { Read } from "#metrics/programme/gate-shortfalls.ts";
import { shortfalls } from "#metrics/programme/gate-shortfalls.ts";
import type { LeadTimeRatio } from "#metrics/programme/lead-time-ratio.ts";
import { gateLacks } from "#metrics/programme/gate-lacks.ts";
import { gate, GATE_TERMS } from "#metrics/programme/gate.ts";
import type { Consent, Programme } from "#metrics/programme/programme.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { counted } from "#metrics/words.ts";
import type { Query, Reply } from "../contract.ts";
import { contract } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { ScopedService } from "./asked-scope.ts";
import type { Reference, TeamLeadTime } from "./compared-with-baseline.ts";
import { constraintOf } from "./backbone.ts";
import { alertAge, leadTimeOf, rateChanges, referenceOf } from "./compared-with-baseline.ts";
import { opened } from "./frozen.ts";
import { savingsForGate } from "./gate-savings.ts";
import { Kept } from "./kept.ts";
import type { Memory } from "./memory.ts";
import { BadRequest } from "./problem.ts";
import { standing } from "./programme.ts";
import type { FoundProgress, Progressed } from "./progressed.ts";
import { progressOf } from "./progressed.ts";
import { answerSavings } from "./savings.ts";
import { steadinessOf } from "./steadiness.ts";

type Told = Reply<"/api/gate">;

/** @throws BadRequest when there is no such use case or wave, or both are asked for. */
export async function answerGate(installation: Installation, asked: Query<"/api/gate">, memory: Memory): Promise<Told> {
  return gateOf(installation, asked, memory);
}

export interface AskedGate extends Query<"/api/gate"> {
  /** As everywhere. Savings, the constraint and consents are those of today all the same. */
  readonly to?: string | undefined;
}

/** Whether all have agreed who must, which takes no reading of facts: without it a gate is not passed, whatever else is met. */
export function agreedOf(
  installation: Pick<Installation, "config">,
  programme: Programme,
  asked: Query<"/api/gate">,
): { about: Told["about"]; missing: readonly string[] } {
  const about = aboutOf(programme, asked);
  const nothing = {
    services: [],
    teams: [],
    failRate: null,
    reworkRate: null,
    alertAge: null,
    savings: null,
    constraint: null,
  };
  const { conditions } = gate({ ...nothing, consents: consentsOf(programme, about) }, termsOf(installation));
  return { about, missing: conditions.find(({ id }) => id === "consent")?.missing ?? [] };
}

/** The usual ones, but for what the configuration says. */
function termsOf({ config: { thresholds } }: Pick<Installation, "config">): GateTerms {
  return { ...GATE_TERMS, ...thresholds.gate, ...thresholds.backbone };
}

/** The page, stages, reviews and the page for leadership ask the same. */
const kept = new Kept<Told>();

/** The same, also as it stood at an end. @throws BadRequest as above. */
export async function gateOf(
  installation: Installation,
  { useCase, wave, to }: AskedGate,
  memory: Memory,
): Promise<Told> {
  const asked = { useCase, wave, to };
  const found = await kept.of(installation, asked, async () => read(installation, asked, memory));
  const { programme } = await standing(installation);
  return { ...found, consents: await seenBy(installation, consentsOf(programme, found.about)) };
}

async function read(installation: Installation, asked: AskedGate, memory: Memory): Promise<Told> {
  const { useCase, wave, to } = asked;
  if (useCase !== undefined && wave !== undefined)
    throw new BadRequest("Read the gate for a use case or for a wave: an investment is one of them.");
  const progress = await progressOf(installation, { useCase, wave, to }, memory);
  const { programme, until } = progress;
  const meant = progress.services.map(({ practised }) => practised.service);
  const services = progress.found.services.filter(({ serviceId }) => meant.some((one) => one.serviceId === serviceId));
  const about = aboutOf(programme, asked);
  const reference = await referenceOf(installation, "organisation", until);
  const steady = await steadinessOf(installation, services, until, memory);
  const steadyOf = new Map(services.map(({ serviceId }, index) => [serviceId, steady[index]]));
  const teams = await teamsOf(installation, progress, { services, reference }, memory);
  const isWhole = about.kind === "programme" && progress.archived === 0;
  const rates =
    reference === null
      ? { fail: null, rework: null }
      : await rateChanges(installation, services, { reference, isWhole }, memory);
  const consents = consentsOf(programme, about);
  const saved = await answerSavings(installation, {});
  const terms = termsOf(installation);
  const input: GateInput = {
    services: progress.services.map(({ practised: { service, releaseClass, statuses } }) => ({
      name: service.service,
      releaseClass: releaseClass ?? "cloud",
      practices: new Map(statuses.map(({ practice, status }) => [practice.id, status])),
      deploymentsPerWeek: steadyOf.get(service.serviceId)?.deploymentsPerWeek ?? null,
      isCalm: steadyOf.get(service.serviceId)?.calm.isCalm ?? null,
    })),
    teams: teams.map(({ team, leadTime }) => ({ name: team, leadTimeRatio: leadTime.ratio })),
    failRate: rates.fail,
    reworkRate: rates.rework,
    alertAge: reference === null ? null : await alertAge(installation, services, reference),
    savings: await savingsForGate(installation, programme, saved),
    constraint: constraintFor(await constraintOf(installation, useCase, memory), about),
    consents,
  };
  const found = gate(input, terms);
  const looked = {
    services: progress.services.map((one) => toldService(one, steadyOf, terms)),
    teams: teams.map(({ team, leadTime: { ratio, changes, before } }) => {
      return { team, leadTime: ratio && toldRatio(ratio), changes, before };
    }),
    rates,
  };
  return contract["/api/gate"].reply.parse({
    about,
    until: iso(until),
    ...told(found, looked, terms),
    against: reference && toldReference(reference),
    notes: notesOf(progress, { reference, isWhole, zone: installation.config.timezone }),
    ...looked,
    savings: { earliest: saved.earliest, missing: saved.missing },
    // What each saw is told anew: reviews come and go without anything else being another.
    consents: [],
  });
}

function told(
  { outcome, conditions, words }: Gate,
  looked: Read,
  terms: GateTerms,
): Pick<Told, "outcome" | "conditions" | "words"> {
  const toldOf = (one: Gate["conditions"][number]) => {
    return {
      ...one,
      missing: [...one.missing],
      shortfalls: shortfalls(one, looked, terms).map((short) => ({ ...short })),
    };
  };
  return { outcome, words, conditions: conditions.map(toldOf) };
}

/** What has no end is no number of JSON. */
function toldRatio({ ratio, low, high }: LeadTimeRatio): NonNullable<Told["teams"][number]["leadTime"]> {
  const finite = (one: number): number | null => (Number.isFinite(one) ? one : null);
  return { ratio, low: finite(low), high: finite(high) };
}

/** Whoever asked for another one was refused before. */
function aboutOf({ useCases, waves }: Programme, { useCase, wave }: Query<"/api/gate">): Told["about"] {
  if (useCase !== undefined)
    return { kind: "use-case", id: useCase, title: useCases.find(({ id }) => id === useCase)?.title ?? useCase };
  if (wave !== undefined) return { kind: "wave", id: wave, title: waves.find(({ id }) => id === wave)?.title ?? wave };
  return { kind: "programme", id: null, title: "The programme" };
}

/** Waits are told by system and use case: a wave has none of its own. */
function constraintFor(found: GateInput["constraint"], { kind }: Told["about"]): GateInput["constraint"] {
  return found !== null && kind === "wave" ? { ...found, name: `${found.name}, of the whole organisation` } : found;
}

interface Team {
  readonly team: string;
  readonly leadTime: TeamLeadTime;
}

/** Those that own any of the services, each compared with its own baseline where it has one, else with the window of the organisation's. */
async function teamsOf(
  installation: Installation,
  { services: progressed, until }: FoundProgress,
  { services, reference }: { readonly services: readonly ScopedService[]; readonly reference: Reference | null },
  memory: Memory,
): Promise<readonly Team[]> {
  const names = [...new Set(progressed.flatMap(({ practised: { team } }) => team ?? []))];
  const teams: Team[] = [];
  for (const team of names) {
    const own = new Set(
      progressed.flatMap(({ practised }) => (practised.team === team ? practised.service.serviceId : [])),
    );
    const theirs = services.filter(({ serviceId }) => own.has(serviceId));
    const against = (await referenceOf(installation, `team:${team}`, until)) ?? reference;
    const leadTime =
      against === null
        ? { ratio: null, changes: 0, before: 0 }
        : await leadTimeOf(installation, theirs, against, memory);
    teams.push({ team, leadTime });
  }
  return teams;
}

/** Those about the whole programme, and about the wave, or the initiatives of the use case, that it is read for. */
function consentsOf({ consents, initiatives }: Programme, { kind, id }: Told["about"]): readonly Consent[] {
  const own = kind === "use-case" ? initiatives.filter(({ useCase }) => useCase === id) : [];
  const subjects = new Set(["programme", ...(id === null ? [] : [id]), ...own.map((one) => one.id)]);
  return consents.filter(({ about }) => subjects.has(about));
}

async function seenBy({ store }: Installation, consents: readonly Consent[]): Promise<Told["consents"]> {
  const isAnySeen = consents.some(({ snapshot }) => snapshot !== null);
  const reviews = isAnySeen ? await store.reviews() : [];
  const baselines = isAnySeen ? (await store.baselines()).map(opened) : [];
  const sawOf = (snapshot: string | null): string => {
    if (snapshot === null) return "Nobody wrote down what they saw.";
    const review = reviews.find(({ hash }) => hash === snapshot);
    if (review !== undefined) {
      const later = reviews.filter(({ id, about }) => id > review.id && about === review.about).length;
      return `Review ${review.id}${later === 0 ? "" : `, and ${counted(later, "review")} came after it`}.`;
    }
    const baseline = baselines.find(({ hash }) => hash === snapshot);
    return baseline === undefined
      ? "Nothing that is kept here has this hash."
      : `The baseline “${baseline.content.name}”.`;
  };
  return consents.map((one) => ({ ...one, saw: sawOf(one.snapshot) }));
}

function toldService(
  { practised: { service, team, releaseClass, limits, statuses } }: Progressed,
  steady: ReadonlyMap<number, Awaited<ReturnType<typeof steadinessOf>>[number] | undefined>,
  terms: GateTerms,
): Told["services"][number] {
  const { deploymentsPerWeek = null, calm } = steady.get(service.serviceId) ?? {};
  return {
    service: service.service,
    team,
    releaseClass,
    practices: statuses.map(({ practice, status }) => ({ practice: practice.id, status })),
    lacks: gateLacks(statuses, limits, terms.practices).map((one) => ({ ...one })),
    deploymentsPerWeek,
    isCalm: calm?.isCalm ?? null,
    calm: calm?.words ?? "",
  };
}

function toldReference({ stored: { content, hash }, before, now }: Reference): NonNullable<Told["against"]> {
  return { baseline: content.name, hash, window: isoWindow(before), now: isoWindow(now) };
}

interface Noted {
  readonly reference: Reference | null;
  readonly isWhole: boolean;
  readonly zone: string;
}

function notesOf({ services, archived }: FoundProgress, { reference, isWhole, zone }: Noted): string[] {
  const ownerless = services.filter(({ practised: { team } }) => team === null).length;
  const classless = services.filter(({ practised: { releaseClass } }) => releaseClass === null).length;
  return [
    reference === null
      ? "No baseline of the organisation is frozen that ended at least four complete weeks ago, so lead times and rates are compared with nothing."
      : `Compared with the baseline “${reference.stored.content.name}” are ${days(reference.now, zone)}; rates ${isWhole ? "as they were frozen" : "by its window, read again for these services"}, lead times by its window, both as they stood when each ended.`,
    ...(ownerless === 0 ? [] : [`${counted(ownerless, "service")} without a team: lead times are told team by team.`]),
    ...(classless === 0
      ? []
      : [`${counted(classless, "service")} without a release class: held to what the cloud allows.`]),
    ...(archived === 0 ? [] : [`${counted(archived, "archived service")} left out.`]),
  ];
}

function days({ from, to }: Window, zone: string): string {
  return `${dateOf(from, zone)} to ${dateOf(to - 1, zone)}`;
}

function isoWindow({ from, to }: Window): { from: string; to: string } {
  return { from: iso(from), to: iso(to) };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
