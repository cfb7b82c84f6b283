/**
 * Whether the adoption dates of demo organisations are found again: `npm run bench -- adoptions 3` lives that many lives, reads the weeks of each team's practices as the page does
 * (all its services together) and holds the dates against the middle of the rise. What that is, week by week after the day of adoption, is seen in as many other lives, since the truth of
 * the demo is the day on which a team begins, and each condition is crossed when it is. Takes half a minute a life.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { truthOf } from "#collectors/demo/truth.ts";
import { demoConfig } from "#config/demo.ts";
import { parseConfig } from "#config/parse.ts";
import type { AdoptionDate, WeekCount } from "#metrics/programme/adoption-date.ts";
import { adoptionDate, weekCounts } from "#metrics/programme/adoption-date.ts";
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
          const weeks = together(found.get(key)?.weeks ?? [], weekCounts(history));
          const least = part.counts === "weeks" ? null : threshold;
          const adoptedAt = adoptedOf.get(team) ?? null;
          found.set(key, { practice: practice.id, part: part.id, team, adoptedAt, threshold: least, weeks });
        }
    }
    return [...found.values()].filter(({ weeks }) => weeks.some(({ of }) => of > 0));
  } finally {
    await closeInstallation(installation);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same weeks of two services as weeks of both. */
function together(some: readonly WeekCount[], others: readonly WeekCount[]): readonly WeekCount[] {
  const known = new Map(some.map((week) => [week.from, week]));
  for (const { from, to, met, of } of others) {
    const before = known.get(from);
    known.set(from, { from, to, met: met + (before?.met ?? 0), of: of + (before?.of ?? 0) });
  }
  return [...known.values()].toSorted((a, b) => a.from - b.from);
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
const never = found.filter(({ adoptedAt }) => adoptedAt === null);
console.log(`Teams that never adopt: ${never.filter(({ date }) => date !== null).length} dates of ${never.length}.`);
