/**
 * Whether the adoption dates of demo organisations are found again: `npm run bench -- adoptions 3` lives that many lives, reads the weeks of each team's practices as the page does
 * (all its services together) and holds the dates against the middle of the rise. What that is, week by week after the day of adoption, is seen in as many other lives, since the truth of
 * the demo is the day on which a team begins, and each condition is crossed when it is. Whether there is a change at all is seen there, too, team by team, never in the life that is judged: a condition
 * changes where the share of the team's items that meet it rises by at least as much as is called an adoption, to what is asked for; a practice where one of the conditions does that decide it.
 * Takes half a minute a life.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { truthOf } from "#collectors/demo/truth.ts";
import { demoConfig } from "#config/demo.ts";
import { parseConfig } from "#config/parse.ts";
import type { AdoptionDate, WeekCount } from "#metrics/programme/adoption-date.ts";
import { adoptionDate, DETECTION, weekCounts } from "#metrics/programme/adoption-date.ts";
import { pooledWeeks } from "#metrics/programme/team-adoption.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { WEEK } from "#metrics/time.ts";
import { practisedWithRows } from "#server/answers/practised.ts";
import { standing } from "#server/answers/programme.ts";
import { closeInstallation, openInstallation, sourceKeys } from "#server/installation.ts";
import { syncAll } from "#server/sync.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const SPAN = { since: "2023-11-27", years: 3 };
const WEEKS = 156;
/** Levels: before the day of adoption, and once everything begun before it is over. */
const SETTLED_WEEKS = 12;

interface PartOfTeam {
  readonly practice: string;
  readonly part: string;
  readonly team: string;
  readonly adoptedAt: number | null;
  readonly threshold: number | null;
  /** Whether the practice needs it. */
  readonly isRequired: boolean;
  readonly weeks: readonly WeekCount[];
}

async function lived(seed: number): Promise<readonly PartOfTeam[]> {
  const folder = mkdtempSync(join(tmpdir(), "headway-bench-"));
  const config = parseConfig(demoConfig({ seed, ...SPAN }), join(folder, "headway.yaml"), {});
  const installation = await openInstallation(config, { env: {}, now: () => NOW });
  try {
    await syncAll(installation, { signal: new AbortController().signal });
    const { programme } = await standing(installation);
    const adoptedOf = new Map(
      truthOf({ seed, ...SPAN }).teams.map(({ name, adoptedOn }) => [
        name,
        adoptedOn === null ? null : Date.parse(adoptedOn),
      ]),
    );
    const found = new Map<string, PartOfTeam>();
    for (const service of await installation.store.services(sourceKeys(installation))) {
      const asked = { until: NOW, weeks: WEEKS };
      const { team, statuses } = await practisedWithRows(installation, service, programme, asked);
      if (team === null) continue;
      for (const { practice, parts } of statuses)
        for (const { part, threshold, history } of parts) {
          const key = `${team} ${practice.id} ${part.id}`;
          const weeks = pooledWeeks([found.get(key)?.weeks ?? [], weekCounts(history)]);
          const least = part.counts === "weeks" ? null : threshold;
          const adoptedAt = adoptedOf.get(team) ?? null;
          const { id, isRequired } = part;
          found.set(key, { practice: practice.id, part: id, isRequired, team, adoptedAt, threshold: least, weeks });
        }
    }
    return [...found.values()].filter(({ weeks }) => weeks.some(({ of }) => of > 0));
  } finally {
    await closeInstallation(installation);
    rmSync(folder, { recursive: true, force: true });
  }
}

function grouped<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): ReadonlyMap<string, Thing[]> {
  const found = new Map<string, Thing[]>();
  for (const thing of things) {
    const own = found.get(keyOf(thing)) ?? [];
    own.push(thing);
    found.set(keyOf(thing), own);
  }
  return found;
}

/** By part: the weeks from the day of adoption to the middle of the rise of all teams together, and how far it rises. */
function truths(parts: readonly PartOfTeam[]): ReadonlyMap<string, { middle: number; rise: number }> {
  const byPart = grouped(
    parts.flatMap(({ practice, part, adoptedAt, weeks }) =>
      adoptedAt === null
        ? []
        : weeks.map(({ from, met, of }) => ({
            key: `${practice} ${part}`,
            week: Math.round((from - adoptedAt) / WEEK),
            met,
            of,
          })),
    ),
    ({ key }) => key,
  );
  return new Map(
    [...byPart].map(([key, weeks]) => {
      const share = (isMeant: (week: number) => boolean) => {
        const meant = weeks.filter(({ week }) => isMeant(week));
        return sum(meant.map(({ met }) => met)) / sum(meant.map(({ of }) => of));
      };
      const [before, after] = [share((week) => week < 0), share((week) => week >= SETTLED_WEEKS)];
      // A step has as much area below the new level as the rise has.
      const area = sum(
        Array.from({ length: SETTLED_WEEKS }, (_, at) => (after - share((week) => week === at)) / (after - before)),
      );
      return [key, { middle: area, rise: after - before }];
    }),
  );
}

