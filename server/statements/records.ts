/** What was frozen before results were known, as a statement holds it: whether each text has its hash, and whether what is reckoned rests on what it says. */
import { dateOf } from "#metrics/calendar.ts";
import { canonicalOf } from "#metrics/baselines/canonical.ts";
import type { Cap } from "#metrics/programme/savings/ledger/room.ts";
import type { StatedRecord, StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { weeksEndingIn } from "#metrics/programme/savings/weeks.ts";
import type { Instant } from "#metrics/time.ts";
import { bucketCaps } from "../answers/ledger-room.ts";
import { hashOf } from "../hash.ts";
import type { SavingRecord } from "../ledger-contract.ts";
import type { Opened } from "./pack.ts";
import { PackError } from "./pack.ts";

/** What is in the text of a record of the second format, which names nobody. */
interface Frozen {
  readonly record: SavingRecord;
  readonly signer: string;
  readonly frozenAt: Instant;
}

export function frozenIn({ content }: Pick<StatedRecord, "content">): Frozen | null {
  // oxlint-disable-next-line no-unsafe-type-assertion -- nothing else is ever frozen, and the hash tells of other hands
  return content === null ? null : (JSON.parse(content) as Frozen);
}

/** @throws PackError that names the line of what is not as it was frozen, or rests on something else. */
export function checkRecords({ head, lines }: Opened, rows: StatementRows): void {
  if (head.format < 4) return;
  const lineOf = (part: string, index = 0): number => lines.filter((one) => one.part === part)[index]?.number ?? 1;
  for (const [index, record] of rows.records.entries()) {
    const flaw = flawOf(record, head.zone);
    if (flaw !== null) throw new PackError(lineOf("record", index), flaw);
  }
  const caps = capsFlaw(rows);
  if (caps !== null) throw new PackError(lineOf("cap"), caps);
  const rests = restsOn(rows);
  if (rests !== null) throw new PackError(lineOf("evaluation"), rests);
}

function flawOf(record: StatedRecord, zone: string): string | null {
  const { name, kind, scope, hash, frozenOn, signerHash, content } = record;
  if (content === null) return null;
  if (hashOf(content) !== hash) return `The text of “${name}” does not have the hash ${hash}.`;
  const frozen = frozenIn(record);
  const isSame =
    frozen?.record.name === name &&
    frozen.record.kind === kind &&
    frozen.record.scope === scope &&
    frozen.signer === signerHash &&
    dateOf(frozen.frozenAt, zone) === frozenOn;
  return isSame ? null : `The text of “${name}” says another name, kind, scope, signer or day than its row.`;
}

/** Caps follow from the texts of all baselines, where all of them are there. */
function capsFlaw({ records, caps }: StatementRows): string | null {
  const baselines = records.filter(({ kind }) => kind === "baseline").map(frozenIn);
  const known = baselines.filter((one) => one !== null);
  if (known.length < baselines.length) return null;
  const keysOf = (all: readonly Cap[]): string => JSON.stringify(all.map(canonicalOf).toSorted());
  return keysOf(bucketCaps(known)) === keysOf(caps)
    ? null
    : "What buckets held is not what the frozen baselines of the statement say.";
}

/** Why what is reckoned is not held against what was frozen; `null` where it is, or nothing was. */
function restsOn({ records, reckoning, evaluation }: StatementRows): string | null {
  if (evaluation === null || reckoning === null) return null;
  const { baseline, registered } = evaluation;
  const held = records.find(({ kind, name }) => kind !== "plan" && name === baseline);
  if (baseline !== null && held === undefined) return `The baseline “${baseline}” is not among what was frozen.`;
  const before = held === undefined ? null : frozenIn(held);
  if (before?.record.kind === "baseline") {
    const days = weeksEndingIn(before.record);
    if (days.from !== reckoning.baseline.from || days.to !== reckoning.baseline.to)
      return `The baseline “${baseline}” is of ${days.from} to ${days.to}, and other days are compared with.`;
  }
  if (registered === null) return null;
  const plan = records.find(({ kind, name }) => kind === "plan" && name === registered.name);
  if (plan === undefined) return `The plan “${registered.name}” is not among what was frozen.`;
  const planned = frozenIn(plan)?.record ?? null;
  if (planned?.kind !== "plan") return null;
  const isAsPlanned = (["scope", "outcome", "method", "seed"] as const).every(
    (key) => planned[key] === registered[key],
  );
  return isAsPlanned ? null : `The plan “${plan.name}” says another scope, outcome, method or seed.`;
}
