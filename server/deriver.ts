/** A thread that reads, derives and compares, and writes nothing: a program of its own, which `derivers.ts` starts. */
import { parentPort, workerData } from "node:worker_threads";
import type { Answer, Question, Start } from "./derivers.ts";
import { derivedWhole } from "./deriving.ts";
import type { Rewrite } from "./store/facts.ts";
import { Reading } from "./store/reading.ts";

// oxlint-disable-next-line no-unsafe-type-assertion -- this is what it is started with
const { path } = workerData as Start;
const reading = new Reading(path);
/** One after the other, so that one long history at a time is held. */
let last: Promise<void> = Promise.resolve();
/** What still waits is not asked for any more. */
let isEnding = false;

parentPort?.on("message", (question: Question) => {
  if (question === "end") isEnding = true;
  last = question === "end" ? last.then(end) : last.then(async () => answer(question));
});

async function answer({ number, group }: Exclude<Question, "end">): Promise<void> {
  if (isEnding) return;
  const rewrites: Rewrite[] = [];
  try {
    for await (const derived of derivedWhole(reading, group)) {
      const rewrite = await reading.rewrite(derived);
      if (rewrite !== null) rewrites.push(rewrite);
    }
    tell({ number, rewrites });
  } catch (error) {
    tell({ number, error: { message: String(error), code: codeOf(error) } });
  }
}

function tell(told: Answer): void {
  parentPort?.postMessage(told);
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

/** Nothing is left open that the driver would miss, so that the thread ends by itself. */
async function end(): Promise<void> {
  await reading.close();
  parentPort?.close();
}
