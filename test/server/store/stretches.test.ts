import { Kysely } from "kysely";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { ListName } from "#metrics/lists.ts";
import { connect } from "#server/store/connection.ts";
import { sqliteDialect } from "#server/store/dialect.ts";
import type { Schema } from "#server/store/schema.ts";
import type { KeptList, Month } from "#server/store/segments.ts";
import { touch } from "#server/store/segments.ts";
import { Store } from "#server/store/store.ts";
import type { Strand, Year } from "#server/store/stretches.ts";
import { keepStretches, monthsOf, readStretches, yearOf } from "#server/store/stretches.ts";
import { aDatabase, aStore } from "#test/support/installation.ts";

const YEARS = [2023, 2024, 2025, 2026];
const [JANUARY_2024 = 0] = monthsOf(2024);

function strand(list: KeptList, metric = "lead-time-change"): Strand {
  return { list, metric };
}

function aStretch(serviceId: number, year: Year, bytes: readonly number[] = [1]) {
  return { serviceId, year, definition: "rules", body: Uint8Array.from(bytes) };
}

const made = [1, 2].flatMap((serviceId) => YEARS.map((year) => aStretch(serviceId, year)));
const STRANDS = [strand("delivered"), strand("delivered", "lead-time-merge"), strand("delivered/working")];

/** A database with four years of each strand of two services. */
async function aDatabaseOfYears() {
  const path = aDatabase();
  await (await Store.open(path)).close();
  const db = new Kysely<Schema>({ dialect: sqliteDialect(async () => [await connect(path, "write")]) });
  onTestFinished(async () => db.destroy());
  for (const each of [...STRANDS, strand("merged")]) await keepStretches(db, each, made, 1);
  const left = async (each: Strand, serviceId: number) =>
    (await readStretches(db, each, [serviceId], 0, 3000)).map(({ year }) => year);
  const touched = async (list: ListName, months: readonly Month[], version = 5) =>
    touch(db, new Map([[2, new Map([[list, new Set(months)]])]]), version);
  return { db, left, touched };
}

describe("a year of what a metric observes", () => {
  it("has its twelve months", () => {
    expect(YEARS.flatMap(monthsOf).map(yearOf)).toEqual(YEARS.flatMap((year) => monthsOf(year).map(() => year)));
    expect(new Date(Date.UTC(1970, JANUARY_2024)).toISOString()).toBe("2024-01-01T00:00:00.000Z");
  });

  it("comes back byte by byte with those of other years and services, and no other metric's", async () => {
    const store = await aStore(aDatabase());
    const bodies = [[0], [], [...Array(256).keys()], [0xff, 0, 0xc3]];
    const years = bodies.map((bytes, index) => aStretch(1, 2023 + index, bytes));

    store.keepStretches(strand("delivered"), [...years, aStretch(2, 2024)], 1);
    store.keepStretches(strand("delivered", "lead-time-merge"), [aStretch(1, 2024, [7])], 1);
    const read = async () => store.stretches(strand("delivered"), [1], 2023, 2030);
    await vi.waitFor(async () => expect(await read()).toHaveLength(years.length));

    const plain = (all: Awaited<ReturnType<typeof read>>) =>
      all.map(({ body, ...one }) => ({ ...one, body: [...body] }));
    expect(plain(await read())).toEqual(plain(years));
    expect(await store.stretches(strand("delivered"), [1], 2027, 2030)).toEqual([]);
  });

  it("is forgotten where a month of it was touched, of all metrics of the list, in elapsed and in working time", async () => {
    const { left, touched } = await aDatabaseOfYears();

    await touched("delivered", [JANUARY_2024, JANUARY_2024 + 23]);

    for (const each of STRANDS) expect(await left(each, 2)).toEqual([2023, 2026]);
    for (const each of STRANDS) expect(await left(each, 1)).toEqual(YEARS);
    expect(await left(strand("merged"), 2)).toEqual(YEARS);
  });

  it("is forgotten wholly where more than two years of months were touched", async () => {
    const { left, touched } = await aDatabaseOfYears();

    await touched("delivered", [2023, 2024, 2025].flatMap(monthsOf));

    expect(await left(strand("delivered"), 2)).toEqual([]);
    expect(await left(strand("delivered"), 1)).toEqual(YEARS);
  });

  it("is not kept where a month of it was touched since it was made", async () => {
    const { db, left, touched } = await aDatabaseOfYears();
    await touched("delivered", [JANUARY_2024 - 1, JANUARY_2024 + 12], 5);

    await keepStretches(db, strand("delivered"), made, 4);
    expect(await left(strand("delivered"), 2)).toEqual([2024, 2026]);

    await keepStretches(db, strand("delivered"), made, 5);
    expect(await left(strand("delivered"), 2)).toEqual(YEARS);
  });
});
