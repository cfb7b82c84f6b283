/** Work that one process does at a time, of all that use a database. */
import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import { SECOND } from "#metrics/time.ts";
import type { Installation } from "./installation.ts";
import { StoreError } from "./store/errors.ts";
import type { Holder } from "./store/leases.ts";

const HEARTBEAT = 15 * SECOND;
/** Milliseconds between two looks whether another process is done. */
const PAUSE = 250;

export interface Held {
  readonly release: () => Promise<void>;
}

type Place = Pick<Installation, "store" | "now">;

/** Takes the lease on some work and keeps it until it is released. @returns who has it, where another process does. */
export async function holdLease({ store, now }: Place, name: string): Promise<Held | Holder> {
  const mine: Holder = { host: hostname(), pid: process.pid };
  const take = () => store.takeLease(name, mine, now(), isAlive);
  const holder = await take();
  if (holder !== null) return holder;
  const heartbeat = setInterval(() => {
    take().catch(() => undefined); // a missed beat is made good by the next one; the lease lasts four of them
  }, HEARTBEAT);
  heartbeat.unref();
  return {
    release: async () => {
      clearInterval(heartbeat);
      await store.releaseLease(name, mine).catch(ignoreStoreErrors); // the lease expires
    },
  };
}

/** Does some work when no other process does it. Processes that die lose their lease, at the latest after a minute. */
export async function alone<T>(place: Place, name: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const held = await holdLease(place, name);
    if ("pid" in held) {
      await setTimeout(PAUSE);
      continue;
    }
    try {
      return await work();
    } finally {
      await held.release();
    }
  }
}

/** A full disk must not hide why the work failed. */
export function ignoreStoreErrors(error: unknown): void {
  if (!(error instanceof StoreError)) throw error;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
