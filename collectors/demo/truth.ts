/** What is true of the demo organisation, so that numbers measured from its events can be judged. */
import type { Instant } from "#metrics/time.ts";
import { DAY, WEEK } from "#metrics/time.ts";
import { chance } from "./chance.ts";
import type { ServicePlan, SystemPlan, TeamPlan, Wave } from "./company.ts";
import { BACKBONE, SYSTEMS, TEAMS } from "./company.ts";
import type { DemoOptions } from "./options.ts";
import type { Effect, Practice } from "./practice.ts";
import { adopted, EFFECT, onTheWay, ownPractice } from "./practice.ts";
import { dateOf } from "./work-days.ts";

/** Raised when the same seed gives another past than before, so that nobody mixes two of them. */
export const EDITION = 7;

/** Dates are 2026-11-23 and begin at midnight UTC. */
export interface Truth {
  readonly seed: number;
  readonly since: string;
  readonly years: number;
  /** By what each number of a team is multiplied in the end, once it has adopted. */
  readonly effect: Effect;
  /** From the day of adoption until the whole effect is there; the logarithm grows evenly. */
  readonly rampWeeks: number;
  readonly teams: readonly TeamTruth[];
  readonly services: readonly ServiceTruth[];
  readonly systems: readonly SystemPlan[];
  readonly backbone: BackboneTruth;
}

export interface TeamTruth {
  readonly name: string;
  readonly group: string;
  readonly site: string;
  readonly people: number;
  readonly wave: Wave | null;
  readonly adoptedOn: string | null;
  readonly before: Practice;
  /** The same as before where it never adopts. */
  readonly after: Practice;
}

export interface ServiceTruth {
  readonly name: string;
  readonly repository: string;
  readonly system: string;
  /** Who has it since when, in order. */
  readonly owners: readonly { readonly team: string; readonly since: string | null; readonly until: string | null }[];
  readonly merges: ServicePlan["merges"];
  readonly known: ServicePlan["known"];
  readonly backbone: ServicePlan["backbone"];
  readonly weight: number;
  readonly begins: string;
  readonly archivedOn: string | null;
  readonly releases: { readonly before: Cadence; readonly after: Cadence };
}

/** When what is merged is released: every so many weeks, in the backbone's monthly window, or at once. */
export type Cadence = { readonly everyWeeks: 0.5 | 1 | 2 | 4 } | "backbone window" | "on demand";

export interface BackboneTruth {
  readonly system: string;
  /** When it may be released. */
  readonly window: "second Saturday of the month, 07:00 in Berlin";
  /** Services that can only be released in it. */
  readonly bound: readonly string[];
  /** Services of which some reviewed changes are merged only after it. */
  readonly waits: readonly string[];
  /** Of those: the probability that a change waits. */
  readonly waitShare: number;
}

const RAMP_WEEKS = 8;
const WAIT_SHARE = 0.25;

/** When waves begin, as shares of the span, and how long after each other their teams follow. */
const WAVES = { 1: 0.25, 2: 0.45, 3: 0.76 } as const satisfies Record<Wave, number>;
const APART_WEEKS = 2;

export function truthOf({ seed, since, years }: Omit<DemoOptions, "host">): Truth {
  const place = (share: number) => dateOf(monday(Date.parse(since) + share * years * 52 * WEEK));
  const teams = TEAMS.map((team, index): TeamTruth => {
    const { name, group, site, people, wave } = team;
    const before = ownPractice(chance(seed, "team", name));
    const turn = TEAMS.slice(0, index).filter((other) => other.wave === wave).length;
    const adoptedOn =
      wave === null ? null : dateOf(Date.parse(place(WAVES[wave])) / DAY + turn * APART_WEEKS * (WEEK / DAY));
    return {
      name,
      group,
      site,
      people,
      wave,
      adoptedOn,
      before,
      after: adoptedOn === null ? before : adopted(before),
    };
  });
  const services = TEAMS.flatMap((team) => team.services.map((service) => serviceTruth(team, service, since, place)));
  const of = (backbone: ServicePlan["backbone"]) =>
    services.filter((service) => service.backbone === backbone).map(({ name }) => name);
  return {
    seed,
    since,
    years,
    effect: EFFECT,
    rampWeeks: RAMP_WEEKS,
    teams,
    services,
    systems: SYSTEMS,
    backbone: {
      system: BACKBONE,
      window: "second Saturday of the month, 07:00 in Berlin",
      bound: of("bound"),
      waits: of("waits"),
      waitShare: WAIT_SHARE,
    },
  };
}

function serviceTruth(
  team: TeamPlan,
  { name, system, merges, known, backbone, weight, everyWeeks, from, until, before }: ServicePlan,
  since: string,
  place: (share: number) => string,
): ServiceTruth {
  const handover = before === null ? null : place(before.until);
  const earlier = before === null ? [] : [{ team: before.team, since: null, until: handover }];
  const cadence: Cadence = backbone === "bound" ? "backbone window" : { everyWeeks };
  return {
    name,
    repository: `demo/${name}`,
    system,
    merges,
    known,
    backbone,
    weight,
    owners: [
      ...earlier,
      {
        team: team.name,
        since: handover,
        until: null,
      },
    ],
    begins: from === 0 ? since : place(from),
    archivedOn: until === null ? null : place(until),
    releases: {
      before: cadence,
      after: team.wave === null ? cadence : better(cadence, known),
    },
  };
}

/** Stores take a release a week at best; who is bound to the window stays bound. */
function better(cadence: Cadence, known: ServicePlan["known"]): Cadence {
  if (cadence === "backbone window") return cadence;
  return known === "releases" ? { everyWeeks: 1 } : "on demand";
}

/** How far a team is on its way, from 0 to 1. */
export function wayOf({ adoptedOn }: Pick<TeamTruth, "adoptedOn">, at: Instant): number {
  if (adoptedOn === null) return 0;
  return Math.min(1, Math.max(0, (at - Date.parse(adoptedOn)) / (RAMP_WEEKS * WEEK)));
}

export function practiceAt(team: TeamTruth, at: Instant): Practice {
  const way = wayOf(team, at);
  if (way === 0) return team.before;
  return way === 1 ? team.after : onTheWay(team.before, team.after, way);
}

/** On the way, planned releases come twice as often. */
export function cadenceAt({ releases: { before, after } }: ServiceTruth, team: TeamTruth, at: Instant): Cadence {
  const way = wayOf(team, at);
  if (way === 1) return after;
  if (way === 0 || typeof before === "string") return before;
  switch (before.everyWeeks) {
    case 4:
      return { everyWeeks: 2 };
    case 2:
      return { everyWeeks: 1 };
    default:
      return { everyWeeks: 0.5 };
  }
}

/** The Monday of the week of an instant, in whole days. */
function monday(at: Instant): number {
  const day = Math.floor(at / DAY);
  return day - ((((day + 3) % 7) + 7) % 7);
}
