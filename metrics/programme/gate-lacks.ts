/** What a service lacks of the practices that the gate asks for: adopted ones, where the stages ask that they are practised. */
import { counted } from "../words.ts";
import { GATE_TERMS } from "./gate.ts";
import type { Habit, PartStatus, PracticeStatus, Status } from "./practice-status.ts";
import { HABIT, longWeeksOf } from "./practice-status.ts";
import type { Limits } from "./practices/limits.ts";

export interface Lack {
  readonly practice: string;
  readonly title: string;
  readonly status: Status;
  /** The part that decided. */
  readonly part: string;
  readonly words: string;
}

/** In the order of the stages; empty where all are adopted or not asked of the service. */
export function gateLacks(
  statuses: readonly PracticeStatus[],
  limits: Limits,
  asked = GATE_TERMS.practices,
  habit: Habit = HABIT,
): readonly Lack[] {
  return asked.flatMap((id) => {
    const found = statuses.find(({ practice }) => practice.id === id);
    // Without a weakest part none is asked of the service.
    if (found === undefined || found.weakest === null || found.status === "adopted") return [];
    const { practice, status, weakest } = found;
    return [
      {
        practice: id,
        title: practice.title,
        status,
        part: weakest.part.id,
        words: lackWords(status, weakest, limits, habit),
      },
    ];
  });
}

function lackWords(status: Status, weakest: PartStatus, limits: Limits, habit: Habit): string {
  switch (status) {
    case "not-measurable":
      return "cannot be measured";
    case "insufficient-data":
      return "too little happened to say";
    case "practising":
      return practisedWords(weakest, limits, habit);
    default:
      return `not yet (${weakest.weeksMet} of the last ${counted(weakest.weeks, "week")})`;
  }
}

/** Enough weeks alone are not adopted: the share of the last ones must not lie below what is asked, either. */
function practisedWords(weakest: PartStatus, limits: Limits, habit: Habit): string {
  const { met, of } = longWeeksOf(weakest, limits, habit);
  if (met < habit.adoptedWeeks)
    return `practised, not adopted yet (${met} of ${counted(of, "week")}; ${habit.adoptedWeeks} of ${habit.longWeeks} are asked)`;
  return `practised, not adopted yet (${met} of ${counted(of, "week")} are enough, their items together are not)`;
}
