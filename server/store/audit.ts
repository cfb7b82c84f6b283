/** Who changed what. Rows are only ever added, in the transaction of the change itself. */
import type { Instant, Window } from "#metrics/time.ts";
import type { Kysely, Selectable } from "kysely";
import type { AuditTable, Schema } from "./schema.ts";

/** What can be changed, and how. */
export const ACTIONS = [
  "settings.change",
  "judgement.add",
  "judgement.reverse",
  "experiment.add",
  "experiment.withdraw",
  "programme.change",
  "review.freeze",
  "assessment.add",
  "baseline.freeze",
  "baseline.withdraw",
  "saving.freeze",
  "saving.withdraw",
  "ledger.add",
  "ledger.move",
  "ledger.fund",
  "actuals.import",
  "statement.issue",
  "database.restore",
  "user.add",
  "user.invite",
  "user.role",
  "user.rename",
  "user.password",
  "user.remove",
  "session.end",
  "token.add",
  "token.revoke",
  "link.add",
  "link.end",
] as const;
export type Action = (typeof ACTIONS)[number];

/** Who did something, and when. */
export interface Deed {
  readonly actor: string;
  readonly at: Instant;
}

export interface Change {
  readonly action: Action;
  /** What was changed: the name of a user or a token, the number of a judgement. */
  readonly subject: string;
  /** `null` where there was nothing, or nothing is told, as of secrets. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Never with a secret: what is written here stays. */
export async function record(
  db: Kysely<Schema>,
  { actor, at }: Deed,
  { action, subject, before, after }: Change,
): Promise<void> {
  await db
    .insertInto("audit")
    .values({ at, actor, action, subject, before: textOf(before), after: textOf(after) })
    .execute();
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

export interface AuditEntry {
  readonly id: number;
  readonly at: Instant;
  readonly actor: string;
  readonly action: Action;
  readonly subject: string;
  /** JSON. */
  readonly before: string | null;
  readonly after: string | null;
}

/** A page, newest first, and how many there are in all. */
export async function readAudit(
  db: Kysely<Schema>,
  { action, limit, offset }: { readonly action: Action | null; readonly limit: number; readonly offset: number },
): Promise<{ readonly total: number; readonly rows: readonly AuditEntry[] }> {
  const all = action === null ? db.selectFrom("audit") : db.selectFrom("audit").where("action", "=", action);
  const { total } = await all.select(({ fn }) => fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  const rows = await all.selectAll().orderBy("id", "desc").limit(limit).offset(offset).execute();
  return { total, rows: rows.flatMap(toEntry) };
}

/** Those of a window below a number, newest first. */
export async function auditPage(
  db: Kysely<Schema>,
  { window, below, limit }: { readonly window: Window | null; readonly below: number | null; readonly limit: number },
): Promise<readonly AuditEntry[]> {
  let wanted = db.selectFrom("audit").selectAll().orderBy("id", "desc").limit(limit);
  if (window !== null) wanted = wanted.where("at", ">=", window.from).where("at", "<", window.to);
  if (below !== null) wanted = wanted.where("id", "<", below);
  return (await wanted.execute()).flatMap(toEntry);
}

/** Writes down each part of the settings that is another one than it was last. */
export async function recordSettings(
  db: Kysely<Schema>,
  parts: readonly { readonly name: string; readonly text: string }[],
  deed: Deed,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const last = await settingsAt(transaction, null);
    for (const { name, text } of parts) {
      const before = last.get(name) ?? null;
      if (before === text) continue;
      await transaction
        .insertInto("audit")
        .values({ at: deed.at, actor: deed.actor, action: "settings.change", subject: name, before, after: text })
        .execute();
    }
  });
}

/** Each part of the settings as it was last written down until an instant; `null`: until now. */
export async function settingsAt(db: Kysely<Schema>, at: Instant | null): Promise<ReadonlyMap<string, string>> {
  let wanted = db
    .selectFrom("audit")
    .select(["subject", "after"])
    .where("action", "=", "settings.change")
    .orderBy("id");
  if (at !== null) wanted = wanted.where("at", "<=", at);
  const rows = await wanted.execute();
  return new Map(rows.flatMap(({ subject, after }) => (after === null ? [] : [[subject, after]])));
}

function toEntry({ action, ...row }: Selectable<AuditTable>): AuditEntry[] {
  const known = ACTIONS.find((one) => one === action);
  return known === undefined ? [] : [{ ...row, action: known }];
}
