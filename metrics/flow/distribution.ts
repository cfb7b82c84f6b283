/** What kinds of work are merged, each with its share of those that say what they are. */
import type { ChangeFact } from "../facts.ts";
import { wilson } from "../statistics/wilson.ts";
import type { WorkType } from "../work-type.ts";
import { counted } from "../words.ts";

export interface Kind {
  readonly type: WorkType;
  readonly title: string;
  readonly changes: number;
  /** Of the changes that say what they are, with its 95 % interval (Wilson); `null` where none does. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Distribution {
  /** Every kind, in the same order always. */
  readonly kinds: readonly Kind[];
  readonly changes: number;
  /** How many of them say nothing of what they are. */
  readonly untold: number;
  readonly words: string;
}

const TITLES = {
  feature: "Features",
  fix: "Fixes",
  revert: "Reverts",
  dependency: "Dependency updates",
  upkeep: "Upkeep",
} as const satisfies Record<WorkType, string>;

const TYPES = ["feature", "fix", "revert", "dependency", "upkeep"] as const satisfies readonly WorkType[];

/** Fewer than this share that say what they are tell little of the rest (DEFINITIONS §4). */
const LEAST_TOLD = 0.8;

/** @param changes those merged in the window. */
export function distribution(changes: readonly Pick<ChangeFact, "workType">[]): Distribution {
  const told = changes.filter(({ workType }) => workType !== null).length;
  const kinds = TYPES.map((type) => {
    const count = changes.filter(({ workType }) => workType === type).length;
    const interval = wilson(count, told);
    return {
      type,
      title: TITLES[type],
      changes: count,
      share: told === 0 ? null : count / told,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
    };
  });
  return { kinds, changes: changes.length, untold: changes.length - told, words: words(kinds, changes.length, told) };
}

function words(kinds: readonly Kind[], total: number, told: number): string {
  if (total === 0) return "No change was merged in this window.";
  if (told === 0)
    return `None of ${counted(total, "change")} says what it is: give them a prefix (fix: …), a label (bug) or a branch (fix/…).`;
  const [most] = kinds.toSorted((a, b) => b.changes - a.changes);
  const percent = Math.round((100 * told) / total);
  const rest =
    told < LEAST_TOLD * total
      ? ` Only ${percent} % of ${counted(total, "change")} say what they are: the rest may be otherwise.`
      : "";
  return `${most?.title ?? ""} are ${Math.round(100 * (most?.share ?? 0))} % of ${counted(told, "change")} that say what they are (proxy).${rest}`;
}
