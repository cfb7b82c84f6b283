/** Whose numbers a question is about: the services, each with the times in which it belongs there. */
import { distance } from "fastest-levenshtein";
import { overlap } from "#metrics/grid.ts";
import { isOf } from "#metrics/programme/prices.ts";
import type { UseCase } from "#metrics/programme/programme.ts";
import type { Looked } from "#metrics/scopes.ts";
import { ALWAYS, scopeNamed, scopeText, useCaseIn } from "#metrics/scopes.ts";
import type { Window } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import type { ServiceRecord } from "../store/sources.ts";
import type { Structure } from "../structure.ts";
import { structureOf } from "../structure.ts";
import { BadRequest } from "./problem.ts";
import { standing } from "./programme.ts";

export interface AskedScope {
  /** One service by name, of the scope; alone the same as the scope `service:NAME`. */
  readonly service?: string | undefined;
  readonly scope?: string | undefined;
}

/** A service, as far as it belongs to what is asked for. */
export interface ScopedService extends ServiceRecord {
  readonly times: readonly Window[];
  /** Whether anything is known of when its owners work. */
  readonly hasHours: boolean;
}

export interface FoundScope {
  readonly scope: Looked;
  /** The one service that is meant; `null` where it is all of the scope's. */
  readonly service: string | null;
  readonly services: readonly ScopedService[];
}

const NONE = {
  team: "None is configured: list them in teams: of headway.yaml.",
  system: "None is configured: list them in systems: of headway.yaml.",
  service: "Nothing has been collected yet.",
  "use case": "The programme has none: name some on the page Backbone.",
} as const;

/** @throws BadRequest when there is no such scope; the message names the nearest. */
export async function askedScope(installation: Installation, asked: AskedScope): Promise<FoundScope> {
  const structure = structureOf(installation.config);
  const known = await installation.store.services(sourceKeys(installation));
  const scope = scopeIn(asked);
  const useCases = scope.kind === "use-case" ? (await standing(installation)).programme.useCases : [];
  const names = namesOf(scope, { ...structure, services: known, useCases });
  if (scope.kind !== "organisation" && !names.includes(scope.name)) {
    const kind = scope.kind === "use-case" ? "use case" : scope.kind;
    throw new BadRequest(`There is no ${kind} "${scope.name}". ${nearest(scope.name, names, NONE[kind])}`);
  }
  const whole = scoped(scope, known, { structure, useCases });
  const { service = null } = asked;
  if (service === null) return { scope, service: scope.kind === "service" ? scope.name : null, services: whole };
  const services = whole.filter((one) => one.service === service);
  if (services.length > 0) return { scope, service, services };
  const own = whole.map((one) => one.service);
  throw new BadRequest(
    `There is no service "${service}" in ${scopeText(scope)}. ${nearest(service, own, "It has none that is known.")}`,
  );
}

/** Whose numbers are told side by side. */
export type EachKind = "team" | "system" | "service";

/** All there are of a kind, in the order of the configuration; services in that of their names. */
export async function eachScope(installation: Installation, kind: EachKind): Promise<readonly FoundScope[]> {
  const structure = structureOf(installation.config);
  const known = await installation.store.services(sourceKeys(installation));
  const names = namesOf({ kind, name: "" }, { ...structure, services: known, useCases: [] });
  return [...new Set(names)].map((name) => ({
    scope: { kind, name },
    service: kind === "service" ? name : null,
    services: scoped({ kind, name }, known, { structure, useCases: [] }),
  }));
}

interface Knowing {
  readonly structure: Structure;
  readonly useCases: readonly UseCase[];
}

function scoped(scope: Looked, known: readonly ServiceRecord[], knowing: Knowing): readonly ScopedService[] {
  return known.flatMap((record): ScopedService[] => {
    const times = timesIn(scope, record.service, knowing);
    return times.length === 0 ? [] : [{ ...record, times, hasHours: knowing.structure.hasHours(record.service) }];
  });
}

/** A use case needs its services as they are now, so it has all of their past. */
function timesIn(scope: Looked, service: string, { structure, useCases }: Knowing): readonly Window[] {
  switch (scope.kind) {
    case "use-case": {
      const placed = { service, system: structure.systemOf(service) };
      return useCases.some((one) => one.id === scope.name && isOf(one, placed)) ? [ALWAYS] : [];
    }
    case "service":
      return service === scope.name ? structure.timesOf(scope, service) : [];
    default:
      return structure.timesOf(scope, service);
  }
}

/** Why nothing can be known of a scope in a window, whatever was collected; `null` where something can. */
export function absence({ scope, services }: FoundScope, window: Window): string | null {
  if (scope.kind === "organisation" || scope.kind === "service") return null;
  if (services.some(({ times }) => times.some((time) => overlap(window, time) !== null))) return null;
  if (scope.kind === "team")
    return services.length === 0
      ? `The team "${scope.name}" owns no service that is known: list them under its name in teams: of headway.yaml.`
      : `The team "${scope.name}" owned no service in this window.`;
  if (scope.kind === "use-case")
    return `The use case "${scope.name}" needs no service that is known: say on the page Backbone which services or systems it needs.`;
  return `The system "${scope.name}" has no service that is known, so nothing here tells of it: services say their system in headway.yaml.`;
}

function scopeIn({ service, scope }: AskedScope): Looked {
  if (scope === undefined) return service === undefined ? { kind: "organisation" } : { kind: "service", name: service };
  const useCase = useCaseIn(scope);
  const found = useCase === null ? scopeNamed(scope) : { kind: "use-case" as const, name: useCase };
  if (found !== null) return found;
  throw new BadRequest(
    `"${scope}" is no scope. Write \`organisation\`, \`team:NAME\`, \`system:NAME\`, \`service:NAME\` or \`use-case:ID\`.`,
  );
}

function namesOf(
  { kind }: Looked,
  known: {
    readonly teams: readonly { readonly name: string }[];
    readonly systems: readonly { readonly name: string }[];
    readonly services: readonly ServiceRecord[];
    readonly useCases: readonly UseCase[];
  },
): readonly string[] {
  switch (kind) {
    case "organisation":
      return [];
    case "team":
      return known.teams.map(({ name }) => name);
    case "system":
      return known.systems.map(({ name }) => name);
    case "service":
      return known.services.map(({ service }) => service);
    case "use-case":
      return known.useCases.map(({ id }) => id);
  }
}

/** Any name is better than none: whoever asks sees what names look like. */
export function nearest(text: string, names: readonly string[], none: string): string {
  const [closest] = names.toSorted((a, b) => distance(text, a) - distance(text, b));
  return closest === undefined ? none : `Did you mean "${closest}"?`;
}