/** By team, practice and part, in some lives together: whether it changes once the team has adopted. */
function changing(parts: readonly PartOfTeam[]): ReadonlySet<string> {
  const changed = [...grouped(parts, nameOf)].flatMap(([name, all]) => {
    const share = (isMeant: (week: number) => boolean) => {
      const meant = all.flatMap(({ weeks, adoptedAt }) =>
        weeks.filter(({ from }) => adoptedAt !== null && isMeant((from - adoptedAt) / WEEK)),
      );
      return sum(meant.map(({ met }) => met)) / sum(meant.map(({ of }) => of));
    };
    // Of a team that never adopts neither is known.
    const [before, after] = [share((week) => week < 0), share((week) => week >= SETTLED_WEEKS)];
    const least = all[0]?.threshold ?? 0;
    return after - before >= DETECTION.leastRise && after >= least ? [name] : [];
  });
  return new Set(changed);
}

function nameOf({ team, practice, part }: PartOfTeam): string {
  return `${team}: ${practice} ${part}`;
}

interface Found extends PartOfTeam {
  readonly life: number;
  readonly date: AdoptionDate | null;
  readonly words: string;
  readonly truth: number | null;
}

const asked = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 3);
const seeds = Array.from({ length: asked }, (_, index) => index + 1);
const others: PartOfTeam[] = [];
for (const seed of seeds) others.push(...(await lived(100 + seed)));
const known = truths(others);
const changed = changing(others);
const found: Found[] = [];
for (const seed of seeds)
  for (const one of await lived(seed)) {
    const middle = known.get(`${one.practice} ${one.part}`)?.middle ?? 0;
    const truth = one.adoptedAt === null ? null : one.adoptedAt + middle * WEEK;
    found.push({ ...one, life: seed, truth, ...adoptionDate(one.weeks, one.threshold) });
  }

const isNear = ({ date, truth }: Found) => date !== null && truth !== null && Math.abs(date.at - truth) <= 2 * WEEK;
const isHeld = ({ date, truth }: Found) => date !== null && truth !== null && date.from <= truth && truth <= date.to;
const adopting = found.filter(({ adoptedAt }) => adoptedAt !== null);
const percent = (some: number, all: number) => (all === 0 ? "—" : `${((100 * some) / all).toFixed(1)} %`);

function row(name: string, all: readonly Found[]) {
  const dated = all.filter(({ date }) => date !== null);
  return {
    name,
    teams: all.length,
    "rise, no date": all.filter(({ words }) => words.includes("cannot be told")).length,
    dated: dated.length,
    "within two weeks": percent(dated.filter(isNear).length, dated.length),
    "interval holds it": percent(dated.filter(isHeld).length, dated.length),
    "weeks off": dated
      .map(({ date, truth }) => Math.round(((date?.at ?? 0) - (truth ?? 0)) / WEEK))
      .toSorted((a, b) => a - b)
      .join(" "),
  };
}

console.log(`\nConditions of practices in teams that adopt, ${asked} demo organisations`);
console.table(
  [...grouped(adopting, ({ practice, part }) => `${practice}: ${part}`)]
    .map(([name, all]) => ({
      rise: percent(known.get(name.replace(":", ""))?.rise ?? 0, 1),
      "middle after weeks": known.get(name.replace(":", ""))?.middle.toFixed(1),
      ...row(name, all),
    }))
    .filter(({ rise }) => Math.abs(Number.parseFloat(rise)) >= 10),
);
/** Of each team and practice the condition whose date is known best. */
const width = ({ date }: Found) => (date === null ? Infinity : date.to - date.from);
const best = [...grouped(adopting, ({ life, team, practice }) => `${life} ${team} ${practice}`).values()].flatMap(
  (all) => all.toSorted((a, b) => width(a) - width(b)).slice(0, 1),
);
console.log("\nEach team and practice by the condition whose date is known best");
console.table([...grouped(best, ({ practice }) => practice)].map(([name, all]) => row(name, all)));
console.table(
  [row("all conditions", adopting), row("all practices", best)],
  ["name", "teams", "rise, no date", "dated", "within two weeks", "interval holds it"],
);

/** Each team and practice, with whether it changes in truth and the date that is told of it: that of the condition which is known best, of those that decide. */
const pairs = [...grouped(found, ({ life, team, practice }) => `${life} ${team} ${practice}`).values()].flatMap(
  (all) => {
    const deciding = all.filter(({ isRequired }) => isRequired).toSorted((a, b) => width(a) - width(b));
    const [told] = deciding;
    return told === undefined ? [] : [{ told, hasChange: deciding.some((one) => changed.has(nameOf(one))) }];
  },
);
function pairsOf(name: string, all: typeof pairs) {
  const [there, none] = [all.filter(({ hasChange }) => hasChange), all.filter(({ hasChange }) => !hasChange)];
  return {
    name,
    "with a change": there.length,
    dated: there.filter(({ told }) => told.date !== null).length,
    "within two weeks, of all with a change": percent(there.filter(({ told }) => isNear(told)).length, there.length),
    "without a change": none.length,
    "dates claimed there": none.filter(({ told }) => told.date !== null).length,
  };
}
console.log(
  "\nEach team and practice, also of teams that never adopt: whether it changes is seen in other lives, and what is not dated counts as missed",
);
console.table([
  ...[...grouped(pairs, ({ told }) => told.practice)].map(([name, all]) => pairsOf(name, all)),
  pairsOf("all", pairs),
]);
const never = found.filter(({ adoptedAt }) => adoptedAt === null);
console.log(`Teams that never adopt: ${never.filter(({ date }) => date !== null).length} dates of ${never.length}.`);
