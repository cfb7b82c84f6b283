/** Whose numbers a question is about: the services, each with the times in which it belongs there. */
import { distance } from "fastest-levenshtein";
import { overlap } from "#metrics/grid.ts";
import type { Scope } from "#metrics/scopes.ts";
import { scopeNamed, scopeText } from "#metrics/scopes.ts";
import type { Window } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import type { ServiceRecord } from "../store/sources.ts";
import { structureOf } from "../structure.ts";
import { BadRequest } from "./problem.ts";

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
  readonly scope: Scope;
  /** The one service that is meant; `null` where it is all of the scope's. */
  readonly service: string | null;
  readonly services: readonly ScopedService[];
}

const NONE = {
  team: "None is configured: list them in teams: of headway.yaml.",
  system: "None is configured: list them in systems: of headway.yaml.",
  service: "Nothing has been collected yet.",
} as const;

/** @throws BadRequest when there is no such scope; the message names the nearest. */
export async function askedScope(installation: Installation, asked: AskedScope): Promise<FoundScope> {
  const structure = structureOf(installation.config);
  const known = await installation.store.services(sourceKeys(installation));
  const scope = scopeIn(asked);
  const names = namesOf(scope, { ...structure, services: known });
  if (scope.kind !== "organisation" && !names.includes(scope.name))
    throw new BadRequest(`There is no ${scope.kind} "${scope.name}". ${nearest(scope.name, names, NONE[scope.kind])}`);
  const whole = known.flatMap((record): ScopedService[] => {
    const times =
      scope.kind === "service" && record.service !== scope.name ? [] : structure.timesOf(scope, record.service);
    return times.length === 0 ? [] : [{ ...record, times, hasHours: structure.hasHours(record.service) }];
  });
  const { service = null } = asked;
  if (service === null) return { scope, service: scope.kind === "service" ? scope.name : null, services: whole };
  const services = whole.filter((one) => one.service === service);
  if (services.length > 0) return { scope, service, services };
  const own = whole.map((one) => one.service);
  throw new BadRequest(
    `There is no service "${service}" in ${scopeText(scope)}. ${nearest(service, own, "It has none that is known.")}`,
  );
}

/** Why nothing can be known of a scope in a window, whatever was collected; `null` where something can. */
export function absence({ scope, services }: FoundScope, window: Window): string | null {
  if (scope.kind === "organisation" || scope.kind === "service") return null;
  if (services.some(({ times }) => times.some((time) => overlap(window, time) !== null))) return null;
  if (scope.kind === "team")
    return services.length === 0
      ? `The team "${scope.name}" owns no service that is known: list them under its name in teams: of headway.yaml.`
      : `The team "${scope.name}" owned no service in this window.`;
  return `The system "${scope.name}" has no service that is known, so nothing here tells of it: services say their system in headway.yaml.`;
}

function scopeIn({ service, scope }: AskedScope): Scope {
  if (scope === undefined) return service === undefined ? { kind: "organisation" } : { kind: "service", name: service };
  const found = scopeNamed(scope);
  if (found !== null) return found;
  throw new BadRequest(
    `"${scope}" is no scope. Write \`organisation\`, \`team:NAME\`, \`system:NAME\` or \`service:NAME\`.`,
  );
}

function namesOf(
  { kind }: Scope,
  known: {
    readonly teams: readonly { readonly name: string }[];
    readonly systems: readonly { readonly name: string }[];
    readonly services: readonly ServiceRecord[];
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
  }
}

/** Any name is better than none: whoever asks sees what names look like. */
export function nearest(text: string, names: readonly string[], none: string): string {
  const [closest] = names.toSorted((a, b) => distance(text, a) - distance(text, b));
  return closest === undefined ? none : `Did you mean "${closest}"?`;
}
