/** When a database was last backed up, as `headway backup` wrote it down beside it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Instant } from "#metrics/time.ts";

const Written = z.object({ at: z.iso.datetime().transform((text): Instant => Date.parse(text)), file: z.string() });

/** @param folder where keys and secrets are. */
export function lastBackupFile(folder: string): string {
  return join(folder, "last-backup.json");
}

/** `null` when none was ever made, or nothing can be read of it. */
export async function lastBackup(folder: string): Promise<z.output<typeof Written> | null> {
  try {
    const written: unknown = JSON.parse(await readFile(lastBackupFile(folder), "utf8"));
    return Written.safeParse(written).data ?? null;
  } catch {
    return null;
  }
}
