/** How far services have come: their stages, their practices by evidence, and what is missing next. */
import type { PracticeStatus } from "#metrics/programme/practice-status.ts";
import { STATUSES } from "#metrics/programme/practice-status.ts";
import { practices } from "#metrics/programme/practices/index.ts";
import { sharedNext, STAGES, stageShares } from "#metrics/programme/stage.ts";
import { progressSentence } from "#metrics/programme/progress-words.ts";
import { scopeText } from "#metrics/scopes.ts";
import type { Instant } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import { founded } from "./foundation.ts";
import type { Memory } from "./memory.ts";
import type { Progressed } from "./progressed.ts";
import { progressOf } from "./progressed.ts";

export async function answerProgress(
  installation: Installation,
  query: Query<"/api/progress">,
  memory: Memory,
): Promise<Reply<"/api/progress">> {
  const progress = await progressOf(installation, query, memory);
  const { found, until, mandate, archived } = progress;
  const services = await founded(installation, progress, query.to, memory);
  const stages = new Map(services.map(({ practised, stage }) => [practised.service.service, stage]));
  const next = sharedNext(stages);
  return {
    sentence: progressSentence([...stages.values()], next),
    until: iso(until),
    scope: scopeText(found.scope),
    stages: STAGES.map(({ number, title, outcome }) => ({
      number,
      title,
      outcome,
      services: services.filter(({ stage }) => stage.stage.number === number).length,
    })),
    mandate: mandate.map((one) => ({ ...one })),
    practices: practices.map(({ id, title, why, source }) => ({
      practice: id,
      title,
      why,
      source,
      counts: STATUSES.map((status) => ({ status, services: countOf(services, id, status) })),
    })),
    next: next && { ...next, services: [...next.services] },
    services: services.map((one) => told(installation, one)),
    archived,
  };
}

function countOf(services: readonly Progressed[], id: string, status: PracticeStatus["status"]): number {
  return services.filter(({ practised: { statuses } }) =>
    statuses.some((one) => one.practice.id === id && one.status === status),
  ).length;
}

/** What is told of a service, alone or among others. */
export function told(
  installation: Installation,
  { practised, stage, conditions }: Progressed,
): Reply<"/api/progress">["services"][number] {
  const { service, team, releaseClass, statuses } = practised;
  return {
    service: service.service,
    team,
    system: structureOf(installation.config).systemOf(service.service),
    releaseClass,
    stage: stage.stage.number,
    holding: stage.holding,
    asked: stage.asked,
    words: stage.words,
    missing: stage.missing.map((one) => ({ ...one })),
    stages: stageShares(statuses, conditions).map((one) => ({ ...one })),
    practices: statuses.map(({ practice, status }) => ({ practice: practice.id, status })),
  };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
