/** What the configuration says of teams, systems and calendars, ready to be asked about services. */
import { nearest } from "#config/nearest.ts";
import type { Config } from "#config/schema.ts";
import { ownerships } from "#config/structure.ts";
import type { Element } from "#config/teams.ts";
import { workCalendarOf } from "#config/working-hours.ts";
import { startOfDate } from "#metrics/calendar.ts";
import type { Organisation, Ownership, Scope, Tenure } from "#metrics/scopes.ts";
import { isDuring, ownersInTurn, timesOf } from "#metrics/scopes.ts";
import type { Instant, Window } from "#metrics/time.ts";
import type { WorkCalendar, WorkingTime } from "#metrics/working-time.ts";
import { inTurn, UNKNOWN_HOURS, workingTime } from "#metrics/working-time.ts";
import { createHash } from "node:crypto";

/** Services are asked about by name, in any case, as people write them. */
export interface Structure {
  readonly teams: Organisation["teams"];
  readonly systems: readonly System[];
  /** The times in which a service belongs to a scope; none where it never does. */
  readonly timesOf: (scope: Scope, service: string) => readonly Window[];
  /** Which team owns it at an instant; the first named of several. */
  readonly ownerOf: (service: string, at: Instant) => string | null;
  readonly systemOf: (service: string) => string | null;
  readonly labelsOf: (service: string) => Labels;
  /** What the configuration says of services themselves, by their names in small letters. */
  readonly elements: ReadonlyMap<string, Element>;
  /** When a team works; `null`: the organisation. */
  readonly timeOfTeam: (team: string | null) => WorkingTime;
  /** When its owners work, each in the time in which it was theirs; the organisation where it was nobody's. */
  readonly timeOf: (service: string) => WorkingTime;
  /** The same as long as they work at the same times. */
  readonly hoursKeyOf: (service: string) => string;
  /** Whether anything is known of that. */
  readonly hasHours: (service: string) => boolean;
}

/** Which part of the backbone something is. */
export interface System {
  readonly name: string;
  readonly element: Element | null;
  readonly technology: "it" | "ot";
}

interface Labels {
  /** Its own, else its system's. */
  readonly element: Element | null;
  readonly releaseClass: string | null;
}

/** Of the same configuration always the same one, so that days are reckoned once. */
export function structureOf(config: Config): Structure {
  const before = known.get(config);
  if (before !== undefined) return before;
  const made = structure(config);
  known.set(config, made);
  return made;
}

const known = new WeakMap<Config, Structure>();
const NEVER: readonly Window[] = [];

function structure(config: Config): Structure {
  const organisation = organisationOf(config);
  const teamTimes = new Map<string | null, WorkingTime>();
  const timeOfTeam = (team: string | null): WorkingTime => {
    const before = teamTimes.get(team);
    if (before !== undefined) return before;
    const calendar = workCalendarOf(config, team);
    const made = calendar === null ? UNKNOWN_HOURS : workingTime(calendar);
    teamTimes.set(team, made);
    return made;
  };
  const tenures = new Map<string, Tenure[]>();
  for (const tenure of organisation.tenures)
    tenures.set(tenure.service, [...(tenures.get(tenure.service) ?? []), tenure]);
  /** What concerns one service, since there may be thousands. */
  const about = (service: string): Organisation => ({ ...organisation, tenures: tenures.get(keyOf(service)) ?? [] });
  const owned = new Map<string, ReadonlyMap<string, readonly Window[]>>();
  /** All that a team and its parts ever owned: each question of a team asks it of every service there is. */
  const ownedBy = (team: string): ReadonlyMap<string, readonly Window[]> => {
    const before = owned.get(team);
    if (before !== undefined) return before;
    const scope = { kind: "team", name: team } as const;
    const made = new Map(
      [...tenures.keys()].flatMap((service) => {
        const own = timesOf(scope, service, about(service));
        return own.length === 0 ? [] : [[service, own] as const];
      }),
    );
    // Anybody can ask for a team that there is none of.
    if (made.size > 0) owned.set(team, made);
    return made;
  };
  const turns = new Map<string, readonly Ownership[]>();
  const turnsOf = (service: string): readonly Ownership[] => {
    const before = turns.get(service);
    if (before !== undefined) return before;
    const made = ownersInTurn(keyOf(service), about(service).tenures);
    turns.set(service, made);
    return made;
  };
  const times = new Map<string, WorkingTime>();
  const hoursKeys = new Map<string, string>();
  const systems = systemsOf(config);
  const systemOf = (service: string): string | null => organisation.systems.get(keyOf(service)) ?? null;
  return {
    teams: organisation.teams,
    systems,
    timeOfTeam,
    timesOf: (scope, service) => {
      if (scope.kind === "team") return ownedBy(scope.name).get(keyOf(service)) ?? NEVER;
      const asked = scope.kind === "service" ? { ...scope, name: keyOf(scope.name) } : scope;
      return timesOf(asked, keyOf(service), about(service));
    },
    ownerOf: (service, at) => turnsOf(service).find((turn) => isDuring(at, [turn]))?.team ?? null,
    systemOf,
    labelsOf: (service) => {
      const own = config.services.find(({ name }) => keyOf(name) === keyOf(service));
      const system = systems.find(({ name }) => name === systemOf(service));
      return { element: own?.element ?? system?.element ?? null, releaseClass: own?.releaseClass ?? null };
    },
    elements: new Map(
      config.services.flatMap(({ name, element }) => (element === undefined ? [] : [[keyOf(name), element] as const])),
    ),
    timeOf: (service) => {
      const before = times.get(service);
      if (before !== undefined) return before;
      const made = inTurn(turnsOf(service).map(({ from, to, team }) => ({ from, to, time: timeOfTeam(team) })));
      times.set(service, made);
      return made;
    },
    hoursKeyOf: (service) => {
      const before = hoursKeys.get(service);
      if (before !== undefined) return before;
      const made = hoursKey(turnsOf(service).map(({ from, team }) => [from, workCalendarOf(config, team)]));
      hoursKeys.set(service, made);
      return made;
    },
    hasHours: (service) => turnsOf(service).some(({ team }) => timeOfTeam(team) !== UNKNOWN_HOURS),
  };
}

