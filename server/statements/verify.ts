/** Prints every digit of a statement again from its rows, without a database and without a network. */
import type { Printed } from "#metrics/programme/savings/statement/printed.ts";
import type { StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { printed } from "#metrics/programme/savings/statement/statement.ts";
import { VERSION } from "../version.ts";
import type { Head, Line, Opened } from "./pack.ts";
import { fingerprint } from "./signing.ts";
import { openPack, PackError, PARTS, textOf } from "./pack.ts";
import { checkRecords } from "./records.ts";

/** Plain data, which a thread can hand over. */
export interface Verified {
  readonly head: Head;
  readonly hash: string;
  /** How many lines of the pack are rows: all but its head, what it prints and its signature. */
  readonly count: number;
  readonly rows: StatementRows;
  readonly figures: readonly Printed[];
}

/**
 * @param pinned the public key that one was given before; `null`: whatever key it was signed with.
 * @throws PackError that names the line that is wrong.
 */
export function verifyPack(bytes: Buffer, pinned: string | null): Verified {
  const opened = openPack(bytes);
  const { head, lines, hash } = opened;
  if (pinned !== null && pinned.replaceAll(/\s/g, "").toLowerCase() === fingerprint(head.key).replaceAll(" ", ""))
    throw new PackError(1, "That is the fingerprint; --key wants all 64 digits.");
  if (pinned !== null && pinned.toLowerCase() !== head.key)
    throw new PackError(
      1,
      `The statement is signed with the key ${head.key}, and not with the one you were given, ${pinned}.`,
    );
  const rows = rowsOf(opened);
  checkRecords(opened, rows);
  const figures = printed(rows);
  const told = lines.filter(({ part }) => part === "printed");
  for (const [index, line] of told.entries()) {
    const figure = figures[index];
    if (figure === undefined) throw new PackError(line.number, otherwise(line, "nothing", head));
    for (const field of ["id", "words", "value", "unit"] as const)
      if (line.content[field] !== figure[field])
        throw new PackError(line.number, otherwise(line, `${figure.id} ${figure.value}`, head));
  }
  const missing = figures[told.length];
  if (missing !== undefined)
    throw new PackError(
      lines.length,
      `The rows also give ${missing.id} ${missing.value}, which the statement does not print.`,
    );
  return { head, hash, count: lines.length - told.length - 2, rows, figures };
}

function otherwise({ content }: Line, figure: string, { version }: Head): string {
  const hint =
    version === VERSION
      ? ""
      : ` It was made by Headway ${version}, and this is ${VERSION}: where definitions changed since, check it with that one.`;
  return `It prints ${textOf(content["id"])} ${textOf(content["value"])}, and its rows give ${figure}.${hint}`;
}

/** What was signed was made of these rows: their shapes are trusted once the chain holds. */
export function rowsOf({ head, lines }: Opened): StatementRows {
  const of = (part: string): unknown[] =>
    lines.filter((line) => line.part === part).map(({ content }) => content["row"] ?? content["name"]);
  const lists = Object.fromEntries(PARTS.map(([list, part]) => [list, of(part)]));
  const [reckoning = null] = of("reckoning");
  const [evaluation = null] = of("evaluation");
  // Statements that were issued before any unit was counted say nothing of one, and those before months were told apart from days, nothing of that.
  const whole =
    typeof reckoning === "object" && reckoning !== null ? { units: null, paidBy: "days", ...reckoning } : null;
  const { lines: owned, assumptions, costs } = lists;
  const names = { lines: ownedBy(owned), assumptions: ownedBy(assumptions), costs: ownedBy(costs) };
  // oxlint-disable-next-line no-unsafe-type-assertion -- as above
  return {
    format: head.format,
    month: head.month,
    ...lists,
    ...names,
    reckoning: whole,
    evaluation,
  } as unknown as StatementRows;
}

/** Until the third format nobody said who answers for what. */
function ownedBy(rows: readonly unknown[] = []): readonly unknown[] {
  return rows.map((row) => (typeof row === "object" && row !== null ? { owner: "", ...row } : row));
}
