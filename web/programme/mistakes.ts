/** What was typed that cannot be read, said before it is sent, and what the server refuses, said by the names that a form has for it. */
import type { Entered, Field, List } from "./fields.ts";
import { FIELDS } from "./fields.ts";
import { amountIn } from "./lines.ts";

/** The first line of a form that is not what it should be; `null`: all can be read. */
export function mistakeIn(list: List, entered: Entered): string | null {
  for (const field of FIELDS[list]) {
    const [numbers, example] = SHAPES[field.kind] ?? [0, ""];
    if (numbers === 0) continue;
    const lines = (entered[field.name] ?? "").trim().split("\n");
    for (const [index, line] of lines.entries()) {
      const wrong = mistakeOf(line.trim(), numbers, example);
      if (wrong !== null) return `Line ${index + 1} of “${nameOf(field)}”${wrong}`;
    }
  }
  return null;
}

/** How many numbers stand in a line at most, and what one looks like. */
const SHAPES: Partial<Readonly<Record<Field["kind"], readonly [numbers: number, example: string]>>> = {
  months: [1, "2027-01 12000"],
  actuals: [2, "2027-01 11000 0"],
  buckets: [1, "toil 12"],
};

function mistakeOf(line: string, numbers: number, example: string): string | null {
  if (line === "") return null;
  const [first = "", ...rest] = line.split(/[\s:;]+/).filter((part) => part !== "");
  const wrong = rest.find((part) => Number.isNaN(amountIn(part)));
  if (wrong !== undefined) return `, ${first}: “${wrong}” is no number. Write it such as ${example}.`;
  if (rest.length === 0) return `: “${line}” says no number. Write it such as ${example}.`;
  return rest.length > numbers ? `, ${first}: “${rest.join(" ")}” is too much. Write it such as ${example}.` : null;
}

/** The first target that does not begin with its year. */
export function targetMistake(targets: string): string | null {
  const lines = targets.trim().split("\n");
  const wrong = lines.findIndex((line) => line.trim() !== "" && !/^\d{4}([\s:,;]|$)/.test(line.trim()));
  return wrong === -1
    ? null
    : `Line ${wrong + 1} of the targets: begin with the year, such as 2029 Every service is deployed weekly.`;
}

/** What the server says of one thing, with the label of each field instead of its place in what was sent. */
export function refusal(problem: string, list: List): string {
  const told = problem.split("✖ ").map((one) => {
    const [, words, path] = /^([^]*?)\s*→ at change\.thing\.(\S+)\s*$/.exec(one) ?? [];
    const field = FIELDS[list].find(({ name }) => path === name || path?.startsWith(`${name}[`) === true);
    return words === undefined || field === undefined ? one.trim() : `${nameOf(field)}: ${words}`;
  });
  return told.filter((one) => one !== "").join(" ");
}

/** Without what it asks for in a line. */
function nameOf({ label }: Field): string {
  return label.split(/:| a line for each/)[0]?.replace(/,$/, "") ?? label;
}
