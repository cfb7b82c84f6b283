import { describe, expect, it } from "vitest";
import { MINUTE } from "#metrics/time.ts";
import { at } from "#test/support/fake-host.ts";
import { aDatabase, aStore } from "#test/support/installation.ts";

const noon = at("2026-03-02T12:00");
const mine = { host: "here", pid: 1 };
const other = { host: "here", pid: 2 };
const elsewhere = { host: "there", pid: 3 };
const alive = () => true;
const dead = () => false;

describe("a lease", () => {
  it("is ours when nobody has it, and others are told so", async () => {
    const store = await aStore();

    expect(await store.takeLease("sync", mine, noon, alive)).toBeNull();
    expect(await store.takeLease("sync", other, noon, alive)).toEqual(mine);
    expect(await store.takeLease("sync", elsewhere, noon, alive)).toEqual(mine);
  });

  it("is for one thing: another thing is free", async () => {
    const store = await aStore();
    await store.takeLease("sync a", mine, noon, alive);

    expect(await store.takeLease("sync b", other, noon, alive)).toBeNull();
  });

  it("lasts as long as it is renewed", async () => {
    const store = await aStore();
    await store.takeLease("sync", mine, noon, alive);

    expect(await store.takeLease("sync", mine, noon + 0.9 * MINUTE, alive)).toBeNull();
    expect(await store.takeLease("sync", other, noon + 1.8 * MINUTE, alive)).toEqual(mine);
    expect(await store.takeLease("sync", other, noon + 1.9 * MINUTE, alive)).toBeNull();
  });

  it("of a dead process on this machine is taken over at once", async () => {
    const store = await aStore();
    await store.takeLease("sync", mine, noon, alive);

    expect(await store.takeLease("sync", other, noon, dead)).toBeNull();
  });

  it("of another machine is not taken over because a process of that number is dead here", async () => {
    const store = await aStore();
    await store.takeLease("sync", elsewhere, noon, alive);

    expect(await store.takeLease("sync", mine, noon, dead)).toEqual(elsewhere);
    expect(await store.takeLease("sync", mine, noon + MINUTE, dead)).toBeNull();
  });

  it("is free once it is released, and only its holder can do that", async () => {
    const store = await aStore();
    await store.takeLease("sync", mine, noon, alive);

    await store.releaseLease("sync", other);
    expect(await store.takeLease("sync", other, noon, alive)).toEqual(mine);
    await store.releaseLease("sync", mine);
    expect(await store.takeLease("sync", other, noon, alive)).toBeNull();
  });

  it("goes to exactly one of two that ask at the same time", async () => {
    const database = aDatabase();
    const stores = [await aStore(database), await aStore(database)];

    const answers = await Promise.all(
      stores.map(async (store, pid) => store.takeLease("sync", { host: "here", pid }, noon, alive)),
    );

    expect(answers.filter((holder) => holder === null)).toHaveLength(1);
  });
});
