import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { MINUTE } from "#metrics/time.ts";
import { alone, holdLease } from "#server/work-leases.ts";
import { at } from "#test/support/fake-host.ts";
import { aStore } from "#test/support/installation.ts";

const noon = at("2026-03-02T12:00");
const elsewhere = { host: "there", pid: 1 };
const alive = () => true;

describe("work that one process does at a time", () => {
  it("waits while another does it, and is done when that one has ended", async () => {
    const store = await aStore();
    await store.takeLease("derive", elsewhere, noon, alive);
    const done: string[] = [];

    const mine = alone({ store, now: () => noon }, "derive", async () => done.push("mine"));
    await setTimeout(300);
    expect(done).toEqual([]);
    await store.releaseLease("derive", elsewhere);
    await mine;

    expect(done).toEqual(["mine"]);
  });

  it("is taken over from a process that died without a word, at once on this machine and after a minute from another", async () => {
    const store = await aStore();
    const { pid } = spawnSync("true");
    await store.takeLease("derive", { host: hostname(), pid }, noon, alive);
    await store.takeLease("digests", elsewhere, noon, alive);

    expect(await alone({ store, now: () => noon }, "derive", async () => "mine")).toBe("mine");
    expect(await holdLease({ store, now: () => noon }, "digests")).toEqual(elsewhere);
    expect(await alone({ store, now: () => noon + MINUTE }, "digests", async () => "mine")).toBe("mine");
  });

  it("is free again when it failed", async () => {
    const store = await aStore();
    const place = { store, now: () => noon };
    const failing = alone(place, "derive", async () => Promise.reject(new Error("It broke.")));

    await expect(failing).rejects.toThrow("It broke.");

    expect(await store.takeLease("derive", elsewhere, noon, alive)).toBeNull();
  });
});
