import type { Programme } from "../types.ts";

type Initiative = Programme["programme"]["initiatives"][number];

const STRATEGY_WORDS = {
  replace: "The system is replaced",
  abstract: "A layer of data and interfaces is put over it",
  deliver: "What is there is delivered better",
} as const satisfies Record<Initiative["strategy"], string>;

const GRADE_WORDS = {
  A: "measured with a comparison",
  B: "measured",
  C: "stated by whoever knows it",
  D: "assumed",
} as const satisfies Record<Initiative["grade"], string>;

interface Props {
  readonly initiative: Initiative;
  /** The day that it is. */
  readonly today: string;
}

/** What was said before money was spent, so that whoever looks now can tell whether it still holds. */
export function RestsOn({ initiative, today }: Props) {
  return (
    <ul class="small">
      {restsOn(initiative, today).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function restsOn(initiative: Initiative, today: string): readonly string[] {
  const { strategy, whyNot, hypothesis, kill, checkpoint, state, owner, grade } = initiative;
  const isOver = state === "done" || state === "stopped";
  const isLate = checkpoint !== null && checkpoint < today && !isOver;
  return [
    hypothesis === null
      ? "Nobody has said yet what is expected of it."
      : `Expected: ${hypothesis.metric} goes from ${hypothesis.from} to ${hypothesis.to} by ${hypothesis.by}, because: ${dotted(hypothesis.because)}`,
    `${STRATEGY_WORDS[strategy]}${whyNot === null ? "." : `. Why not otherwise: ${dotted(whyNot)}`}`,
    kill === null ? "Nobody has said yet on what it is stopped." : `It is stopped when: ${dotted(kill)}`,
    ...(checkpoint === null || isOver
      ? []
      : [`${isLate ? "It was to be" : "It is"} looked at next on ${checkpoint}${isLate ? ", which is over" : ""}.`]),
    `What its benefit rests on is ${GRADE_WORDS[grade]} (grade ${grade}).`,
    `Owner: ${owner}.`,
  ];
}

function dotted(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
