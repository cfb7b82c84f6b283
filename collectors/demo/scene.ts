/** What everything that happens in one repository shares: its time, its chance, its host, its people, and how its trunk is. */
import { createHash } from "node:crypto";
import type { Person } from "../people.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import { Agenda } from "./agenda.ts";
import type { Chance } from "./chance.ts";
import { chance } from "./chance.ts";
import { SITES } from "./company.ts";
import { Host } from "./host.ts";
import type { Practice } from "./practice.ts";
import type { Cadence, ServiceTruth, TeamTruth, Truth } from "./truth.ts";
import { cadenceAt, practiceAt } from "./truth.ts";
import type { WorkDays } from "./work-days.ts";
import { workDays } from "./work-days.ts";

export type Hide = (identity: string) => string;

export interface Scene {
  readonly service: ServiceTruth;
  readonly waitShare: number;
  readonly source: string;
  readonly agenda: Agenda;
  readonly host: Host;
  readonly trunk: Trunk;
  readonly production: Production;
  readonly backlog: Backlog;
  /** The chance of something of this repository. */
  readonly chance: (...words: readonly (string | number)[]) => Chance;
  /** The id of a commit. */
  readonly sha: (...words: readonly (string | number)[]) => string;
  readonly teamAt: (at: Instant) => TeamTruth;
  readonly practiceAt: (at: Instant) => Practice;
  readonly cadenceAt: (at: Instant) => Cadence;
  readonly daysAt: (at: Instant) => WorkDays;
  /** When the backbone and whoever waits for it look at the clock. */
  readonly backboneZone: string;
  /** One of the people of the team, and another one. */
  readonly pair: (drawn: Chance, at: Instant) => readonly [Person, Person];
  readonly bot: Person;
  readonly agent: Person;
  /** The share of people's changes that an agent writes. */
  readonly agentShareAt: (at: Instant) => number;
  readonly isOpen: (at: Instant) => boolean;
}

/** The default branch. */
export interface Trunk {
  head: string | null;
  /** How many commits came to it, and how many numbers were given to changes and runs. */
  commits: number;
  changes: number;
  runs: number;
  isBroken: boolean;
  /** What came to it, in order. */
  readonly merged: Merged[];
  /** The latest that is tested. */
  green: Merged | null;
}

export interface Merged {
  /** Its place in the order in which it came. */
  readonly place: number;
  readonly sha: string;
  readonly title: string;
  readonly number: number | null;
  readonly isRepair: boolean;
}

/** What runs in production and what is being done to it. */
export interface Production {
  deployments: number;
  versions: number;
  incidents: number;
  /** What runs there, and what ran before it. */
  live: Merged | null;
  previous: Merged | null;
  /** The place of the latest that was taken back: only what came after it goes out again. */
  takenBack: number;
  isDeploying: boolean;
  isRecovering: boolean;
}

/** What is worked on: `null` as long as nothing was asked for. */
export interface Backlog {
  openedAt: Instant | null;
}

/** Work of different teams, seen once for all repositories. */
export type DaysOf = (site: string) => WorkDays;

/** @param until how far the calendar must reach. */
export function calendars(since: Instant, until: Instant): DaysOf {
  const known = new Map(SITES.map((site) => [site.name, workDays(site, since, until)]));
  return (site) => known.get(site) ?? missing(`site ${site}`);
}

export function sceneOf(truth: Truth, service: ServiceTruth, source: string, daysOf: DaysOf, hide: Hide): Scene {
  const teamAt = teamsInTurn(truth, service);
  const archivedAt = service.archivedOn === null ? Infinity : Date.parse(service.archivedOn);
  const drawn = (...words: readonly (string | number)[]) => chance(truth.seed, service.name, ...words);
  return {
    service,
    source,
    waitShare: truth.backbone.waitShare,
    agenda: new Agenda(),
    host: new Host(),
    trunk: { head: null, commits: 0, changes: 0, runs: 0, isBroken: false, merged: [], green: null },
    production: {
      deployments: 0,
      versions: 0,
      incidents: 0,
      live: null,
      previous: null,
      takenBack: -1,
      isDeploying: false,
      isRecovering: false,
    },
    backlog: { openedAt: null },
    chance: drawn,
    sha: (...words) =>
      createHash("sha1")
        .update([truth.seed, service.name, ...words].join(" "))
        .digest("hex"),
    teamAt,
    practiceAt: (at) => practiceAt(teamAt(at), at),
    cadenceAt: (at) => cadenceAt(service, teamAt(at), at),
    daysAt: (at) => daysOf(teamAt(at).site),
    backboneZone: daysOf("Berlin").zone,
    pair: (drawing, at) => pairOf(teamAt(at), drawing, hide),
    bot: { author: hide(BOT_NAME), authorKind: "bot" },
    agent: { author: hide(AGENT_NAME), authorKind: "agent" },
    agentShareAt: (at) => agentShare(truth, at),
    isOpen: (at) => at < archivedAt,
  };
}

/** What tells an event of this repository from all others. */
export function identity({ source, service: { repository } }: Scene, id: string) {
  return { source, repository, id };
}

function teamsInTurn({ teams }: Truth, { owners }: ServiceTruth): (at: Instant) => TeamTruth {
  const named = new Map(teams.map((team) => [team.name, team]));
  const inTurn = owners.map(({ team, until }) => ({
    team: named.get(team) ?? missing(`team ${team}`),
    until: until === null ? Infinity : Date.parse(until),
  }));
  return (at) => inTurn.find(({ until }) => at < until)?.team ?? missing("owner");
}

function pairOf({ name, people }: TeamTruth, drawn: Chance, hide: Hide): readonly [Person, Person] {
  const one = Math.floor(drawn.unit() * people);
  const other = (one + 1 + Math.floor(drawn.unit() * (people - 1))) % people;
  const person = (number: number): Person => ({ author: hide(`demo/${name}/${number}`), authorKind: "human" });
  return [person(one), person(other)];
}

/** Agents come in the last third of the span. */
function agentShare({ since, years }: Truth, at: Instant): number {
  return at < Date.parse(since) + ((years * 2) / 3) * 364 * DAY ? 0 : MOST_BY_AGENTS;
}

const MOST_BY_AGENTS = 0.08;
const BOT_NAME = "demo/dependency-bot";
const AGENT_NAME = "demo/coding-agent";

/** How far calendars reach beyond now: no work that is planned takes longer. */
export const AHEAD = 250 * DAY;

function missing(what: string): never {
  throw new Error(`The demo organisation has no ${what}.`);
}
