/** The journal of what people decided. Rows are only ever added: a reversal is a row of its own. */
import { isLabelled } from "#metrics/incident-links.ts";
import type { Judgement, JudgementKind } from "#metrics/judgements.ts";
import { JUDGEMENTS } from "#metrics/judgements.ts";
import type { Instant } from "#metrics/time.ts";
import type { Kysely, Selectable } from "kysely";
import { sql } from "kysely";
import { record } from "./audit.ts";
import { trusted } from "./bulk.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { JudgementTable, Schema } from "./schema.ts";

/** How a judgement was taken back. */
export interface Reversal {
  readonly id: number;
  readonly reason: string;
  readonly actor: string;
  readonly madeAt: Instant;
}

/** A judgement, and how it was taken back; `null` while it is in force. */
export interface JournalEntry extends Judgement {
  readonly reversal: Reversal | null;
}

const REVERSAL = "reversal";

/** Everything that was ever decided, oldest first. */
export async function readJournal(db: Kysely<Schema>): Promise<readonly JournalEntry[]> {
  const rows = await db.selectFrom("judgement").selectAll().orderBy("id").execute();
  const reversals = new Map(rows.flatMap((row) => (row.reverses === null ? [] : [[row.reverses, toReversal(row)]])));
  return rows.flatMap((row) => {
    const kind = JUDGEMENTS.find((known) => known === row.kind);
    return kind === undefined ? [] : [{ ...toJudgement(row, kind), reversal: reversals.get(row.id) ?? null }];
  });
}

/** Both only grow: of the facts with each that changes, of the journal with every row. */
export interface Versions {
  readonly facts: number;
  readonly journal: number;
}

export async function readVersions(db: Kysely<Schema>): Promise<Versions> {
  const row = await db
    .selectFrom("facts")
    .select("version as facts")
    .select((outer) =>
      outer
        .selectFrom("judgement")
        .select(({ fn }) => fn.max("id").as("journal"))
        .as("journal"),
    )
    .executeTakeFirst();
  return { facts: row?.facts ?? 0, journal: row?.journal ?? 0 };
}

