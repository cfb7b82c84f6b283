/** Which work a scope is, so that two of them can be held against each other. */
import { scopeNamed } from "#metrics/scopes.ts";
import type { Scopes } from "#metrics/programme/savings/ledger/overlaps.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import { structureOf } from "../structure.ts";
import { EVERYBODY, workingTeams } from "./team-weeks.ts";

const ORGANISATION = "organisation";

export interface KnownScopes extends Scopes {
  /** All that can be spoken of, in the order in which people look for it. */
  readonly names: readonly string[];
  /** Who works on one now, of those that have hours. */
  readonly teamsOf: (scope: string) => readonly string[];
}

/** By the services that are, or ever were, theirs; a team's parts are a part of it whether or not they own anything. */
export async function scopeSets(installation: Installation): Promise<KnownScopes> {
  const structure = structureOf(installation.config);
  const records = await installation.store.services(sourceKeys(installation));
  const services = [...new Set(records.map(({ service }) => service))];
  const made = new Map<string, ReadonlySet<string>>();
  const of = (text: string): ReadonlySet<string> => {
    const before = made.get(text);
    if (before !== undefined) return before;
    const scope = scopeNamed(text);
    const own = scope === null ? [] : services.filter((service) => structure.timesOf(scope, service).length > 0);
    const set = new Set(own);
    made.set(text, set);
    return set;
  };
  const parentOf = (text: string): string | null => {
    const scope = scopeNamed(text);
    const parent = scope?.kind === "team" ? structure.teams.find(({ name }) => name === scope.name)?.parent : null;
    return parent === null || parent === undefined ? null : `team:${parent}`;
  };
  const isPart = (inner: string, outer: string): boolean => {
    for (let one: string | null = inner; one !== null; one = parentOf(one)) if (one === outer) return true;
    return false;
  };
  const isWithin = (inner: string, outer: string): boolean => {
    if (outer === ORGANISATION || isPart(inner, outer)) return true;
    const [some, all] = [of(inner), of(outer)];
    return inner !== ORGANISATION && some.size > 0 && [...some].every((service) => all.has(service));
  };
  const at = installation.now();
  const working = workingTeams(installation.config);
  const teamsOf = (text: string): readonly string[] => {
    if (text === ORGANISATION || working.includes(EVERYBODY)) return working;
    if (text.startsWith("team:")) return working.filter((team) => isPart(`team:${team}`, text));
    const owners = new Set([...of(text)].map((service) => structure.ownerOf(service, at)));
    return working.filter((team) => owners.has(team));
  };
  return {
    isWithin,
    teamsOf,
    meet: (a, b) => isWithin(a, b) || isWithin(b, a) || [...of(a)].some((service) => of(b).has(service)),
    names: [
      ORGANISATION,
      ...structure.teams.map(({ name }) => `team:${name}`),
      ...structure.systems.map(({ name }) => `system:${name}`),
      ...services.map((name) => `service:${name}`),
    ],
  };
}
