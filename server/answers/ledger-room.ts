/** Of which hours the lines of the ledger take, and how many there are. */
import type { Standing } from "#metrics/programme/savings/ledger/lines.ts";
import { standingOf } from "#metrics/programme/savings/ledger/lines.ts";
import { counts } from "#metrics/programme/savings/ledger/months.ts";
import type { Asked, Cap, StaffedScope } from "#metrics/programme/savings/ledger/room.ts";
import { capacityCaps, filled, rateOn, unheld } from "#metrics/programme/savings/ledger/room.ts";
import { overfull, unheldWords } from "#metrics/programme/savings/ledger/words.ts";
import type { Installation } from "../installation.ts";
import { asOf } from "./ledger-as-of.ts";
import { standing } from "./programme.ts";
import type { StoredRecord } from "./saving-records.ts";
import { recordsInForce } from "./saving-records.ts";
import type { KnownScopes } from "./scope-sets.ts";
import { scopeSets } from "./scope-sets.ts";

export interface Room {
  readonly caps: readonly Cap[];
  readonly asked: Asked;
}

/** @param day of the assumptions that hold. */
export async function roomOf(installation: Installation, standings: readonly Standing[], day: string): Promise<Room> {
  const [records, scopes, { programme }] = await Promise.all([
    recordsInForce(installation),
    scopeSets(installation),
    standing(installation),
  ]);
  const { assumptions } = programme;
  const named = [...standings.map(({ line }) => line.scope), ...records.map(({ record }) => record.scope)];
  const staffed = staffedScopes(scopes, named);
  return {
    caps: [...bucketCaps(records), ...capacityCaps(staffed, assumptions, day)],
    asked: { month: day.slice(0, 7), rate: rateOn(assumptions, day), isWithin: scopes.isWithin },
  };
}

/** The organisation and every team, so that no line of a part of one is left out, and what is named besides. */
export function staffedScopes(scopes: KnownScopes, named: readonly string[]): readonly StaffedScope[] {
  const groups = scopes.names.filter((name) => name === "organisation" || name.startsWith("team:"));
  return [...new Set([...groups, ...named])].map((scope) => ({ scope, teams: scopes.teamsOf(scope) }));
}

/** What buckets held a month by the frozen baselines; of several of the same scope by the last. */
export function bucketCaps(records: readonly Pick<StoredRecord, "record">[]): readonly Cap[] {
  const caps = new Map<string, Cap>();
  for (const { record } of records)
    if (record.kind === "baseline")
      for (const { bucket, hours } of record.hours)
        caps.set(`${record.scope} ${bucket}`, { scope: record.scope, bucket, hours });
  return [...caps.values()];
}

/** What is wrong with how much lines take, each a sentence. */
export function roomNotes(standings: readonly Standing[], { caps, asked }: Room): readonly string[] {
  const nothing = unheldWords(unheld(standings, caps, asked));
  return [
    ...filled(standings, caps, asked).flatMap((one) => overfull(one) ?? []),
    ...(nothing === null ? [] : [nothing]),
  ];
}

/** How many lines counted on a day that are held against no hours. */
export async function unheldLines(installation: Installation, day: string): Promise<number> {
  const { lines, transitions } = asOf(await installation.store.ledger(), day);
  const standings = lines.map((line) => standingOf(line, transitions));
  const { caps, asked } = await roomOf(installation, standings, day);
  return unheld(standings, caps, asked).filter((one) => counts(one, asked.month)).length;
}
