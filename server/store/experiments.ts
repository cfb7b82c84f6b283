/** What teams try. Rows are only ever added: to withdraw an experiment is a row of its own. */
import type { Experiment } from "#metrics/experiments/experiment.ts";
import type { Instant } from "#metrics/time.ts";
import type { Kysely, Selectable } from "kysely";
import { record } from "./audit.ts";
import type { ExperimentTable, Schema } from "./schema.ts";

/** How an experiment was given up. */
export interface Withdrawal {
  readonly reason: string;
  readonly actor: string;
  readonly madeAt: Instant;
}

/** An experiment, and how it was withdrawn; `null` of one that holds. */
export interface ExperimentEntry extends Experiment {
  readonly withdrawal: Withdrawal | null;
}

/** Everything that was ever set, oldest first. */
export async function readExperiments(db: Kysely<Schema>): Promise<readonly ExperimentEntry[]> {
  const rows = await db.selectFrom("experiment").selectAll().orderBy("id").execute();
  const withdrawals = new Map(
    rows.flatMap(({ withdraws, tries: reason, actor, made_at: madeAt }) =>
      withdraws === null ? [] : [[withdraws, { reason, actor, madeAt }]],
    ),
  );
  return rows.flatMap((row) => {
    const experiment = toExperiment(row);
    return experiment === null ? [] : [{ ...experiment, withdrawal: withdrawals.get(row.id) ?? null }];
  });
}

export async function addExperiment(db: Kysely<Schema>, experiment: Omit<Experiment, "id">): Promise<number> {
  const { scope, metric, tries, usual, target, startDay, weeks, promise, actor, madeAt } = experiment;
  return db.transaction().execute(async (transaction) => {
    const { id } = await transaction
      .insertInto("experiment")
      .values({
        scope,
        metric,
        tries,
        usual,
        target,
        start_day: startDay,
        weeks,
        promise,
        withdraws: null,
        actor,
        made_at: madeAt,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const after = { scope, metric, tries, usual, target, startDay, weeks, promise };
    const change = { action: "experiment.add", subject: String(id), before: null, after } as const;
    await record(transaction, { actor, at: madeAt }, change);
    return id;
  });
}

/** @returns whether there is an experiment of that number that was not withdrawn before. */
export async function withdrawExperiment(
  db: Kysely<Schema>,
  id: number,
  { reason, actor, madeAt }: Withdrawal,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const found = (await readExperiments(transaction)).find((one) => one.id === id && one.withdrawal === null);
    if (found === undefined) return false;
    await transaction
      .insertInto("experiment")
      .values({ tries: reason, withdraws: id, actor, made_at: madeAt })
      .execute();
    const { actor: _actor, madeAt: _madeAt, id: _id, withdrawal: _withdrawal, ...before } = found;
    const change = { action: "experiment.withdraw", subject: String(id), before, after: { reason } } as const;
    await record(transaction, { actor, at: madeAt }, change);
    return true;
  });
}

function toExperiment(row: Selectable<ExperimentTable>): Experiment | null {
  const { id, scope, metric, tries, usual, target, start_day: startDay, weeks, promise, actor, made_at: madeAt } = row;
  if (scope === null || metric === null || target === null || startDay === null || weeks === null) return null;
  return { id, scope, metric, tries, usual, target, startDay, weeks, promise, actor, madeAt };
}
