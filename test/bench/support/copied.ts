import { copyFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Another database with the same in it, and with the key that its pseudonyms were made with. */
export function copied(from: string, to: string): void {
  copyFileSync(from, to);
  copyFileSync(join(dirname(from), "people.key"), join(dirname(to), "people.key"));
}
