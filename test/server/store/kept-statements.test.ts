import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Connection } from "#server/store/connection.ts";
import { connect } from "#server/store/connection.ts";
import { aDatabase } from "#test/support/installation.ts";

async function aConnection(): Promise<Connection> {
  const path = aDatabase();
  mkdirSync(dirname(path), { recursive: true });
  const connection = await connect(path, "write");
  onTestFinished(async () => connection.close());
  await connection.all("create table thing (id integer primary key, name text not null)");
  return connection;
}

describe("statements that are kept as they were prepared", () => {
  it("answer anew each time they are asked", async () => {
    const connection = await aConnection();
    const add = "insert into thing (id, name) values (?, ?)";
    const find = "select name from thing where id = ?";

    const first = await connection.run(add, [1, "one"]);
    const second = await connection.run(add, [2, "two"]);

    expect([first, second]).toEqual([{ changes: 1 }, { changes: 1 }]);
    expect(await connection.all(find, [1])).toEqual([{ name: "one" }]);
    expect(await connection.all(find, [2])).toEqual([{ name: "two" }]);
    expect(await connection.all(find, [3])).toEqual([]);
  });

  it("know the table as it is after it has changed", async () => {
    const connection = await aConnection();
    await connection.run("insert into thing (id, name) values (?, ?)", [1, "one"]);
    const all = "select * from thing";
    await connection.all(all);

    await connection.all("alter table thing add column colour text");

    expect(await connection.all(all)).toEqual([{ id: 1, name: "one", colour: null }]);
  });

  it("are tried again after they failed, in the statement or before", async () => {
    const connection = await aConnection();
    const add = "insert into thing (id, name) values (?, ?)";
    const find = "select * from other";
    await connection.run(add, [1, "one"]);

    await expect(connection.run(add, [1, "again"])).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT" });
    await expect(connection.all(find)).rejects.toThrow("no such table: other");
    await connection.all("create table other (id integer primary key)");

    expect(await connection.run(add, [2, "two"])).toEqual({ changes: 1 });
    expect(await connection.all(find)).toEqual([]);
  });

  it("may be more than are kept, asked at the same time", async () => {
    const connection = await aConnection();
    const numbers = Array.from({ length: 300 }, (_, index) => index);

    const found = await Promise.all(
      numbers.map(async (number) => connection.all(`select ${number} as n, ? as m`, [number])),
    );

    expect(found).toEqual(numbers.map((number) => [{ n: number, m: number }]));
  });

  it("leave transactions to be ended by a failure", async () => {
    const connection = await aConnection();
    const add = "insert into thing (id, name) values (?, ?)";
    await connection.all("begin immediate");
    await connection.run(add, [1, "one"]);
    await expect(connection.run(add, [1, "again"])).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT" });
    await connection.all("rollback");

    await connection.all("begin immediate");
    await connection.run(add, [1, "other"]);
    await connection.all("commit");

    expect(await connection.all("select name from thing")).toEqual([{ name: "other" }]);
  });
});
