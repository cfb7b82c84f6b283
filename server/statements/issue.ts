/** Issues the statement of a month once and for all, and reads those that were issued. */
import { dateOf } from "#metrics/calendar.ts";
import { monthNumber, monthOf } from "#metrics/programme/months.ts";
import { periodWords } from "#metrics/programme/savings/statement/period.ts";
import { BadRequest, Refused } from "../answers/problem.ts";
import { standing } from "../answers/programme.ts";
import type { Control } from "../commands.ts";
import type { Query, Reply } from "../contract.ts";
import type { Checked } from "../estimating.ts";
import { checkedApart, printedApart } from "../estimating.ts";
import { hashOf } from "../hash.ts";
import type { Installation } from "../installation.ts";
import type { StoredStatement } from "../store/statements.ts";
import { VERSION } from "../version.ts";
import { fileOf } from "./files.ts";
import { openPack, pack, PackError } from "./pack.ts";
import { statementRows } from "./rows.ts";
import { fingerprint } from "./signing.ts";
import { rowsOf } from "./verify.ts";

export function stating(installation: Installation): Pick<Control, "/api/savings/statements/issue"> {
  return {
    "/api/savings/statements/issue": async ({ month, actor }) => {
      const { hash } = await issueStatement(installation, month, actor);
      return { month, hash };
    },
  };
}

/** @throws BadRequest when the month is not over, has its statement, comes before one that has, or leaves one out; Refused when somebody was faster. */
export async function issueStatement(
  installation: Installation,
  month: string,
  actor: string,
): Promise<StoredStatement> {
  const { store, now, live, config } = installation;
  if (month >= dateOf(now(), config.timezone).slice(0, 7))
    throw new BadRequest(`${month} is not over: its statement would be another one tomorrow. Choose an earlier month.`);
  const issued = await store.statements();
  if (issued.some((one) => one.month === month))
    throw new BadRequest(
      `${month} has its statement, which never changes. What was wrong is put right in a later month.`,
    );
  const last = lastMonth(issued);
  const next = last === "" ? month : monthOf(monthNumber(last) + 1);
  if (month > next)
    throw new BadRequest(
      `${next} has no statement yet and comes first: no month is left out, so that every week is in a statement. Issue that of ${next}.`,
    );
  if (month < last)
    throw new BadRequest(
      `${month} comes before ${last}, which was issued: each statement follows the one of an earlier month. What is to be said of ${month} is said in a later one.`,
    );
  const [rows, { programme }, signer] = await Promise.all([
    statementRows(installation, month),
    standing(installation),
    installation.signer(),
  ]);
  const previous = issued.at(-1)?.hash ?? "";
  const head = { month, currency: programme.currency, zone: config.timezone, version: VERSION, previous };
  const { text: content, hash } = pack(head, rows, await printedApart(rows), signer);
  const statement = { month, content, hash, previous, actor, madeAt: now() };
  if (!(await store.addStatement(statement)))
    throw new Refused(
      409,
      "Somebody was faster",
      "Another statement was issued meanwhile, so this one was not. Look at that one first.",
    );
  live.tell();
  return statement;
}

/** Empty where none was issued. */
function lastMonth(issued: readonly StoredStatement[]): string {
  return (
    issued
      .map((one) => one.month)
      .toSorted()
      .at(-1) ?? ""
  );
}

export async function answerStatements({ store }: Installation): Promise<Reply<"/api/savings/statements">> {
  const issued = await store.statements();
  return issued
    .map(({ month, hash, previous, actor, madeAt, content }, index) => {
      const before = issued[index - 1]?.hash ?? "";
      const { period, problem: own } = lookedInto(content);
      const problem = own ?? (previous === before ? null : { line: 1, words: OUT_OF_CHAIN });
      return { month, period, hash, previous, actor, issuedAt: new Date(madeAt).toISOString(), problem };
    })
    .toReversed();
}

const OUT_OF_CHAIN = "It does not follow the statement that was issued before it: one was taken away, or put in.";

/** Of which days a pack is, and what is wrong with it; nothing is printed again. */
function lookedInto(content: string): {
  readonly period: string;
  readonly problem: { readonly line: number; readonly words: string } | null;
} {
  try {
    return { period: periodWords(rowsOf(openPack(Buffer.from(content)))), problem: null };
  } catch (error) {
    if (error instanceof PackError) return { period: "", problem: { line: error.line, words: error.message } };
    throw error;
  }
}

/** @throws BadRequest when the month has none. */
export async function answerStatement(
  { store }: Installation,
  { month, as }: Query<"/api/savings/statement">,
): Promise<Reply<"/api/savings/statement">> {
  const found = (await store.statements()).find((one) => one.month === month);
  if (found === undefined)
    throw new BadRequest(`${month} has no statement. Finance issues one when the month is over.`);
  const { verified, problem } = await checked(found);
  const key = verified?.head.key ?? null;
  return {
    month,
    hash: found.hash,
    key,
    fingerprint: key === null ? null : fingerprint(key),
    rows: verified?.count ?? 0,
    figures: verified === null ? [] : [...verified.figures],
    problem,
    // What is damaged can be had as it is, to be looked at; nothing is made of it.
    file: as === undefined || (verified === null && as !== "pack") ? null : await fileOf(found, verified, as),
  };
}

/** A statement never changes, and to print it again takes seconds: what was found is kept of the last ones that were looked at. */
const looked = new Map<string, Promise<Checked>>();
const MOST_LOOKED = 12;

async function checked({ content }: StoredStatement): Promise<Checked> {
  const key = hashOf(content);
  const before = looked.get(key);
  if (before !== undefined) return before;
  const made = checkedApart(content);
  looked.set(key, made);
  made.catch(() => looked.delete(key));
  for (const old of looked.keys()) if (looked.size > MOST_LOOKED) looked.delete(old);
  return made;
}
