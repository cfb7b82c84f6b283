/** What the configuration makes of the repositories that are known: which services there are, which part of them, by which rules. */
import type { ServiceOptions } from "#config/services.ts";
import { isSameName, repositoryOf } from "#config/services.ts";
import type { Service } from "#metrics/derive.ts";
import { PUSH } from "#metrics/pushed.ts";
import { defaultRule } from "#metrics/releases.ts";
import type { DeploymentRules, Part } from "#metrics/rules.ts";
import { NO_HOTFIX, WHOLE } from "#metrics/rules.ts";
import type { ConfiguredSource, Installation } from "./installation.ts";
import { sourceKeys } from "./installation.ts";
import type { RepositoryRecord } from "./store/services.ts";
import type { ServiceRecord } from "./store/sources.ts";

export interface PlannedService extends RepositoryRecord {
  readonly service: Service;
}

export interface Plan {
  readonly services: readonly PlannedService[];
  /** Configured services that cannot be made, and what to do, in sentences. */
  readonly problems: readonly string[];
}

/** Of services that only those who push know, and of those that the configuration has just ceased to name. */
export const UNPLANNED: Omit<Service, "name"> = {
  rules: { origins: null, releases: defaultRule, production: null, backfillDays: 0, hotfix: NO_HOTFIX },
  part: WHOLE,
};

/** The plan for what was collected so far. */
export async function planOf(installation: Installation): Promise<Plan> {
  const { config, sources, store } = installation;
  return plan(config.services, sources, await store.repositories(sourceKeys(installation)));
}

/** Where services are configured for a repository only these exist; a repository with none is one service of its name. */
export function plan(
  configured: readonly ServiceOptions[],
  sources: readonly ConfiguredSource[],
  repositories: readonly RepositoryRecord[],
): Plan {
  const homes = configured.map((options) => ({ options, homes: homesOf(options, sources, repositories) }));
  const placed = homes.flatMap(({ options, homes: [home, ...others] }) =>
    home === undefined || others.length > 0 ? [] : [{ options, home }],
  );
  const services = placed.flatMap(({ options, home }): PlannedService[] => {
    const source = sources.find(({ collector }) => collector.source === home.source);
    if (source === undefined) return [];
    const neighbours = placed.filter((other) => other.home === home && other.options !== options);
    const others = neighbours.map((neighbour) => neighbour.options);
    return [
      { ...home, service: { name: options.name, rules: rulesOf(options, source), part: partOf(options, others) } },
    ];
  });
  const taken = new Set(services.map(({ source, service }) => JSON.stringify([source, service.name])));
  const whole = repositories.filter((repository) => !placed.some(({ home }) => home === repository));
  const [defaults, nameless] = divide(whole, (one) => !taken.has(JSON.stringify([one.source, one.repository])));
  return {
    services: [...services, ...defaults.flatMap((one) => defaultService(one, sources))],
    problems: [...homes.flatMap(problem), ...nameless.map(nameTaken)],
  };
}

/** The service of a row: what the plan says of it. `null` where nothing is planned of that name. */
export function serviceOf({ services }: Plan, record: Pick<ServiceRecord, "source" | "service">): Service | null {
  if (record.source === PUSH) return { name: record.service, ...UNPLANNED };
  const found = services.find(({ source, service }) => source === record.source && service.name === record.service);
  return found?.service ?? null;
}

function homesOf(
  options: ServiceOptions,
  sources: readonly ConfiguredSource[],
  repositories: readonly RepositoryRecord[],
): readonly RepositoryRecord[] {
  const meant = sources.filter(({ collector }) => (options.source ?? collector.name) === collector.name);
  const keys = new Set(meant.map(({ collector }) => collector.source));
  return repositories.filter(
    ({ source, repository }) => keys.has(source) && isSameName(repository, repositoryOf(options)),
  );
}

/** What the service says itself, else what its source says. */
function rulesOf(
  { deployments, releases, production, backfillDays, hotfix }: ServiceOptions,
  { rules }: ConfiguredSource,
): DeploymentRules {
  return {
    origins: deployments ?? rules.origins,
    releases: { tags: releases.tags ?? rules.releases.tags, branch: releases.branch ?? rules.releases.branch },
    production: production ?? rules.production,
    backfillDays: backfillDays ?? rules.backfillDays,
    hotfix: hotfix ?? rules.hotfix,
  };
}

function partOf({ paths, incidentLabels }: ServiceOptions, others: readonly ServiceOptions[]): Part {
  const foreign = others.flatMap((other) => other.incidentLabels);
  return { paths: paths ?? null, incidents: others.length === 0 ? null : { own: incidentLabels, others: foreign } };
}

function defaultService(repository: RepositoryRecord, sources: readonly ConfiguredSource[]): PlannedService[] {
  const source = sources.find(({ collector }) => collector.source === repository.source);
  if (source === undefined) return [];
  return [{ ...repository, service: { name: repository.repository, rules: source.rules, part: WHOLE } }];
}

function problem({ options, homes }: { options: ServiceOptions; homes: readonly RepositoryRecord[] }): string[] {
  const [repository, name] = [repositoryOf(options), options.name];
  if (homes.length === 0)
    return [
      `The service "${name}" is configured for the repository "${repository}", of which nothing has been collected yet, so it has no data. Sync; when it stays like this, correct \`repository\`.`,
    ];
  if (homes.length === 1) return [];
  return [
    `The service "${name}" is configured for the repository "${repository}", which several sources have, so nobody could say which is meant and it has no data. Add \`source\` with the name of one.`,
  ];
}

function nameTaken({ repository }: RepositoryRecord): string {
  return `The repository "${repository}" is no service, because a part of another repository is configured under that name. Give that service another name.`;
}

function divide<T>(all: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}