/** Owners with the same calendar are one: who owns it does not matter to when it is worked on. Empty where nobody said when. */
function hoursKey(turns: readonly (readonly [Instant, WorkCalendar | null])[]): string {
  const calendars = turns.map(([from, calendar]) => ({ from, text: JSON.stringify(calendar) }));
  const changes = calendars.filter(({ text }, index) => text !== calendars[index - 1]?.text);
  if (changes.every(({ text }) => text === "null")) return "";
  return createHash("sha1")
    .update(JSON.stringify(changes.map(({ from, text }) => [String(from), text])))
    .digest("base64")
    .slice(0, 12);
}

/** What teams own that nobody knows, in sentences: a typing error, or what has not been collected or pushed yet. */
export function unknownOwned(config: Config, names: readonly string[]): readonly string[] {
  const known = new Set(names.map(keyOf));
  return config.teams.flatMap(({ name, services }) =>
    services
      .filter(({ service }) => !known.has(keyOf(service)))
      .map(({ service }) => {
        const meant = nearest(service, names);
        const hint =
          meant === null ? "Correct the name, or sync or push what it is about." : `Did you mean "${meant}"?`;
        return `The team "${name}" owns "${service}", but nothing of such a service is known, so it adds nothing to the team's numbers. ${hint}`;
      }),
  );
}

/** Days of ownership begin in the organisation's zone, so that one owner ends where the next begins. */
function organisationOf(config: Config): Organisation {
  const { teams, services, timezone } = config;
  const owned = ownerships(config);
  const dayOf = (date: string | null, open: Instant): Instant => (date === null ? open : startOfDate(date, timezone));
  return {
    teams:
      teams.length > 0
        ? teams.map(({ name, parent = null }) => ({ name, parent }))
        : [...new Set(owned.map(({ team }) => team))].map((name) => ({ name, parent: null })),
    tenures: owned.map(({ team, service, since, until }) => ({
      team,
      service: keyOf(service),
      from: dayOf(since, -Infinity),
      to: dayOf(until, Infinity),
    })),
    systems: new Map(
      services.flatMap(({ name, system }) => (system === undefined ? [] : [[keyOf(name), system] as const])),
    ),
  };
}

/** Where none is listed, those that services name. */
function systemsOf({ systems, services }: Config): readonly System[] {
  if (systems.length > 0) return systems.map(({ element = null, ...system }) => ({ ...system, element }));
  const names = new Set(services.flatMap(({ system }) => system ?? []));
  return [...names].map((name) => ({ name, element: null, technology: "it" }));
}

function keyOf(service: string): string {
  return service.toLowerCase();
}
