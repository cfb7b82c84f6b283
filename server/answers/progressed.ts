/** Services with their practices and their stage, as far as evidence of their own goes. */
import { startOf } from "#metrics/calendar.ts";
import { isOf } from "#metrics/programme/prices.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import type { Condition, ServiceStage } from "#metrics/programme/stage.ts";
import { isInWave } from "#metrics/programme/roadmap.ts";
import { stageOf } from "#metrics/programme/stage.ts";
import type { Instant } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import type { FoundScope, ScopedService } from "./asked-scope.ts";
import { askedScope } from "./asked-scope.ts";
import { Kept } from "./kept.ts";
import { mandateOf } from "./mandate.ts";
import type { Memory } from "./memory.ts";
import { outcomesOf } from "./outcomes.ts";
import type { Practised } from "./practised.ts";
import { practisedOf } from "./practised.ts";
import { BadRequest } from "./problem.ts";
import { standing } from "./programme.ts";
import { askedWindow, reaches } from "./scope.ts";

/** A service with its practices and its stage. */
export interface Progressed {
  readonly practised: Practised;
  readonly stage: ServiceStage;
  /** What was judged elsewhere than by its practices: as much as its stage needs. */
  readonly conditions: readonly Condition[];
}

export interface FoundProgress {
  readonly programme: Programme;
  readonly found: FoundScope;
  /** The end of the last complete week. */
  readonly until: Instant;
  readonly mandate: readonly Condition[];
  /** By team and name. */
  readonly services: readonly Progressed[];
  readonly archived: number;
}

export interface AskedProgress {
  readonly scope?: string | undefined;
  readonly useCase?: string | undefined;
  readonly wave?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * The practices and the stage of each service of a scope, up to the last that needs no gate: the gate is read of them (`founded` reads it).
 *
 * @throws BadRequest when there is no such scope or use case.
 */
export async function progressOf(
  installation: Installation,
  { scope, useCase, wave, to }: AskedProgress,
  memory: Memory,
): Promise<FoundProgress> {
  const asked = { scope, useCase, wave, to };
  return kept.of(installation, asked, async () => read(installation, asked, memory));
}

/** The page, the gate and the page for leadership ask the same. */
const kept = new Kept<FoundProgress>();

async function read(installation: Installation, asked: AskedProgress, memory: Memory): Promise<FoundProgress> {
  const { programme } = await standing(installation);
  const found = await askedScope(installation, asked);
  const { until, ended } = await untilOf(installation, found.services, asked.to, memory);
  const meant = found.services
    .filter(isMeant(installation, programme, asked))
    .filter(isOfWave(installation, programme, asked, until));
  const alive = meant.filter(({ source, service }) => (ended.get(source)?.get(service) ?? Infinity) > until);
  const mandate = await mandateOf(installation, programme);
  const practised = await practisedOf(installation, alive, programme, until);
  const services = await staged(installation, practised, { scoped: alive, mandate }, memory);
  return {
    programme,
    found,
    until: startOf("week", until, installation.config.timezone),
    mandate,
    services: services.toSorted(byTeamAndName),
    archived: meant.length - alive.length,
  };
}

/** From here on a stage asks for more than practices. */
const BEYOND_PRACTICES = 3;

/** Numbers that a stage asks for are read of those services alone that have come so far. */
async function staged(
  installation: Installation,
  practised: readonly Practised[],
  { scoped, mandate }: { readonly scoped: readonly ScopedService[]; readonly mandate: readonly Condition[] },
  memory: Memory,
): Promise<readonly Progressed[]> {
  const staged = practised.map((one): Progressed => ({
    practised: one,
    stage: stageOf(one.statuses, mandate),
    conditions: mandate,
  }));
  const near = staged.filter(({ stage }) => stage.stage.number >= BEYOND_PRACTICES);
  const asked = near.flatMap(({ practised: { service } }) =>
    scoped.filter(({ serviceId }) => serviceId === service.serviceId),
  );
  const until = near[0]?.practised.weeks.at(-1)?.to ?? 0;
  const outcomes = await outcomesOf(installation, asked, until, memory);
  const byService = new Map(asked.map(({ serviceId }, index) => [serviceId, outcomes[index] ?? []]));
  return staged.map((one) => {
    const own = byService.get(one.practised.service.serviceId);
    if (own === undefined) return one;
    const conditions = [...mandate, ...own];
    return { practised: one.practised, stage: stageOf(one.practised.statuses, conditions), conditions };
  });
}

export async function untilOf(
  installation: Installation,
  services: readonly ScopedService[],
  to: string | undefined,
  memory: Memory,
) {
  const { config, now } = installation;
  const { until, ended } = await reaches(installation, services, memory);
  const end = to === undefined ? now() : askedWindow({ to }, config.timezone, now()).to;
  return { until: Math.min(until, end), ended };
}

/** Whether a service is one that the use case needs. */
function isMeant(installation: Installation, programme: Programme, { useCase }: AskedProgress) {
  if (useCase === undefined) return () => true;
  const chosen = programme.useCases.find(({ id }) => id === useCase);
  if (chosen === undefined)
    throw new BadRequest(
      `There is no use case "${useCase}" in the programme. The page Backbone lists those there are.`,
    );
  const { systemOf } = structureOf(installation.config);
  return ({ service }: ScopedService): boolean => isOf(chosen, { service, system: systemOf(service) });
}

/** Whether a service is one of the wave. */
function isOfWave(installation: Installation, { waves }: Programme, { wave }: AskedProgress, until: Instant) {
  if (wave === undefined) return () => true;
  const chosen = waves.find(({ id }) => id === wave);
  if (chosen === undefined)
    throw new BadRequest(`There is no wave "${wave}" in the programme. The page Backbone lists those there are.`);
  const { ownerOf } = structureOf(installation.config);
  return ({ service }: ScopedService): boolean => isInWave(chosen, { service, team: ownerOf(service, until - 1) });
}

function byTeamAndName(a: Progressed, b: Progressed): number {
  const key = ({ practised: { team, service } }: Progressed) => [team ?? "\uFFFF", service.service] as const;
  const [[teamA, nameA], [teamB, nameB]] = [key(a), key(b)];
  return teamA.localeCompare(teamB, "en") || nameA.localeCompare(nameB, "en");
}
