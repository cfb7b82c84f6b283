/** Whether teams, systems and calendars fit together: each name once, each reference to something that is there, no service owned twice by mistake. */
import type { CalendarOptions } from "./calendars.ts";
import { instead } from "./nearest.ts";
import type { Problem } from "./problems.ts";
import type { ServiceOptions } from "./services.ts";
import { isSameName } from "./services.ts";
import type { SystemOptions, TeamOptions } from "./teams.ts";

/** The part of a configuration that is about who works on what. */
export interface Structure {
  readonly calendar?: string | undefined;
  readonly calendars: readonly CalendarOptions[];
  readonly teams: readonly TeamOptions[];
  readonly systems: readonly SystemOptions[];
  readonly services: readonly ServiceOptions[];
  readonly digests: readonly { readonly scope: string }[];
}

/** Who says that a team owns a service, and from which day to which. */
export interface Ownership {
  readonly team: string;
  readonly service: string;
  /** The first day; `null`: always so far. */
  readonly since: string | null;
  /** The first day no more; `null`: until further notice. */
  readonly until: string | null;
  readonly shared: boolean;
  readonly path: readonly PropertyKey[];
}

/** In the order in which they are written: those of the teams, then those that services say in short. */
export function ownerships({ teams, services }: Pick<Structure, "teams" | "services">): readonly Ownership[] {
  return [
    ...teams.flatMap(({ name, services: owned }, index) =>
      owned.map(({ service, since = null, until = null, shared }, place) => ({
        team: name,
        service,
        since,
        until,
        shared,
        path: ["teams", index, "services", place],
      })),
    ),
    ...services.flatMap(({ name, team }, index) =>
      team === undefined
        ? []
        : [{ team, service: name, since: null, until: null, shared: false, path: ["services", index, "team"] }],
    ),
  ];
}

/** Every mistake, each where it stands. */
export function unsound(structure: Structure): Problem[] {
  return [
    ...twice("teams", structure.teams),
    ...twice("systems", structure.systems),
    ...twice("calendars", structure.calendars),
    ...strangers(structure),
    ...circles(structure.teams),
    ...contested(ownerships(structure)),
  ];
}

function twice(list: "teams" | "systems" | "calendars", named: readonly { readonly name: string }[]): Problem[] {
  return named.flatMap(({ name }, index) => {
    const first = named.findIndex((other) => isSameName(other.name, name));
    if (first === index) return [];
    const message = `This is called "${name}" like ${list}[${first}], so nobody could tell them apart. Give one of them another name.`;
    return [{ path: [list, index, "name"], message }];
  });
}

/**
 * References to what is not there. Where no team (or no system) is listed at all, those that services name are all there are: then
 * nothing is a stranger.
 */
function strangers({ calendar, calendars, teams, systems, services, digests }: Structure): Problem[] {
  const refer = (
    kind: "team" | "system" | "calendar",
    name: string | undefined,
    all: readonly { readonly name: string }[],
    path: readonly PropertyKey[],
  ): Problem[] => {
    const known = all.map((one) => one.name);
    if (name === undefined || known.includes(name)) return [];
    const hint = known.length === 0 ? `List it under \`${kind}s\`.` : instead(name, known);
    return [{ path, message: `There is no ${kind} called "${name}". ${hint}` }];
  };
  return [
    ...refer("calendar", calendar, calendars, ["calendar"]),
    ...teams.flatMap((team, index) => [
      ...refer("team", team.parent, teams, ["teams", index, "parent"]),
      ...refer("calendar", team.calendar, calendars, ["teams", index, "calendar"]),
    ]),
    ...services.flatMap(({ team, system }, index) => [
      ...(teams.length === 0 ? [] : refer("team", team, teams, ["services", index, "team"])),
      ...(systems.length === 0 ? [] : refer("system", system, systems, ["services", index, "system"])),
    ]),
    ...digests.flatMap(({ scope }, index) => {
      const path = ["digests", index, "scope"];
      if (scope.startsWith("team:") && teams.length > 0) return refer("team", scope.slice(5), teams, path);
      if (scope.startsWith("system:") && systems.length > 0) return refer("system", scope.slice(7), systems, path);
      return [];
    }),
  ];
}

/** Each circle of teams is told once, at the first of its teams. */
function circles(teams: readonly TeamOptions[]): Problem[] {
  const told = new Set<string>();
  return teams.flatMap(({ name }, index) => {
    const circle = circleFrom(name, teams);
    if (circle === null || circle.some((team) => told.has(team))) return [];
    for (const team of circle) told.add(team);
    const words = [...circle, name].map((team) => `"${team}"`).join(" in ");
    const message = `These teams are parts of each other (${words}), so their numbers would never end. Take one \`parent\` out.`;
    return [{ path: ["teams", index, "parent"], message }];
  });
}

/** The teams one is a part of, when it is itself one of them; it comes first. */
function circleFrom(name: string, teams: readonly TeamOptions[]): readonly string[] | null {
  const seen: string[] = [];
  let next: string | undefined = name;
  while (next !== undefined && !seen.includes(next)) {
    seen.push(next);
    const current: string = next;
    next = teams.find((team) => team.name === current)?.parent;
  }
  return next === name ? seen : null;
}

/** Services that are owned twice at the same time where not both owners say that they share. */
function contested(owned: readonly Ownership[]): Problem[] {
  const known = new Map<string, Ownership[]>();
  return owned.flatMap((later) => {
    const others = known.get(later.service.toLowerCase()) ?? [];
    const earlier = others.find((other) => isContest(other, later));
    known.set(later.service.toLowerCase(), [...others, later]);
    if (earlier === undefined) return [];
    const [from, to] = [latest(earlier.since, later.since), soonest(earlier.until, later.until)];
    const span = `${from === null ? "from the beginning" : `from ${from}`}${to === null ? " on" : ` until ${to}`}`;
    const message =
      earlier.team === later.team
        ? `"${later.team}" owns "${later.service}" twice ${span} (also ${place(earlier)}). Keep one of the two, or dates that lie apart.`
        : `"${later.service}" would be owned both by "${earlier.team}" (${dates(earlier)}, ${place(earlier)}) and by "${later.team}" (${dates(later)}) ${span}, and count for both. End one with \`until\` where the other begins with \`since\`, or write \`shared: true\` in the lists of both teams.`;
    return [{ path: later.path, message }];
  });
}

/** Of two ownerships of one service. */
function isContest(a: Ownership, b: Ownership): boolean {
  const isShared = a.shared && b.shared && a.team !== b.team;
  return !isShared && isBefore(a.since, b.until) && isBefore(b.since, a.until);
}

/** Whether a beginning comes before an end; either may be open. Dates of ISO 8601 are in order as text. */
function isBefore(since: string | null, until: string | null): boolean {
  return since === null || until === null || since < until;
}

function latest(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a;
}

function soonest(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b < a) ? b : a;
}

function dates({ since, until }: Ownership): string {
  if (since === null && until === null) return "always";
  return [...(since === null ? [] : [`since ${since}`]), ...(until === null ? [] : [`until ${until}`])].join(" ");
}

function place({ path: [list, index, key, at] }: Ownership): string {
  return `${String(list)}[${String(index)}].${String(key)}${at === undefined ? "" : `[${String(at)}]`}`;
}
