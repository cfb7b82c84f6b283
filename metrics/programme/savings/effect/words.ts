/** The verdicts in words. */
import { counted } from "../../../words.ts";
import { percent } from "../../practices/words.ts";
import type { Cap, Check, Estimate, Options, Size } from "./types.ts";

type Told = Pick<Estimate, "effect" | "size" | "detectable" | "earliest" | "counts" | "method"> & {
  readonly caps: readonly Cap[];
  readonly isAlone: boolean;
  readonly forbidding: readonly Check["id"][];
  readonly weeksUntil: number | null;
};

export function effectWords({ effect, size, detectable, isAlone, forbidding }: Told, options: Options): string {
  const line = percent(options.line);
  if (size === null) return "Not yet: nothing can be said of an effect.";
  switch (effect) {
    case "yes":
      return `Yes: with 90 % the saving lies between ${percent(size.low)} and ${percent(size.high)}, above 0.`;
    case "no":
      return size.high < 0
        ? `No: it got worse. With 90 % the saving lies between ${percent(size.low)} and ${percent(size.high)}, below 0.`
        : `No saving is shown, though one of ${line} would have lifted the interval above 0: with 90 % it lies between ${percent(size.low)} and ${percent(size.high)}.`;
    case "not yet": {
      const between = `between ${percent(size.low)} and ${percent(size.high)}`;
      if (isAlone)
        return `Not yet: if nothing else came to these teams, the saving lies with 90 % ${between}; but nobody who had not adopted is there to compare with, so it cannot be told apart from what came to everybody at the same time.`;
      if (forbidding.length > 0 && size.low > 0)
        return `Not yet: with 90 % the saving lies ${between}, but ${forbidding.map((id) => FORBIDDING[id]).join(", and ")}.`;
      return `Not yet: with 90 % the saving lies ${between}, and only one of ${detectable === null ? "any size" : `${percent(detectable)} or more`} would have lifted it above 0 by now.`;
    }
  }
}

/** Why a yes is not said. */
const FORBIDDING: Partial<Readonly<Record<Check["id"], string>>> = {
  permutation: "the same dates in another order show as much too often",
  placebo: "dates before adoption show an effect, too",
  "negative-control": "an outcome that the programme cannot have moved moved as well",
};

export function sizeWords(size: Size | null, options: Options): string {
  if (size === null) return "Its size is not known.";
  const { p10, p50, p90, atLeastLine } = size;
  return `As likely as not it is ${percent(p50)} or more; with 80 % between ${percent(p10)} and ${percent(p90)}. That it is at least ${percent(options.line)} has a probability of ${percent(atLeastLine)}.`;
}

/** What would make the verdict or its grade another one. */
export function changeWords(
  { effect, size, counts, method, caps, weeksUntil, earliest }: Told,
  options: Options,
): string[] {
  const found: string[] = [];
  if (effect !== "yes" && weeksUntil !== null && weeksUntil > 0)
    found.push(
      `${counted(weeksUntil, "more week")} like those before: then a saving of ${percent(options.line)} would lift the interval above 0.`,
    );
  if (size !== null && effect !== "yes" && earliest === null)
    found.push(
      `More teams, or more that adopt: with these teams alone two more years do not lift the interval of a saving of ${percent(options.line)} above 0.`,
    );
  if (method === "descriptive")
    found.push("Weeks before an adoption, or the date of one: without both nothing can be compared.");
  if (method !== "difference-in-differences" && counts.notYet < 3)
    found.push("At least 3 teams that adopt later, so that others can be compared with them.");
  for (const { grade, words } of caps) found.push(`A grade better than ${grade}: ${words}`);
  return found;
}
