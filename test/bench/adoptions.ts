/**
 * Whether the adoption dates of demo organisations are found again: `npm run bench -- adoptions 8` lives that many lives, `adoptions 41 43` those of these seeds, reads the weeks of each team's practices (all its services together, as the page does) and holds
 * the dates against when half of the rise was done. Which conditions change with a team, from what to what and when, is seen in six other lives of the same company, never in the one that is judged. A team adopts a
 * practice where a condition that decides it rises by ten points or more from below what is asked for to that; where it was met before, a rise is no adoption, and told apart. Takes 40 seconds of processor time a life.
 *
 * Numbers of the demo, of the estimate and of this bench were chosen with the seeds 41 to 43 or taken from what is published; the first lives are for reporting alone.
 */
import { truthOf } from "#collectors/demo/truth.ts";
import type { AdoptionDate } from "#metrics/programme/adoption-date.ts";
import { adoptionDate } from "#metrics/programme/adoption-date.ts";
import { WEEK } from "#metrics/time.ts";
import type { PartTruth } from "./support/demo-adoptions.ts";
import { nameOf, truthsOf } from "./support/demo-adoptions.ts";
import type { PartOfTeam } from "./support/demo-practices.ts";
import { practicesOfTeams } from "./support/demo-practices.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const SPAN = { since: "2023-11-27", years: 3 };
const OTHER_LIVES = 6;

interface Found extends PartOfTeam {
  readonly date: AdoptionDate | null;
  readonly words: string;
  readonly truth: PartTruth | null;
}

/** A practice of a team in one life, with the condition whose date is known best of those that decide. */
interface Pair {
  readonly practice: string;
  readonly change: PartTruth["change"];
  readonly told: Found;
}

const RISES = ["adopted", "risen", "none"] as const;

function lived(seed: number): readonly Found[] {
  const truth = truthOf({ seed, ...SPAN });
  const truths = truthsOf(truth, NOW, OTHER_LIVES);
  return practicesOfTeams(truth, NOW).map((part): Found => {
    const least = part.counts === "weeks" ? null : part.threshold;
    return { ...part, truth: truths.get(nameOf(part)) ?? null, ...adoptionDate(part.weeks, least) };
  });
}

function pairsIn(life: readonly Found[]): readonly Pair[] {
  const deciding = grouped(
    life.filter(({ isRequired }) => isRequired),
    ({ team, practice }) => `${team} ${practice}`,
  );
  return [...deciding.values()].flatMap((parts) => {
    const [told] = parts.toSorted((a, b) => width(a) - width(b));
    const change = RISES.find((one) => parts.some(({ truth }) => truth?.change === one)) ?? "none";
    return told === undefined ? [] : [{ practice: told.practice, change, told }];
  });
}

function width({ date }: Found): number {
  return date === null ? Infinity : date.to - date.from;
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

function weeksOff({ date, truth }: Found): number | null {
  const middleAt = truth?.middleAt ?? null;
  return date === null || middleAt === null ? null : (date.at - middleAt) / WEEK;
}

function isNear(found: Found): boolean {
  const off = weeksOff(found);
  return off !== null && Math.abs(off) <= 2;
}

function isHeld({ date, truth }: Found): boolean {
  const middleAt = truth?.middleAt ?? null;
  return date !== null && middleAt !== null && date.from <= middleAt && middleAt <= date.to;
}

function percent(some: number, all: number): string {
  return all === 0 ? "—" : `${((100 * some) / all).toFixed(1)} %`;
}

function row(name: string, pairs: readonly Pair[]) {
  const of = (change: PartTruth["change"]) => pairs.filter((pair) => pair.change === change).map(({ told }) => told);
  const [adopted, risen, none] = [of("adopted"), of("risen"), of("none")];
  const [dated, datedRisen] = [adopted.filter(({ date }) => date !== null), risen.filter(({ date }) => date !== null)];
  return {
    name,
    adopted: adopted.length,
    dated: dated.length,
    "within two weeks": dated.filter(isNear).length,
    "of all adopted": percent(dated.filter(isNear).length, adopted.length),
    "interval holds it": percent(dated.filter(isHeld).length, dated.length),
    "was met before": risen.length,
    "dated ": datedRisen.length,
    "no change": none.length,
    claimed: none.filter(({ date }) => date !== null).length,
  };
}

const sizes = process.argv
  .slice(2)
  .filter((argument) => /^\d+$/.test(argument))
  .map(Number);
const first = sizes.length > 1 ? Math.min(...sizes) : 1;
const last = sizes.length > 0 ? Math.max(...sizes) : 3;
const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index);
const lives = seeds.map(lived);
const pairs = lives.flatMap(pairsIn);
console.log(
  `\nTeams and practices in ${seeds.length} demo organisations, each by the condition whose date is known best`,
);
console.table([
  ...[...grouped(pairs, ({ practice }) => practice)].map(([name, all]) => row(name, all)),
  row("all", pairs),
]);

console.log("\nWeeks that dates of adoptions are off");
console.table(
  [
    ...grouped(
      pairs.filter(({ change }) => change === "adopted"),
      ({ practice }) => practice,
    ),
  ].map(([practice, all]) => ({
    practice,
    weeks: all
      .flatMap(({ told }) => weeksOff(told) ?? [])
      .toSorted((a, b) => a - b)
      .map((off) => off.toFixed(1))
      .join(" "),
  })),
);

const conditions = lives.flat();
const changing = conditions.filter(({ truth }) => truth?.change === "adopted");
console.log("\nSingle conditions that go from below what is asked for to that");
console.table(
  [...grouped(changing, ({ practice, part }) => `${practice}: ${part}`)].map(([name, all]) => ({
    name,
    teams: all.length,
    dated: all.filter(({ date }) => date !== null).length,
    "within two weeks": all.filter(isNear).length,
  })),
);
const never = conditions.filter(({ adoptedAt }) => adoptedAt === null);
console.log(
  `Teams that never adopt: ${never.filter(({ date }) => date !== null).length} dates of ${never.length} conditions.`,
);
