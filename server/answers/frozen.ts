/** Baselines as they are stored, found by their names and checked against their hashes. */
import type { Baseline } from "#metrics/baselines/baseline.ts";
import type { Lens } from "#metrics/lens.ts";
import { hashOf } from "../hash.ts";
import type { BaselineRow } from "../store/baselines.ts";
import type { Store } from "../store/store.ts";
import { nearest } from "./asked-scope.ts";
import { BadRequest } from "./problem.ts";

export interface StoredBaseline extends Pick<BaselineRow, "id" | "hash" | "withdrawal"> {
  readonly content: Baseline;
  /** The canonical text. */
  readonly text: string;
  /** Whether the hash still is that of the text: the database is a file, which anybody may edit who has it. */
  readonly isIntact: boolean;
}

/** What was read and hashed of texts, which are large and asked for by many answers: the same text is the same content. */
const read = new Map<string, { readonly content: Baseline; readonly hash: string }>();
const MOST_READ = 16;

export function opened({ content: text, hash, id, withdrawal }: BaselineRow): StoredBaseline {
  const known = read.get(text) ?? { content: parsed(text), hash: hashOf(text) };
  read.delete(text);
  read.set(text, known);
  for (const first of read.keys()) if (read.size > MOST_READ) read.delete(first);
  return { id, hash, withdrawal, text, content: known.content, isIntact: known.hash === hash };
}

function parsed(text: string): Baseline {
  // oxlint-disable-next-line no-unsafe-type-assertion -- nothing but a baseline is ever written there, and the hash tells of other hands
  return JSON.parse(text) as Baseline;
}

/** @throws BadRequest when none has that name; the message names the nearest. */
export async function baselineNamed(store: Store, name: string): Promise<StoredBaseline> {
  const [row] = await store.baselines(name);
  if (row !== undefined) return opened(row);
  const names = (await store.baselines()).map((one) => one.name);
  throw new BadRequest(
    `There is no baseline "${name}". ${nearest(name, names, "None is frozen yet: headway report --freeze NAME --by YOU.")}`,
  );
}

/** @throws BadRequest when it was withdrawn, or is no longer what was frozen. */
export function comparable({ content: { name }, withdrawal, isIntact }: StoredBaseline): void {
  if (withdrawal !== null)
    throw new BadRequest(
      `The baseline "${name}" was withdrawn by ${withdrawal.signer}: ${withdrawal.reason}. Choose another, or freeze one.`,
    );
  if (!isIntact)
    throw new BadRequest(
      `The baseline "${name}" is no longer what was frozen: its content and its hash differ, so somebody changed the database file. Restore the file from a backup, or withdraw this baseline and freeze another.`,
    );
}

/** Of the same scope, looked at in the same way. */
export interface Whose extends Lens {
  readonly scope: string;
  readonly service: string | null;
}

/** Why nothing of a baseline can be compared with what is asked for, and what to do; `null` where it can. */
export function foreign({ scope, service, lens }: Baseline, asked: Whose): string | null {
  const name = (one: Pick<Whose, "scope" | "service">) =>
    one.service === null || one.scope === `service:${one.service}` ? one.scope : `${one.service} in ${one.scope}`;
  if (scope !== asked.scope || service !== asked.service)
    return `The baseline is of ${name({ scope, service })}, and this is ${name(asked)}: whoever is compared is compared with their own past. Freeze a baseline of ${name(asked)}.`;
  const differing = (["bots", "open", "time"] as const).filter((key) => lens[key] !== asked[key]);
  if (differing.length === 0) return null;
  const words = differing.map((key) => `${key}=${lens[key]}`).join(", ");
  return `The baseline was frozen with ${words}: look in the same way to compare with it.`;
}

/** The one frozen last that can be compared with; `null` where there is none. */
export async function newestOf(store: Store, asked: Whose): Promise<StoredBaseline | null> {
  const rows = (await store.baselines()).toReversed().map(opened);
  return (
    rows.find(
      ({ content, withdrawal, isIntact }) => withdrawal === null && isIntact && foreign(content, asked) === null,
    ) ?? null
  );
}