/** @returns the number of the new row, or that of the one in force that already judges the same. */
export async function addJudgement(
  db: Kysely<Schema>,
  judgement: Omit<Judgement, "id">,
): Promise<{ readonly id: number; readonly isNew: boolean }> {
  const { kind, service, scope, subject, from, to, recoveredAt, rebases, reason, actor, madeAt } = judgement;
  return db.transaction().execute(async (transaction) => {
    const same = (await readJournal(transaction)).find(
      (one) =>
        one.reversal === null &&
        topicOf(one.kind) === topicOf(kind) &&
        one.service === service &&
        one.scope === scope &&
        isSameSubject(kind, one.subject, subject) &&
        one.from === from &&
        one.to === to &&
        (!isNote(kind) || one.reason === reason),
    );
    if (same !== undefined) return { id: same.id, isNew: false };
    const { id } = await transaction
      .insertInto("judgement")
      .values({
        kind,
        service,
        subject,
        first_day: from,
        day_after: to,
        recovered_at: recoveredAt,
        scope,
        rebases: kind === "adoption" ? (rebases ? 1 : 0) : null,
        reverses: null,
        reason,
        actor,
        made_at: madeAt,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const { actor: _actor, madeAt: _madeAt, ...after } = judgement;
    const change = { action: "judgement.add", subject: String(id), before: null, after } as const;
    await record(transaction, { actor, at: madeAt }, change);
    return { id, isNew: true };
  });
}

/** @returns `null` when no judgement of that number is in force. */
export async function reverseJudgement(
  db: Kysely<Schema>,
  id: number,
  { reason, actor, madeAt }: Omit<Reversal, "id">,
): Promise<Judgement | null> {
  return db.transaction().execute(async (transaction) => {
    const found = (await readJournal(transaction)).find((one) => one.id === id && one.reversal === null);
    if (found === undefined) return null;
    await transaction
      .insertInto("judgement")
      .values({
        kind: REVERSAL,
        reverses: id,
        service: found.service,
        scope: found.scope,
        reason,
        actor,
        made_at: madeAt,
      })
      .execute();
    const { actor: _actor, madeAt: _madeAt, id: _id, reversal: _reversal, ...before } = found;
    const change = { action: "judgement.reverse", subject: String(id), before, after: { reason } } as const;
    await record(transaction, { actor, at: madeAt }, change);
    return found;
  });
}

/** When a deployment reached production, or a change was merged; `null` of one that was not yet, `undefined` of one that is not there. */
export async function findSubject(
  db: Kysely<Schema>,
  serviceId: number,
  kind: "change" | "deployment",
  subject: string,
): Promise<Instant | null | undefined> {
  if (kind === "change") {
    const change = await db
      .selectFrom("change_fact")
      .select("merged_at")
      .where("service_id", "=", serviceId)
      .where("number", "=", Number(subject))
      .executeTakeFirst();
    return change?.merged_at;
  }
  const deployment = await db
    .selectFrom("deployment_fact")
    .select("deployed_at")
    .where("service_id", "=", serviceId)
    .where("id", "=", subject)
    .executeTakeFirst();
  return deployment?.deployed_at;
}

/** A change that has a label. */
export interface Labelled {
  readonly service: string;
  readonly number: number;
  /** When it was merged, else opened: the instant by which it belongs to days and owners. */
  readonly at: Instant | null;
}

/** The changes that have a label, in any case, of any service of these sources: one that is no longer configured may have had services of the same names. */
export async function changesLabelled(
  db: Kysely<Schema>,
  label: string,
  sources: readonly string[],
): Promise<readonly Labelled[]> {
  const having = await listsWith(db, label);
  if (having.length === 0) return [];
  return db
    .selectFrom("change_fact")
    .innerJoin("service", "service.id", "change_fact.service_id")
    .innerJoin("source", "source.id", "service.source_id")
    .select(["service.name as service", "change_fact.number"])
    .select(({ fn }) => fn.coalesce("merged_at", "opened_at").as("at"))
    .where("labels", "<>", sql.lit("[]"))
    .where(phrasesOf(db).isAmong(sql`labels`, having))
    .where("source.key", "in", sources)
    .execute();
}

/** Every label that a change has. */
export async function readLabels(db: Kysely<Schema>): Promise<readonly string[]> {
  const lists = await labelLists(db);
  return [...new Set(lists.flatMap((text) => trusted<string[]>(text)))].sort();
}

/** The lists of labels, as they are stored, that have a label in any case. */
export async function listsWith(db: Kysely<Schema>, label: string): Promise<readonly string[]> {
  return (await labelLists(db)).filter((text) => isLabelled(trusted<string[]>(text), [label]));
}

/** Each list of labels once, by the index of those that are not empty. */
async function labelLists(db: Kysely<Schema>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("change_fact")
    .select("labels")
    .distinct()
    .where("labels", "<>", sql.lit("[]"))
    .execute();
  return rows.flatMap(({ labels }) => labels ?? []);
}

/** A deployment has one verdict at a time. */
function topicOf(kind: JudgementKind): string {
  return kind === "failed" || kind === "not-failed" ? "failure" : kind;
}

/** Labels are the same in any case. */
function isSameSubject(kind: JudgementKind, a: string | null, b: string | null): boolean {
  return kind === "label" ? a?.toLowerCase() === b?.toLowerCase() : a === b;
}

/** Several things may happen on the same day. */
function isNote(kind: JudgementKind): boolean {
  return kind === "note" || kind === "adoption";
}

function toReversal({ id, reason, actor, made_at: madeAt }: Selectable<JudgementTable>): Reversal {
  return { id, reason, actor, madeAt };
}

function toJudgement(row: Selectable<JudgementTable>, kind: JudgementKind): Judgement {
  return {
    id: row.id,
    kind,
    service: row.service,
    scope: row.scope,
    subject: row.subject,
    from: row.first_day,
    to: row.day_after,
    recoveredAt: row.recovered_at,
    rebases: row.rebases === 1,
    reason: row.reason,
    actor: row.actor,
    madeAt: row.made_at,
  };
}
