/** The demo organisation's events through activity and weeks of teams to an estimate, and the same organisation in which nobody adopts: the difference is the truth. */
import { calendars, AHEAD, sceneOf } from "#collectors/demo/scene.ts";
import { simulate } from "#collectors/demo/simulate.ts";
import type { Truth } from "#collectors/demo/truth.ts";
import { truthOf } from "#collectors/demo/truth.ts";
import { periods, startOf } from "#metrics/calendar.ts";
import { derive } from "#metrics/derive.ts";
import type { DeliveryEvent, EventKind } from "#metrics/events.ts";
import type { History } from "#metrics/history.ts";
import type { ServiceActivity } from "#metrics/programme/savings/activity.ts";
import { teamWeeks } from "#metrics/programme/savings/activity.ts";
import { deployersOf } from "#metrics/programme/practices/told.ts";
import { mondayOf } from "#metrics/programme/savings/adoptions.ts";
import { UNCALIBRATED } from "#metrics/programme/savings/calibration.ts";
import { estimateEffect, OPTIONS } from "#metrics/programme/savings/effect/index.ts";
import type { TeamWeek as Row } from "#metrics/programme/savings/effect/types.ts";
import { lostRows, upkeepRows } from "#metrics/programme/savings/evaluate.ts";
import type { TeamWeek } from "#metrics/programme/savings/team-week.ts";
import { WHOLE } from "#metrics/rules.ts";
import { UNKNOWN_HOURS } from "#metrics/working-time.ts";
import { anAssumption } from "#test/metrics/programme/declared.ts";
import { usualRules } from "#test/support/builders.ts";

const SINCE = "2023-11-27";
const YEARS = 3;
const UNTIL = Date.parse("2026-11-23T00:00:00Z");
const ZONE = "Europe/Berlin";

export function demoEffect(seed: number): Readonly<Record<string, string>> {
  const truth = truthOf({ seed, since: SINCE, years: YEARS });
  const [weeks, without] = [weeksOf(truth), weeksOf(nobodyAdopts(truth))];
  const rows = rowsOf(truth, weeks);
  const adoptions = truth.teams.map(({ name, adoptedOn }) => ({
    team: name,
    at: adoptedOn === null ? null : Date.parse(mondayOf(adoptedOn)),
  }));
  const panel = { rows, adoptions, disturbances: [], control: upkeepRows(weeks) };
  const { size, effect, grade, method } = estimateEffect(panel, { ...OPTIONS, draws: 1000, orders: 199, seed });
  const begun = new Map(adoptions.map(({ team, at }) => [team, at ?? Infinity]));
  const [then, now] = [rowsOf(truth, without), rows].map((all) => meanSince(all, begun));
  const points = (value: number | undefined) => (100 * (value ?? Number.NaN)).toFixed(1);
  return {
    seed: String(seed),
    method,
    saved: points((then ?? Number.NaN) - (now ?? Number.NaN)),
    said: points(size?.saving),
    interval: `${points(size?.low)} to ${points(size?.high)}`,
    verdict: effect,
    grade,
  };
}

/** The same company, the same chance, and every team for ever as it was. */
function nobodyAdopts(truth: Truth): Truth {
  return {
    ...truth,
    teams: truth.teams.map((team) => ({ ...team, adoptedOn: null, after: team.before })),
    services: truth.services.map((service) => ({
      ...service,
      releases: { before: service.releases.before, after: service.releases.before },
    })),
  };
}

function weeksOf(truth: Truth): readonly TeamWeek[] {
  const daysOf = calendars(Date.parse(SINCE), UNTIL + AHEAD);
  const all = truth.services.map((service): ServiceActivity => {
    const scene = sceneOf(truth, service, "demo", daysOf, (identity) => identity);
    const history = historyOf(simulate(scene, UNTIL).after(-Infinity));
    const facts = derive(history, {
      name: service.name,
      rules: usualRules,
      part: WHOLE,
    });
    const deployers = deployersOf(history.deployments);
    return { ...facts, deployers, service: service.name, teamAt: (at) => scene.teamAt(at).name, time: UNKNOWN_HOURS };
  });
  const window = { from: startOf("week", Date.parse(SINCE), ZONE), to: startOf("week", UNTIL, ZONE) };
  return teamWeeks(all, periods(window, "week", ZONE), ZONE, UNTIL);
}

export function historyOf(events: readonly DeliveryEvent[]): History {
  const of = <K extends EventKind>(kind: K) =>
    events.filter((event): event is Extract<DeliveryEvent, { kind: K }> => event.kind === kind);
  const [repository] = of("repository");
  if (repository === undefined) throw new Error("A service of the demo organisation has no repository.");
  return {
    repository,
    commits: of("commit"),
    releases: of("release"),
    changes: of("change"),
    deployments: of("deployment"),
    incidents: of("incident"),
    pipelines: of("pipeline"),
    alerts: of("alert"),
    layouts: of("layout"),
  };
}

/** Productive hours of a person in a week. */
const HOURS = 28;

function rowsOf({ teams }: Truth, weeks: readonly TeamWeek[]): readonly Row[] {
  const capacities = teams.map(({ name, people }) => anAssumption("capacity", people * HOURS, { of: name }));
  return lostRows(weeks, capacities, "2026-11-23", UNCALIBRATED);
}

function meanSince(rows: readonly Row[], begun: ReadonlyMap<string, number>): number {
  let [total, weights] = [0, 0];
  for (const { team, week, outcome, weight } of rows) {
    if (week < (begun.get(team) ?? Infinity)) continue;
    total += outcome * weight;
    weights += weight;
  }
  return total / weights;
}
