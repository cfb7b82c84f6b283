/** What a programme needs before its first stage: that it is known where one is, and who wants what. */
import type { Programme } from "#metrics/programme/programme.ts";
import type { Condition } from "#metrics/programme/stage.ts";
import { counted } from "#metrics/words.ts";
import type { Installation } from "../installation.ts";
import { opened } from "./frozen.ts";

/** The conditions of the stage of the mandate. They are the programme's, and hold no team back. */
export async function mandateOf({ store }: Installation, programme: Programme): Promise<readonly Condition[]> {
  const frozen = (await store.baselines())
    .map(opened)
    .filter(({ withdrawal, isIntact }) => withdrawal === null && isIntact);
  const last = frozen.at(-1)?.content;
  const sponsors = programme.consents.filter(({ party, about }) => party === "sponsor" && about === "programme");
  const isAgreed = sponsors.some(({ answer }) => answer === "agreed");
  const { vision, useCases } = programme;
  return [
    condition(
      "baseline-frozen",
      last !== undefined,
      last === undefined
        ? "No baseline is frozen: freeze one before anything is changed."
        : `The baseline “${last.name}” is frozen.`,
    ),
    condition(
      "sponsor-and-scope",
      isAgreed && vision !== null,
      vision === null
        ? "No vision is written down."
        : isAgreed
          ? "The vision is written down, and the sponsor has agreed to the programme."
          : "The sponsor has not agreed to the programme yet.",
    ),
    condition(
      "data-quality-stated",
      last !== undefined,
      last === undefined
        ? "Data quality is stated with a baseline, and none is frozen."
        : `The baseline states its data quality: ${counted(last.quality.length, "remark")}.`,
    ),
    condition(
      "use-case-chosen",
      useCases.length > 0,
      useCases.length === 0
        ? "No use case is chosen."
        : `Chosen: ${useCases.map(({ title }) => `“${title}”`).join(", ")}.`,
    ),
  ];
}

function condition(id: string, isMet: boolean, words: string): Condition {
  return { id, state: isMet ? "met" : "not-met", words };
}
