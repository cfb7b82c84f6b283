/** The programme as it is and ever was. Rows are only ever added: each is a whole version. */
import type { Instant } from "#metrics/time.ts";
import type { Kysely, Selectable } from "kysely";
import type { Change } from "./audit.ts";
import { record } from "./audit.ts";
import type { ProgrammeTable, Schema } from "./schema.ts";

export interface ProgrammeVersion {
  /** Counts up. */
  readonly version: number;
  /** The canonical text that was hashed. */
  readonly content: string;
  readonly hash: string;
  readonly reason: string | null;
  readonly actor: string;
  readonly madeAt: Instant;
}

/** The newest ones, newest first; none while nobody has said anything. */
export async function readProgramme(db: Kysely<Schema>, most: number): Promise<readonly ProgrammeVersion[]> {
  const rows = await db.selectFrom("programme").selectAll().orderBy("id", "desc").limit(most).execute();
  return rows.map(toVersion);
}

/**
 * @param follows the version that was changed; `null`: there was none.
 * @param changes what is other than in that one, for the audit.
 * @returns whether that still was the newest: else somebody was faster, and nothing is kept.
 */
export async function addProgramme(
  db: Kysely<Schema>,
  follows: number | null,
  { content, hash, reason, actor, madeAt }: Omit<ProgrammeVersion, "version">,
  changes: readonly Pick<Change, "subject" | "before" | "after">[],
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const [newest] = await readProgramme(transaction, 1);
    if ((newest?.version ?? null) !== follows) return false;
    await transaction.insertInto("programme").values({ content, hash, reason, actor, made_at: madeAt }).execute();
    for (const change of changes)
      await record(transaction, { actor, at: madeAt }, { action: "programme.change", ...change });
    return true;
  });
}

function toVersion(row: Selectable<ProgrammeTable>): ProgrammeVersion {
  const { id: version, content, hash, reason, actor, made_at: madeAt } = row;
  return { version, content, hash, reason, actor, madeAt };
}
