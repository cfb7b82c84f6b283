/** What is said above the list, and how targets are entered. */
import { plural } from "../format.ts";
import type { Definition, Experiment } from "../types.ts";

export const OUTCOMES: Readonly<Record<Experiment["outcome"], string>> = {
  running: "Running",
  worked: "Worked",
  "no-difference": "No difference",
  worse: "Worse",
  "too-early": "Too early",
  withdrawn: "Withdrawn",
};

/** @param words what was searched for; empty: nothing. */
export function experimentsWords(found: readonly Experiment[], words: string): string {
  if (found.length === 0)
    return words === ""
      ? "No team has set an experiment yet: say what you try, for which number, and until when."
      : `No experiment has the words “${words}”.`;
  const how = (outcome: Experiment["outcome"]) => found.filter((one) => one.outcome === outcome).length;
  const [running, worked] = [how("running"), how("worked")];
  const over = found.length - running - how("withdrawn") - how("too-early");
  const still = running === 0 ? "" : `${running} running, `;
  const results = over === 0 ? "none has been reviewed yet" : `${worked} of ${over} reviewed worked`;
  return `${plural(found.length, "experiment")}: ${still}${results}.`;
}

/** What a target is entered in: the words beside the field, and how many of it are one in the API's terms. */
export function entryOf({ statistic, unit }: Definition): { readonly words: string; readonly factor: number } {
  if (statistic === "count") return { words: "a week", factor: 1 };
  if (unit === "share") return { words: "%", factor: 0.01 };
  return { words: unit === "working-hours" ? "working hours" : unit, factor: 1 };
}

/** A target as people read it: `20 hours`, `5 %`, `3 a week`. */
export function targetOf(definition: Definition, target: number): string {
  const { words, factor } = entryOf(definition);
  return `${new Intl.NumberFormat("en", { maximumSignificantDigits: 3 }).format(target / factor)} ${words}`;
}
