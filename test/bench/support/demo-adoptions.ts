/**
 * What is true of adoptions in one demo organisation. Its truth is when each team begins and what its numbers become; what that makes of the share of a condition is seen in other lives of the same company: the same
 * teams with the same numbers on the same days, and another chance.
 */
import type { Truth } from "#collectors/demo/truth.ts";
import { DETECTION } from "#metrics/programme/adoption-date.ts";
import { HABIT } from "#metrics/programme/practice-status.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { WEEK } from "#metrics/time.ts";
import type { PartOfTeam } from "./demo-practices.ts";
import { practicesOfTeams } from "./demo-practices.ts";

/** Levels: before the day of adoption, and once everything begun before it is over. */
const SETTLED_WEEKS = 12;

/** `adopted`: from below what is asked for to that or more; `risen`: it was met before, and more of it is met since; `none`: neither. */
type Change = "adopted" | "risen" | "none";

export interface PartTruth {
  readonly change: Change;
  /** When half of the rise was done; `null`: there is none. */
  readonly middleAt: number | null;
}

/** By the name of a condition in a team, from `nameOf`. */
export function truthsOf(truth: Truth, until: number, lives: number): ReadonlyMap<string, PartTruth> {
  const others = new Map<string, PartOfTeam[]>();
  for (let life = 1; life <= lives; life += 1)
    for (const part of practicesOfTeams({ ...truth, seed: truth.seed * TWINS + life }, until)) {
      const own = others.get(nameOf(part)) ?? [];
      own.push(part);
      others.set(nameOf(part), own);
    }
  return new Map([...others].map(([name, parts]) => [name, truthIn(parts)]));
}

/** Seeds of other lives are those of no company. */
const TWINS = 1e6;

export function nameOf({ team, practice, part }: Pick<PartOfTeam, "team" | "practice" | "part">): string {
  return `${team}: ${practice} ${part}`;
}

interface Counted {
  readonly week: number;
  readonly met: number;
  readonly of: number;
}

function truthIn(parts: readonly PartOfTeam[]): PartTruth {
  const [first] = parts;
  const adoptedAt = first?.adoptedAt ?? null;
  if (first === undefined || adoptedAt === null) return { change: "none", middleAt: null };
  const weeks = parts.flatMap(({ weeks: own }) =>
    own.map(({ from, met, of }): Counted => ({ week: Math.round((from - adoptedAt) / WEEK), met, of })),
  );
  const within = (isMeant: (week: number) => boolean) => {
    const meant = weeks.filter(({ week }) => isMeant(week));
    return { met: sum(meant.map(({ met }) => met)), of: sum(meant.map(({ of }) => of)) };
  };
  const [earlier, settled] = [within((week) => week < 0), within((week) => week >= SETTLED_WEEKS)];
  const [before, after] = [earlier.met / earlier.of, settled.met / settled.of];
  if (!(after - before >= DETECTION.leastRise)) return { change: "none", middleAt: null };
  const rising = Array.from({ length: SETTLED_WEEKS }, (_, week) => ({ week, ...within((one) => one === week) }));
  const middle = crossing(rising, (before + after) / 2);
  const middleAt = middle === null ? null : adoptedAt + middle * WEEK;
  return { change: changeOf(before, after, askedOf(first)), middleAt };
}

function changeOf(before: number, after: number, asked: number): Change {
  if (after < asked) return "none";
  return before < asked ? "adopted" : "risen";
}

/** Of a condition on weeks the share of weeks that makes it adopted. */
function askedOf({ counts, threshold }: PartOfTeam): number {
  return counts === "weeks" ? HABIT.adoptedWeeks / HABIT.longWeeks : threshold;
}

/**
 * Weeks until a share that only rises is so high: weeks that are lower than one before them are one level with it (pool-adjacent-violators: Ayer et al. 1955), and between the middles of two levels it rises evenly.
 */
function crossing(weeks: readonly Counted[], half: number): number | null {
  const levels: { from: number; to: number; met: number; of: number }[] = [];
  for (const { week, met, of } of weeks) {
    if (of === 0) continue;
    let level = { from: week, to: week + 1, met, of };
    for (let last = levels.at(-1); last && last.met * level.of >= level.met * last.of; last = levels.at(-1)) {
      level = { from: last.from, to: level.to, met: last.met + level.met, of: last.of + level.of };
      levels.pop();
    }
    levels.push(level);
  }
  const points = levels.map(({ from, to, met, of }) => ({ at: (from + to) / 2, share: met / of }));
  const above = points.findIndex(({ share }) => share >= half);
  const [low, high] = [points[above - 1], points[above]];
  if (high === undefined) return null;
  // What is there at once was there in the middle of the first week.
  return low === undefined ? high.at : low.at + ((high.at - low.at) * (half - low.share)) / (high.share - low.share);
}
