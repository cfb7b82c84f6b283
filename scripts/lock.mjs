import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Longer than the slowest build; ends the wait for a process that merely has a dead owner's id. */
const GIVE_UP_AFTER = 20 * 60_000;

/**
 * Runs `work` while no other process holds `file`. A lock whose owner died is taken over. What it makes is code, which whoever runs Headway
 * reads as another user, however little others may read of what its maker else makes.
 */
export async function alone(file, work) {
  const before = process.umask(0o022);
  try {
    return await inTurn(file, work);
  } finally {
    process.umask(before);
  }
}

async function inTurn(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  while (!take(file)) {
    if (abandoned(file)) rmSync(file, { force: true });
    else await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function abandoned(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > GIVE_UP_AFTER) return true;
    process.kill(Number(readFileSync(file, "utf8")), 0);
    return false;
  } catch (error) {
    // ENOENT: released a moment ago. EPERM: alive, and somebody else's.
    return error.code === "ESRCH";
  }
}
