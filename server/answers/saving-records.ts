/** What was frozen of savings, checked against its hash and against what came later. */
import type { Programme } from "#metrics/programme/programme.ts";
import { counted } from "#metrics/words.ts";
import { DAY } from "#metrics/time.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { SavingRecord } from "../ledger-contract.ts";
import type { SavingRecordRow } from "../store/saving-records.ts";
import type { Ledger } from "../store/savings.ts";
import { hashOf } from "../hash.ts";
import { sealIn, signerSubject } from "../sealing.ts";
import { standing } from "./programme.ts";

/** Shorter windows are refused; below half a year a season may be missing. */
export const LEAST_WEEKS = 12;
const IDEAL_WEEKS = 26;

export interface StoredRecord extends SavingRecordRow {
  readonly record: SavingRecord;
  readonly isIntact: boolean;
}

export function openedRecord(row: SavingRecordRow): StoredRecord {
  // oxlint-disable-next-line no-unsafe-type-assertion -- nothing but a record is ever written there, and the hash tells of other hands
  const { record } = JSON.parse(row.content) as { readonly record: SavingRecord };
  return { ...row, record, isIntact: hashOf(row.content) === row.hash };
}

/** Those that hold: neither withdrawn nor changed by other hands. */
export async function recordsInForce({ store }: Installation): Promise<readonly StoredRecord[]> {
  const rows = (await store.savingRecords()).map(openedRecord);
  return rows.filter(({ isIntact, withdrawal }) => isIntact && withdrawal === null);
}

export async function answerSavingRecords(installation: Installation): Promise<Reply<"/api/savings/records">> {
  const { store } = installation;
  const [rows, ledger, salts] = await Promise.all([store.savingRecords(), store.ledger(), store.seals()]);
  const { programme } = await standing(installation);
  return rows
    .map(openedRecord)
    .map((stored) => ({
      ...toTold(stored, programme, ledger),
      seal: sealIn(salts, signerSubject(stored.name), stored.actor),
    }))
    .toReversed();
}

function toTold(
  stored: StoredRecord,
  programme: Programme,
  ledger: Ledger,
): Omit<Reply<"/api/savings/records">[number], "seal"> {
  const { name, kind, hash, isIntact, record, content: text, actor, madeAt, withdrawal } = stored;
  return {
    name,
    kind,
    hash,
    isIntact,
    scope: record.scope,
    notes: [
      ...(isIntact
        ? []
        : ["Its content and its hash differ: somebody changed the database. Nothing is held against it."]),
      ...weaknessesOf(stored, programme, ledger),
    ],
    frozenAt: iso(madeAt),
    actor,
    text,
    withdrawal: withdrawal && { ...withdrawal, madeAt: iso(withdrawal.madeAt) },
  };
}

/** What is frozen all the same, and told beside it. */
export function weaknessesOf(
  { record, madeAt }: Pick<StoredRecord, "record" | "madeAt">,
  { interventions }: Programme,
  { transitions }: Ledger,
): readonly string[] {
  const looked = transitions.filter((one) => one.step === "measured" && one.madeAt < madeAt).length;
  const late =
    looked === 0
      ? []
      : [
          `It was frozen after ${counted(looked, "line")} of the ledger had been measured, so results may have been known.`,
        ];
  if (record.kind === "plan") return late;
  const weeks = (Date.parse(record.to) - Date.parse(record.from)) / (7 * DAY);
  const first = interventions.map(({ from }) => from).toSorted()[0];
  return [
    ...late,
    ...(weeks < IDEAL_WEEKS ? [`Its window has ${Math.floor(weeks)} weeks; 26 would hold a season of each kind.`] : []),
    ...(first !== undefined && first < record.to
      ? [`The first intervention began on ${first}, before its window ended: the time before is partly the time after.`]
      : []),
  ];
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
