/** What an afternoon's assessment holds, and what of it is missing: nobody has to know the whole page to begin. */
import { byNumber } from "../plurals.ts";
import { counted } from "../words.ts";
import { assessed, assessedShare, openings } from "./assessment.ts";
import type { Programme } from "./programme.ts";

export const FIRST_STEPS = ["vision", "systems", "assessment", "use-cases", "initiatives", "sponsor"] as const;

export interface FirstStep {
  readonly id: (typeof FIRST_STEPS)[number];
  readonly isDone: boolean;
  /** What there is, or what is missing and why it is wanted. */
  readonly words: string;
}

/** As many use cases as keep each upgrade tied to value, without spreading attention too thin. */
export const [LEAST_CASES, MOST_CASES] = [3, 10];

/** @param programme with the systems that the configuration knows. In the order in which it is best said. */
export function firstAssessment(programme: Programme): readonly FirstStep[] {
  return [vision, systems, parts, useCases, initiatives, sponsor].map((step) => step(programme));
}

function vision({ vision: said }: Programme): FirstStep {
  const targets = said?.targets.length ?? 0;
  const words =
    said === null
      ? "Say in one sentence what all of it is for, with targets for the next two to five years."
      : targets === 0
        ? "The vision has no target yet: say what is to be reached by which year."
        : `The vision is said, with ${counted(targets, "target")}.`;
  return { id: "vision", isDone: targets > 0, words };
}

function systems({ systems: all }: Programme): FirstStep {
  const ownerless = all.filter(({ owner }) => owner === null).length;
  const words =
    all.length === 0
      ? "Name the systems of the backbone, those without a repository as well."
      : `${counted(all.length, "system")} ${byNumber(all.length, "is", "are")} named${ownerless === 0 ? "" : `; of ${ownerless} nobody said who owns ${byNumber(ownerless, "it", "them")}`}.`;
  return { id: "systems", isDone: all.length > 0, words };
}

/** Whole systems that nobody looked at hold it up; single parts that nobody knows do not. */
function parts(programme: Programme): FirstStep {
  const { known, of } = assessedShare(programme);
  const untouched = assessed(programme).filter(({ worst }) => worst === null);
  const isDone = programme.systems.length > 0 && untouched.length === 0;
  const names = untouched.slice(0, 3).map(({ system }) => system);
  const rest = untouched.length - names.length;
  const words =
    programme.systems.length === 0
      ? "Look at each system, element by element: does it stand in the way?"
      : `${known} of ${counted(of, "part")} ${byNumber(known, "was", "were")} looked at${isDone ? "" : `; of ${names.join(", ")}${rest === 0 ? "" : ` and ${rest} more`} none`}.`;
  return { id: "assessment", isDone, words };
}

function useCases({ useCases: all }: Programme): FirstStep {
  const isDone = all.length >= LEAST_CASES && all.length <= MOST_CASES;
  const words = isDone
    ? `${counted(all.length, "use case")} ${byNumber(all.length, "is", "are")} named.`
    : `Name ${LEAST_CASES} to ${MOST_CASES} use cases for the business, each with what it is worth: ${all.length === 0 ? "there is none yet" : `there ${byNumber(all.length, "is", "are")} ${all.length}`}.`;
  return { id: "use-cases", isDone, words };
}

/** What blocks is taken up; what only hinders may wait. */
function initiatives(programme: Programme): FirstStep {
  const blocking = openings(programme).filter(({ finding }) => finding.gap === "blocks");
  const free = blocking.filter((one) => one.initiatives.length === 0).length;
  const count = programme.initiatives.length;
  const isDone = count > 0 && free === 0;
  const words =
    count === 0
      ? "Write down what is to be done about what stands in the way: an idea is enough."
      : free === 0
        ? `${counted(count, "initiative")}, and each gap that blocks a use case has one.`
        : `${counted(free, "gap")} that ${byNumber(free, "blocks", "block")} a use case ${byNumber(free, "has", "have")} no initiative.`;
  return { id: "initiatives", isDone, words };
}

function sponsor({ consents }: Programme): FirstStep {
  const answers = consents.filter(({ party, about }) => party === "sponsor" && about === "programme");
  const isDone = answers.some(({ answer }) => answer === "agreed");
  const isRefused = answers.some(({ answer }) => answer === "refused");
  const words = isRefused
    ? "The sponsor refused: what would have to change?"
    : isDone
      ? "The sponsor has agreed to the programme."
      : answers.length > 0
        ? "The sponsor was asked, and has not answered."
        : "Ask the sponsor whether they agree to the programme, and write down the answer.";
  return { id: "sponsor", isDone: isDone && !isRefused, words };
}
