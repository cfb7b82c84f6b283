/** The demo organisation's events through facts to what practices say of its teams, week by week, without a database: as often as a bench wants to live. */
import { AHEAD, calendars, sceneOf } from "#collectors/demo/scene.ts";
import { simulate } from "#collectors/demo/simulate.ts";
import type { Truth } from "#collectors/demo/truth.ts";
import { demoConfig } from "#config/demo.ts";
import { parseConfig } from "#config/parse.ts";
import { periods, startOf } from "#metrics/calendar.ts";
import { derive } from "#metrics/derive.ts";
import type { WeekCount } from "#metrics/programme/adoption-date.ts";
import { weekCounts } from "#metrics/programme/adoption-date.ts";
import { practiceStatus } from "#metrics/programme/practice-status.ts";
import { evidenceOf, UNDECLARED } from "#metrics/programme/practices/evidence.ts";
import { practices, readWeeks } from "#metrics/programme/practices/index.ts";
import { LIMITS, RELEASE_CLASSES } from "#metrics/programme/practices/limits.ts";
import { toldBy } from "#metrics/programme/practices/told.ts";
import { pooledWeeks } from "#metrics/programme/team-adoption.ts";
import { WHOLE } from "#metrics/rules.ts";
import { structureOf } from "#server/structure.ts";
import { usualRules } from "#test/support/builders.ts";
import { historyOf } from "./demo-effect.ts";

const ZONE = "Europe/Berlin";

/** One condition of a practice, in all services that a team owns in the end. */
export interface PartOfTeam {
  readonly practice: string;
  readonly part: string;
  /** Whether the practice needs it. */
  readonly isRequired: boolean;
  readonly counts: "items" | "weeks";
  readonly threshold: number;
  readonly team: string;
  readonly adoptedAt: number | null;
  readonly weeks: readonly WeekCount[];
}

/** Parts of which nothing can be measured are left out. */
export function practicesOfTeams(truth: Truth, until: number): readonly PartOfTeam[] {
  const { since, years } = truth;
  const daysOf = calendars(Date.parse(since), until + AHEAD);
  // Services, teams and calendars are the same of any seed.
  const config = parseConfig(demoConfig({ seed: 1, since, years }), "headway.yaml", {});
  const structure = structureOf(config);
  const hotfixes = new Map(config.services.map(({ name, hotfix }) => [name, hotfix ?? usualRules.hotfix]));
  const window = { from: startOf("week", Date.parse(since), ZONE), to: startOf("week", until, ZONE) };
  const weeks = periods(window, "week", ZONE);
  const adoptedOf = new Map(truth.teams.map(({ name, adoptedOn }) => [name, adoptedOn]));
  const found = new Map<string, PartOfTeam>();
  for (const service of truth.services) {
    const scene = sceneOf(truth, service, "demo", daysOf, (identity) => identity);
    const history = historyOf(simulate(scene, until).after(-Infinity));
    const rules = { ...usualRules, hotfix: hotfixes.get(service.name) ?? usualRules.hotfix };
    const facts = derive(history, { name: service.name, rules, part: WHOLE });
    const { releaseClass } = structure.labelsOf(service.name);
    const limits = LIMITS[RELEASE_CLASSES.find((known) => known === releaseClass) ?? "cloud"];
    const time = structure.timeOf(service.name);
    const told = toldBy(history, facts);
    const evidence = evidenceOf(facts, { zone: ZONE, time, until: window.to, told, declared: UNDECLARED });
    const team = structure.ownerOf(service.name, window.to - 1) ?? "";
    const adoptedOn = adoptedOf.get(team) ?? null;
    const adoptedAt = adoptedOn === null ? null : Date.parse(adoptedOn);
    for (const practice of practices)
      for (const { part, threshold, history: read } of practiceStatus(
        practice,
        readWeeks(practice, evidence, weeks, limits),
        weeks,
        limits,
      ).parts) {
        const { id, isRequired, counts } = part;
        const key = `${team} ${practice.id} ${id}`;
        const pooled = pooledWeeks([found.get(key)?.weeks ?? [], weekCounts(read)]);
        found.set(key, {
          practice: practice.id,
          part: id,
          isRequired,
          counts,
          threshold,
          team,
          adoptedAt,
          weeks: pooled,
        });
      }
  }
  return [...found.values()].filter(({ weeks: all }) => all.some(({ of }) => of > 0));
}
