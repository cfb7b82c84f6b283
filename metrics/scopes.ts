/**
 * Whose numbers: those of the organisation, a team, a system or a service. A scope is a set of services, each for the times in which it
 * belonged there, so that a team keeps the numbers of the months in which it owned a service and gets no others.
 */
import type { Instant, Window } from "./time.ts";

export type Scope =
  | { readonly kind: "organisation" }
  | { readonly kind: "team" | "system" | "service"; readonly name: string };

/** What can be looked at: also a use case of the programme, by its id, which has the services that it needs. */
export type Looked = Scope | { readonly kind: "use-case"; readonly name: string };

const ORGANISATION = "organisation";
const KINDS = ["team", "system", "service"] as const;

/** `organisation`, `team:payments`. */
export function scopeText(scope: Looked): string {
  return scope.kind === "organisation" ? ORGANISATION : `${scope.kind}:${scope.name}`;
}

/** The scope that a text names; `null` where it names none. A use case decides nothing, so it is none of these: `useCaseIn` reads it. */
export function scopeNamed(text: string): Scope | null {
  if (text === ORGANISATION) return { kind: "organisation" };
  const [, word, name = ""] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  const kind = KINDS.find((one) => one === word);
  return kind === undefined || name === "" ? null : { kind, name };
}

/** The id of the use case that a text names; `null` where it names none. */
export function useCaseIn(text: string): string | null {
  return /^use-case:(.+)$/s.exec(text)?.[1] ?? null;
}

export interface Team {
  readonly name: string;
  /** The team it is a part of. */
  readonly parent: string | null;
}

/** A time in which a team owned a service: without dates from -Infinity to Infinity. */
export interface Tenure extends Window {
  readonly team: string;
  readonly service: string;
}

/** Who owns what, and which system a service is of. */
export interface Organisation {
  readonly teams: readonly Team[];
  readonly tenures: readonly Tenure[];
  /** By service. */
  readonly systems: ReadonlyMap<string, string>;
}

/** All time. */
export const ALWAYS: Window = { from: -Infinity, to: Infinity };

/** The times in which a service belongs to a scope, in order and apart; none where it never does. A team's are also those of its parts. */
export function timesOf(scope: Scope, service: string, { teams, tenures, systems }: Organisation): readonly Window[] {
  switch (scope.kind) {
    case "organisation":
      return [ALWAYS];
    case "service":
      return service === scope.name ? [ALWAYS] : [];
    case "system":
      return systems.get(service) === scope.name ? [ALWAYS] : [];
    case "team":
      return united(tenures.filter((one) => one.service === service && isPartOf(one.team, scope.name, teams)));
  }
}

/** Whether a team is another, or lies in it at any depth. */
export function isPartOf(team: string, whole: string, teams: readonly Team[]): boolean {
  const seen = new Set<string>();
  let next: string | null = team;
  while (next !== null && next !== whole && !seen.has(next)) {
    seen.add(next);
    const current: string = next;
    next = teams.find(({ name }) => name === current)?.parent ?? null;
  }
  return next === whole;
}

/** Whether a scope has a service at all times, so that nothing of it needs to be left out. */
export function isAlways(times: readonly Window[]): boolean {
  const [only] = times;
  return times.length === 1 && only !== undefined && only.from === -Infinity && only.to === Infinity;
}

/** Whether an instant lies in one of some times. Unknown instants lie only in all time. */
export function isDuring(at: Instant | null, times: readonly Window[]): boolean {
  return at === null ? isAlways(times) : times.some(({ from, to }) => at >= from && at < to);
}

/** A time in which a service has one owner, or none. */
export interface Ownership extends Window {
  readonly team: string | null;
}

/** Who owned a service, from the beginning of time to its end without gaps. Where several own it at once, the one named first. */
export function ownersInTurn(service: string, tenures: readonly Tenure[]): readonly Ownership[] {
  const own = tenures.filter((tenure) => tenure.service === service);
  const ends = [...new Set([-Infinity, ...own.flatMap(({ from, to }) => [from, to]), Infinity])].sort((a, b) => a - b);
  const turns: Ownership[] = [];
  for (const [index, from] of ends.slice(0, -1).entries()) {
    const to = ends[index + 1] ?? Infinity;
    const team = own.find((tenure) => tenure.from <= from && tenure.to >= to)?.team ?? null;
    const last = turns.at(-1);
    if (last?.team === team) turns[turns.length - 1] = { ...last, to };
    else turns.push({ from, to, team });
  }
  return turns;
}

/** Windows in order and apart that hold the same instants. */
function united(windows: readonly Window[]): readonly Window[] {
  const found: Window[] = [];
  for (const { from, to } of windows.toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last !== undefined && from <= last.to) found[found.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else found.push({ from, to });
  }
  return found;
}
