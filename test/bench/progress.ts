/**
 * What the first reader of Progress, of the gate and of Leadership would wait for after facts changed: `npm run bench -- progress` lives a demo organisation and answers in a memory that knows nothing yet.
 * Told are seconds of processor time, all threads together, and the longest piece in which nobody else was let in, by the same clock: passed time would tell of the machine.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoConfig } from "#config/demo.ts";
import { parseConfig } from "#config/parse.ts";
import { answerGate } from "#server/answers/gate.ts";
import { answerLeadership } from "#server/answers/leadership.ts";
import { Memory } from "#server/answers/memory.ts";
import { answerProgress } from "#server/answers/progress.ts";
import { knownWeeks } from "#server/answers/team-weeks.ts";
import { contract } from "#server/contract.ts";
import { declareDemo } from "#server/demo/declaring.ts";
import { closeInstallation, openInstallation } from "#server/installation.ts";
import { syncAll } from "#server/sync.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "headway-bench-"));
const config = parseConfig(demoConfig({ seed: 1, since: "2023-11-27", years: 3 }), join(folder, "headway.yaml"), {});
const installation = await openInstallation(config, { env: {}, now: () => NOW });
try {
  await syncAll(installation, { signal: new AbortController().signal });
  await declareDemo(installation);
  const memory = new Memory(installation.store);
  const asked = contract["/api/leadership"].query.parse({});
  console.table([
    await costOf("/api/progress, first", async () => answerProgress(installation, {}, memory)),
    await costOf("/api/progress, again", async () => answerProgress(installation, {}, memory)),
    await costOf("weeks of teams, first", async () => knownWeeks(installation)),
    await costOf("/api/gate, first after these", async () => answerGate(installation, {}, memory)),
    await costOf("/api/gate, again", async () => answerGate(installation, {}, memory)),
    await costOf("/api/leadership, first after these", async () => answerLeadership(installation, asked, memory)),
    await costOf("/api/leadership, again", async () => answerLeadership(installation, asked, memory)),
  ]);
} finally {
  await closeInstallation(installation);
  rmSync(folder, { recursive: true, force: true });
}

async function costOf(what: string, work: () => Promise<unknown>) {
  global.gc?.();
  const state = { isOver: false, longest: 0, last: spent() };
  const before = state.last;
  const look = (): void => {
    const now = spent();
    state.longest = Math.max(state.longest, now - state.last);
    state.last = now;
    if (!state.isOver) setImmediate(look);
  };
  setImmediate(look);
  await work();
  state.isOver = true;
  const now = spent();
  state.longest = Math.max(state.longest, now - state.last);
  const seconds = (now - before) / 1000;
  return { what, seconds: seconds.toFixed(2), "longest piece, ms": state.longest.toFixed(0) };
}

/** Milliseconds of processor time of this process. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
