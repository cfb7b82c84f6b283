/** Weeks of teams from what is stored, kept as long as no fact, no ownership and no day is another. */
import { dateOf, periods, startOf } from "#metrics/calendar.ts";
import type { ChangeFact } from "#metrics/facts.ts";
import type { ServiceActivity } from "#metrics/programme/savings/activity.ts";
import { adding } from "#metrics/programme/savings/activity.ts";
import { deployersOf } from "#metrics/programme/practices/told.ts";
import type { Delivered } from "#metrics/programme/savings/delivered.ts";
import { deliveredBy } from "#metrics/programme/savings/delivered.ts";
import type { TeamWeek } from "#metrics/programme/savings/team-week.ts";
import type { UnitWeek } from "#metrics/programme/savings/units.ts";
import { unitWeeks } from "#metrics/programme/savings/units.ts";
import { WeekSums } from "#metrics/programme/savings/week-sums.ts";
import type { Window } from "#metrics/time.ts";
import { WEEK } from "#metrics/time.ts";
import type { Config } from "#config/schema.ts";
import { ownerships } from "#config/structure.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import type { ServiceRecord } from "../store/sources.ts";
import type { Store } from "../store/store.ts";
import { structureOf } from "../structure.ts";
import { Pace } from "./turns.ts";

/** Effects are looked for in three years and the half before them. */
const MOST_WEEKS = 182;

/** Of everybody, where no team is configured. */
export const EVERYBODY = "everybody";

export interface KnownWeeks {
  readonly weeks: readonly TeamWeek[];
  readonly services: readonly { readonly service: string; readonly system: string | null }[];
  /** What each service deployed for the first time, week by week. */
  readonly delivered: readonly Delivered[];
  /** Issues that were delivered, by service, team and week. */
  readonly units: readonly UnitWeek[];
  /** Complete weeks of which something could have been known. */
  readonly window: Window | null;
}

/** Who has hours: teams that own or owned something, and not the groups that hold them. */
export function workingTeams(config: Config): readonly string[] {
  const named = new Set(ownerships(config).map(({ team }) => team));
  return named.size === 0 ? [EVERYBODY] : [...named];
}

interface Kept {
  readonly key: string;
  readonly config: Config;
  readonly pace: Pace;
  readonly made: Promise<KnownWeeks>;
}

const kept = new WeakMap<Store, Kept>();

/** @param pace of whoever begins to read them; others who ask meanwhile hurry it. */
export async function knownWeeks(installation: Installation, pace = new Pace()): Promise<KnownWeeks> {
  const { store, config, now } = installation;
  const key = `${await store.factsVersion()} ${dateOf(now(), config.timezone)}`;
  const known = kept.get(store);
  if (known?.key === key && known.config === config) {
    known.pace.hurry();
    return known.made;
  }
  const made = { key, config, pace, made: read(installation, pace) };
  kept.set(store, made);
  made.made.catch(() => kept.get(store) === made && kept.delete(store));
  return made.made;
}

async function read(installation: Installation, pace: Pace): Promise<KnownWeeks> {
  const { store, config, now } = installation;
  const zone = config.timezone;
  const until = now();
  const end = startOf("week", until, zone);
  const services = await store.services(sourceKeys(installation));
  const ids = services.map(({ serviceId }) => serviceId);
  const extents = [await store.extent("opened", ids), await store.extent("deployments", ids)];
  const firsts = extents.flatMap((extent) => extent?.from ?? []);
  if (firsts.length === 0) return { weeks: [], services: [], delivered: [], units: [], window: null };
  const from = startOf("week", Math.max(Math.min(...firsts), end - (MOST_WEEKS - 0.5) * WEEK), zone);
  const window = { from, to: end };
  const weeks = periods(window, "week", zone);
  const ledger = new WeekSums(weeks, zone);
  const delivered: Delivered[] = [];
  const units: UnitWeek[] = [];
  // One service at a time, and nothing of it is kept but what it adds up to.
  for (const service of services) {
    await pace.rest();
    const activity = await activityOf(installation, service, window);
    for (const _ of adding(activity, ledger, until)) await pace.rest();
    delivered.push(...deliveredBy(activity, weeks, zone));
    await pace.rest();
    units.push(...unitWeeks(activity, weeks, zone));
  }
  const found: TeamWeek[] = [];
  for (const team of ledger.teams()) {
    await pace.rest();
    found.push(...ledger.weeksOf(team));
  }
  const { systemOf } = structureOf(config);
  return {
    weeks: found,
    services: services.map(({ service }) => ({ service, system: systemOf(service) })),
    delivered,
    units,
    window,
  };
}

/** What happened in a service, and whose it was. */
export async function activityOf(
  { store, config }: Installation,
  place: ServiceRecord,
  window: Window,
): Promise<ServiceActivity> {
  const structure = structureOf(config);
  const hasTeams = structure.teams.length > 0;
  const { service } = place;
  const opened = await store.facts("opened", place, window);
  const delivered = await store.facts("delivered", place, window);
  return {
    service,
    changes: once([...opened, ...delivered]),
    deployments: await store.facts("deployments", place, window),
    incidents: await store.facts("incidents", place, window),
    pipelines: await store.facts("finishedRuns", place, window),
    deployers: deployersOf(await store.deploymentEvents(place)),
    teamAt: hasTeams ? (at) => structure.ownerOf(service, at) : () => EVERYBODY,
    time: structure.timeOf(service),
  };
}

/** What was opened and deployed in the window is one change. */
function once(changes: readonly ChangeFact[]): readonly ChangeFact[] {
  return [...new Map(changes.map((change) => [change.id, change])).values()];
}
