/** What a programme is for, as a form asks for it: its vision with targets, and in what money and which quarters it is told. */
import type { Body } from "#server/contract.ts";

import type { Programme } from "../types.ts";
import { idOf } from "./fields.ts";

type Direction = Extract<Body<"/api/programme/set">["change"], { list: "direction" }>["thing"];

export interface EnteredDirection {
  readonly sentence: string;
  /** A line for each, the year first. */
  readonly targets: string;
  readonly currency: string;
  /** The number of a month, 1 to 12. */
  readonly fiscalYearBegins: string;
}

/** As a form begins with it. */
export function enteredDirection({ vision, currency, fiscalYearBegins }: Programme["programme"]): EnteredDirection {
  return {
    sentence: vision?.sentence ?? "",
    targets: (vision?.targets ?? []).map(({ by, words }) => `${by} ${words}`).join("\n"),
    currency,
    fiscalYearBegins: String(fiscalYearBegins),
  };
}

/**
 * What was typed. What it says wrongly, the server tells: targets without a sentence are a vision without one.
 *
 * @param before a target of the same words keeps its id.
 */
export function directionOf(
  { sentence, targets, currency, fiscalYearBegins }: EnteredDirection,
  before: Programme["programme"],
): Direction {
  const lines = targets.split("\n").filter((line) => line.trim() !== "");
  const taken = new Set<string>();
  const told = lines.map((line) => {
    const [by = "", ...rest] = line.trim().split(/[\s:,;]+/);
    const words = line
      .trim()
      .slice(by.length)
      .replace(/^[\s:,;]+/, "");
    const known = before.vision?.targets.find((one) => one.words === words && !taken.has(one.id))?.id;
    const id = unused(known ?? (idOf(rest.join(" ")) || "target"), taken);
    taken.add(id);
    return { id, words, by };
  });
  const isSilent = sentence.trim() === "" && told.length === 0;
  return {
    vision: isSilent ? null : { sentence: sentence.trim(), targets: told },
    currency: currency.trim().toUpperCase(),
    fiscalYearBegins: Number(fiscalYearBegins),
  };
}

function unused(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  for (let number = 2; ; number++) if (!taken.has(`${id}-${number}`)) return `${id}-${number}`;
}
