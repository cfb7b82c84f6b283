/** What was typed that cannot be read, said before it is sent, and what the server refuses, said by the names that a form has for it. */
import type { Entered, Field, List } from "./field.ts";
import { fieldsOf } from "./fields.ts";
import { FORMS } from "./forms.ts";
import { amountIn } from "./lines.ts";

/** The first line of a form that is not what it should be; `null`: all can be read. */
export function mistakeIn(list: List, entered: Entered): string | null {
  for (const field of fieldsOf(list)) {
    const [numbers, example] = SHAPES[field.kind] ?? [0, ""];
    if (numbers === 0) continue;
    const lines = (entered[field.name] ?? "").trim().split("\n");
    for (const [index, line] of lines.entries()) {
      const wrong = mistakeOf(line.trim(), numbers, example);
      if (wrong !== null) return `Line ${index + 1} of “${nameOf(field)}”${wrong}`;
    }
  }
  return halfSaid(list, entered);
}

/** What is said as a whole or not at all: a benefit from low to high, what is expected from its number to its reason. */
function halfSaid(list: List, entered: Entered): string | null {
  for (const { title, fields } of FORMS[list])
    for (const whole of ["benefit", "hypothesis"]) {
      const parts = fields.filter(({ name }) => name.startsWith(`${whole}.`));
      const open = parts.filter(({ name }) => (entered[name] ?? "").trim() === "");
      if (open.length === 0 || open.length === parts.length) continue;
      return `“${title}” is said in part: ${open.map((field) => `“${nameOf(field)}”`).join(", ")} ${open.length === 1 ? "is" : "are"} missing. Say all of it, or leave ${parts.map((field) => `“${nameOf(field)}”`).join(", ")} empty.`;
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
    const field = fieldsOf(list).find(({ name }) => path === name || path?.startsWith(`${name}[`) === true);
    return words === undefined || field === undefined ? one.trim() : `${nameOf(field)}: ${words}`;
  });
  return told.filter((one) => one !== "").join(" ");
}

/** Without what it asks for in a line. */
function nameOf({ label }: Field): string {
  return label.split(/:| a line for each/)[0]?.replace(/,$/, "") ?? label;
}
