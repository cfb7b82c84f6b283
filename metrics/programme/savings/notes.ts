/** What limits what can be said of savings. */
import type { Prepared, SavingsInput } from "./prepared.ts";

/** Each a sentence; none where nothing limits it. */
export function notesOf({ effect }: SavingsInput, prepared: Prepared): readonly string[] {
  const { beliefs, leftOut, calibrated, rates, teams } = prepared;
  const guessed = beliefs.used.filter(({ said }) => said === null);
  return [
    ...(teams.length === 0
      ? ["No team can be compared with itself: there is none whose hours and changes are known both before and now."]
      : []),
    ...(rates.length === 0
      ? ["Nobody said what an hour of work costs: agree on a blended rate with finance and add it to the assumptions."]
      : []),
    ...(leftOut.length > 0 && teams.length > 0
      ? [`Not compared, because their hours or changes are not known both before and now: ${leftOut.join(", ")}.`]
      : []),
    ...(effect === null && teams.length > 0
      ? ["Hours are the difference between then and now; nobody can say yet that the programme caused it."]
      : []),
    ...(guessed.length > 0
      ? [`${guessed.length} of ${beliefs.used.length} assumptions are what Headway takes where nobody says anything.`]
      : []),
    ...(calibrated.studies === 0 && teams.length > 0
      ? ["Where hours went is estimated from changes and was never held against a time study, so its error is unknown."]
      : []),
  ];
}
