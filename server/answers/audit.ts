/** Who changed what. */
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";

export async function answerAudit(
  { store }: Installation,
  { action, limit, offset }: Query<"/api/audit">,
): Promise<Reply<"/api/audit">> {
  const { total, rows } = await store.audit({ action: action ?? null, limit, offset });
  return { total, rows: rows.map(({ at, ...entry }) => ({ ...entry, at: new Date(at).toISOString() })) };
}
