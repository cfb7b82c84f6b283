/** Whose numbers can be asked for. */
import { isOf } from "#metrics/programme/prices.ts";
import type { UseCase } from "#metrics/programme/programme.ts";
import type { Scope } from "#metrics/scopes.ts";
import { isDuring, scopeText } from "#metrics/scopes.ts";
import type { Instant } from "#metrics/time.ts";
import { UNKNOWN_HOURS } from "#metrics/working-time.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import { structureOf } from "../structure.ts";
import type { Structure } from "../structure.ts";
import { standing } from "./programme.ts";

export async function answerScopes(installation: Installation): Promise<Reply<"/api/scopes">> {
  const { store, config, now } = installation;
  const structure = structureOf(config);
  const records = await store.services(sourceKeys(installation));
  // Several sources may know a service of the same name: it is asked for by its name.
  const names = [...new Set(records.map(({ service }) => service))];
  const { useCases } = (await standing(installation)).programme;
  return {
    organisation: {
      scope: "organisation",
      services: names.length,
      hasHours: structure.timeOfTeam(null) !== UNKNOWN_HOURS,
    },
    teams: inOrder(structure).map((team) => ({
      ...teamScope(team, names, structure, now()),
      parent: team.parent,
      depth: team.depth,
    })),
    systems: structure.systems.map(({ name, element, technology }) => ({
      scope: scopeText({ kind: "system", name }),
      name,
      element,
      technology,
      services: names.filter((service) => structure.systemOf(service) === name).length,
    })),
    ...(useCases.length > 0 && { useCases: useCases.map((one) => useCaseScope(one, names, structure)) }),
    services: names.map((name) => ({
      scope: scopeText({ kind: "service", name }),
      name,
      team: structure.ownerOf(name, now()),
      system: structure.systemOf(name),
      ...structure.labelsOf(name),
    })),
  };
}

function teamScope({ name }: Team, names: readonly string[], structure: Structure, now: Instant) {
  const scope: Scope = { kind: "team", name };
  const owned = names.map((service) => ({ service, times: structure.timesOf(scope, service) }));
  return {
    scope: scopeText(scope),
    name,
    services: owned.filter(({ times }) => isDuring(now, times)).length,
    hasHours: structure.timeOfTeam(name) !== UNKNOWN_HOURS,
    owned: owned.flatMap(({ service, times }) =>
      times.map(({ from, to }) => ({ service, from: bounded(from), to: bounded(to) })),
    ),
  };
}

function useCaseScope(useCase: UseCase, names: readonly string[], { systemOf }: Structure) {
  const { id, title } = useCase;
  const services = names.filter((service) => isOf(useCase, { service, system: systemOf(service) }));
  return { scope: scopeText({ kind: "use-case", name: id }), id, title, services };
}

interface Team {
  readonly name: string;
  readonly parent: string | null;
  readonly depth: number;
}

/** Each team behind the one it is a part of. */
function inOrder({ teams }: Pick<Structure, "teams">, parent: string | null = null, depth = 0): readonly Team[] {
  return teams
    .filter((team) => team.parent === parent)
    .flatMap((team) => [{ ...team, depth }, ...inOrder({ teams }, team.name, depth + 1)]);
}

function bounded(at: Instant): string | null {
  return Number.isFinite(at) ? new Date(at).toISOString() : null;
}
