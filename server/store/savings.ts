/** The savings ledger: lines, what became of them, and where they went. Rows are only ever added. */
import type { LedgerLine, Transition } from "#metrics/programme/savings/ledger/lines.ts";
import { STEPS } from "#metrics/programme/savings/ledger/lines.ts";
import { LEVERS } from "#metrics/programme/savings/result.ts";
import type { Funding, Placement } from "#metrics/programme/savings/ledger/placing.ts";
import type { Instant } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import type { Change } from "./audit.ts";
import { record } from "./audit.ts";
import type { Schema } from "./schema.ts";

/** Who wrote a row, and when. */
export interface Signed {
  readonly actor: string;
  readonly madeAt: Instant;
}

export interface StoredLine extends LedgerLine, Signed {}
export interface StoredTransition extends Transition, Signed {}
export interface StoredFunding extends Funding, Signed {
  readonly reason: string | null;
}

/** All of the ledger, oldest first. */
export interface Ledger {
  readonly lines: readonly StoredLine[];
  readonly transitions: readonly StoredTransition[];
  readonly fundings: readonly StoredFunding[];
}

export async function readLedger(db: Kysely<Schema>): Promise<Ledger> {
  const lines = await db.selectFrom("ledger_line").selectAll().orderBy("id").execute();
  const transitions = await db.selectFrom("ledger_transition").selectAll().orderBy("id").execute();
  const fundings = await db.selectFrom("ledger_funding").selectAll().orderBy("id").execute();
  return {
    lines: lines.flatMap(({ from_month: fromMonth, made_at: madeAt, lever, ...row }) => {
      const known = LEVERS.find((one) => one === lever);
      return known === undefined ? [] : [{ ...row, lever: known, fromMonth, madeAt }];
    }),
    transitions: transitions.flatMap(
      ({ line_id: line, made_at: madeAt, step, amount, hours, evidence, day, actor }) => {
        const known = STEPS.find((one) => one === step);
        return known === undefined ? [] : [{ line, step: known, amount, hours, evidence, day, actor, madeAt }];
      },
    ),
    fundings: fundings.map(({ line_id: line, from_month: fromMonth, made_at: madeAt, placements, reason, actor }) => ({
      line,
      fromMonth,
      // oxlint-disable-next-line no-unsafe-type-assertion -- nothing else is ever written there
      placements: JSON.parse(placements) as readonly Placement[],
      reason,
      actor,
      madeAt,
    })),
  };
}

/** @returns its number. */
export async function addLedgerLine(
  db: Kysely<Schema>,
  { title, lever, owner, scope, fromMonth, amount, hours, actor, madeAt }: Omit<StoredLine, "id">,
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const { id } = await transaction
      .insertInto("ledger_line")
      .values({ title, lever, owner, scope, from_month: fromMonth, amount, hours, actor, made_at: madeAt })
      .returning("id")
      .executeTakeFirstOrThrow();
    const after = { title, lever, owner, scope, fromMonth, amount, hours };
    await record(
      transaction,
      { actor, at: madeAt },
      { action: "ledger.add", subject: String(id), before: null, after },
    );
    return id;
  });
}

/**
 * @param follows how many steps the line had when it was looked at.
 * @returns whether it still has as many: else somebody was faster, and nothing is kept.
 */
export async function addTransition(
  db: Kysely<Schema>,
  follows: number,
  { line, step, amount, hours, evidence, day, actor, madeAt }: StoredTransition,
  before: Change["before"],
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { numInsertedOrUpdatedRows = 0n } = await transaction
      .insertInto("ledger_transition")
      .values({ line_id: line, number: follows + 1, step, amount, hours, evidence, day, actor, made_at: madeAt })
      .onConflict((conflict) => conflict.columns(["line_id", "number"]).doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return false;
    const after = { step, amount, hours, evidence, day };
    await record(transaction, { actor, at: madeAt }, { action: "ledger.move", subject: String(line), before, after });
    return true;
  });
}

/** @returns whether nobody was faster, as with {@link addTransition}. */
export async function addFunding(
  db: Kysely<Schema>,
  follows: number,
  { line, fromMonth, placements, reason, actor, madeAt }: StoredFunding,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { numInsertedOrUpdatedRows = 0n } = await transaction
      .insertInto("ledger_funding")
      .values({
        line_id: line,
        number: follows + 1,
        from_month: fromMonth,
        placements: JSON.stringify(placements),
        reason,
        actor,
        made_at: madeAt,
      })
      .onConflict((conflict) => conflict.columns(["line_id", "number"]).doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) return false;
    const after = { fromMonth, placements, reason };
    await record(
      transaction,
      { actor, at: madeAt },
      { action: "ledger.fund", subject: String(line), before: null, after },
    );
    return true;
  });
}
