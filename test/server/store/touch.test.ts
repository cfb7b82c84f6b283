import { Kysely } from "kysely";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ListName } from "#metrics/lists.ts";
import { connect } from "#server/store/connection.ts";
import { sqliteDialect } from "#server/store/dialect.ts";
import type { Schema } from "#server/store/schema.ts";
import type { KeptList, Month } from "#server/store/segments.ts";
import { keepSegments, readSegments, readTouched, touch } from "#server/store/segments.ts";
import { Store } from "#server/store/store.ts";
import { aDatabase } from "#test/support/installation.ts";

const MONTHS = Array.from({ length: 40 }, (_, index) => 600 + index);
const LISTS: readonly KeptList[] = ["delivered", "delivered/working", "merged"];

/** A database with a segment of each list for three services in forty months. */
async function aDatabaseOfSegments() {
  const path = aDatabase();
  await (await Store.open(path)).close();
  const db = new Kysely<Schema>({ dialect: sqliteDialect(async () => [await connect(path, "write")]) });
  onTestFinished(async () => db.destroy());
  const made = [1, 2, 3].flatMap((serviceId) =>
    MONTHS.map((month) => ({ serviceId, month, definition: "rules", body: Uint8Array.of(1) })),
  );
  for (const list of LISTS) await keepSegments(db, list, made, 1);
  const left = async (list: KeptList, serviceId: number) =>
    (await readSegments(db, list, [serviceId], 0, 1000)).map(({ month }) => month);
  return { db, left };
}

function touches(serviceId: number, list: ListName, months: readonly Month[]) {
  return new Map([[serviceId, new Map([[list, new Set(months)]])]]);
}

describe("what was touched", () => {
  it("is forgotten of its service, list and months, in elapsed and in working time, and nothing else is", async () => {
    const { db, left } = await aDatabaseOfSegments();

    await touch(db, touches(2, "delivered", [601, 603]), 5);

    const rest = MONTHS.filter((month) => ![601, 603].includes(month));
    expect(await left("delivered", 2)).toEqual(rest);
    expect(await left("delivered/working", 2)).toEqual(rest);
    expect(await left("merged", 2)).toEqual(MONTHS);
    expect(await left("delivered", 1)).toEqual(MONTHS);
    expect(await readTouched(db, 4)).toEqual([
      { list: "delivered", serviceId: 2, month: 601 },
      { list: "delivered", serviceId: 2, month: 603 },
    ]);
  });

  it("is forgotten wholly where it is more than two years of months", async () => {
    const { db, left } = await aDatabaseOfSegments();

    await touch(db, new Map([...touches(2, "delivered", MONTHS.slice(0, 30)), ...touches(3, "merged", [610])]), 5);

    expect(await left("delivered", 2)).toEqual([]);
    expect(await left("delivered/working", 2)).toEqual([]);
    expect(await left("merged", 2)).toEqual(MONTHS);
    expect(await left("delivered", 3)).toEqual(MONTHS);
    expect(await left("merged", 3)).toEqual(MONTHS.filter((month) => month !== 610));
    expect(await readTouched(db, 4)).toEqual([
      { list: "delivered", serviceId: 2, month: null },
      { list: "merged", serviceId: 3, month: 610 },
    ]);
  });
});
