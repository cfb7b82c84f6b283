/** What something looks like, short enough to be remembered for many of them. */
import { createHash } from "node:crypto";

export function looksOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64").slice(0, 12);
}
