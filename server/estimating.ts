/** Effects are estimated and plans tried in a thread, which takes seconds with many teams, while this one answers whoever asks. */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { estimateEffect } from "#metrics/programme/savings/effect/index.ts";
import type { Estimate, Options, Panel } from "#metrics/programme/savings/effect/index.ts";
import { planSavings } from "#metrics/programme/savings/effect/plan.ts";
import type { Plan, PlanOptions, Schedule } from "#metrics/programme/savings/effect/plan.ts";
import type { Evaluated, Question } from "#metrics/programme/savings/evaluate.ts";
import { evaluate } from "#metrics/programme/savings/evaluate.ts";
import type { Printed } from "#metrics/programme/savings/statement/printed.ts";
import type { StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { printed } from "#metrics/programme/savings/statement/statement.ts";
import type { TeamWeek } from "#metrics/programme/savings/effect/types.ts";
import { PackError } from "./statements/pack.ts";
import type { Verified } from "./statements/verify.ts";
import { verifyPack } from "./statements/verify.ts";

/** What is to be worked out: plain data, which a thread can be handed. */
export type Task =
  | { readonly kind: "estimate"; readonly panel: Panel; readonly options: Options }
  | {
      readonly kind: "plan";
      readonly rows: readonly TeamWeek[];
      readonly schedules: readonly Schedule[];
      readonly options: PlanOptions;
    }
  | { readonly kind: "savings"; readonly question: Question }
  | { readonly kind: "statement"; readonly rows: StatementRows }
  | { readonly kind: "pack"; readonly content: string };

export type Worked =
  | { readonly kind: "estimate"; readonly estimate: Estimate }
  | { readonly kind: "plan"; readonly plan: Plan }
  | { readonly kind: "savings"; readonly evaluated: Evaluated }
  | { readonly kind: "statement"; readonly figures: readonly Printed[] }
  | { readonly kind: "pack"; readonly checked: Checked };

/** A pack that was looked at: what it is, or what is wrong with it. */
export type Checked =
  | { readonly verified: Verified; readonly problem: null }
  | { readonly verified: null; readonly problem: { readonly line: number; readonly words: string } };

/** Built, this is `dist/server/main.js`, or a bench in a folder beside it; run from source it takes what was built last. */
const PROGRAM = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../dist/server/estimator.js" : "../server/estimator.js", import.meta.url),
);

export function worked(task: Task): Worked {
  switch (task.kind) {
    case "estimate":
      return { kind: "estimate", estimate: estimateEffect(task.panel, task.options) };
    case "plan":
      return { kind: "plan", plan: planSavings(task.rows, task.schedules, task.options) };
    case "savings":
      return { kind: "savings", evaluated: evaluate(task.question) };
    case "statement":
      return { kind: "statement", figures: printed(task.rows) };
    case "pack":
      return { kind: "pack", checked: checkedPack(task.content) };
  }
}

function checkedPack(content: string): Checked {
  try {
    return { verified: verifyPack(Buffer.from(content), null), problem: null };
  } catch (error) {
    if (error instanceof PackError) return { verified: null, problem: { line: error.line, words: error.message } };
    throw error;
  }
}

/** @throws what went wrong in the thread. */
export async function estimated(panel: Panel, options: Options): Promise<Estimate> {
  const found = await inTurn({ kind: "estimate", panel, options });
  if (found.kind !== "estimate") throw new Error("A thread worked out something else than was asked.");
  return found.estimate;
}

/** @throws what went wrong in the thread. */
export async function planned(
  rows: readonly TeamWeek[],
  schedules: readonly Schedule[],
  options: PlanOptions,
): Promise<Plan> {
  const found = await inTurn({ kind: "plan", rows, schedules, options });
  if (found.kind !== "plan") throw new Error("A thread worked out something else than was asked.");
  return found.plan;
}

/** @throws what went wrong in the thread. */
export async function evaluated(question: Question): Promise<Evaluated> {
  const found = await inTurn({ kind: "savings", question });
  if (found.kind !== "savings") throw new Error("A thread worked out something else than was asked.");
  return found.evaluated;
}

/** What a statement prints, which takes as long as what it evaluates. */
export async function printedApart(rows: StatementRows): Promise<readonly Printed[]> {
  const found = await inTurn({ kind: "statement", rows });
  if (found.kind !== "statement") throw new Error("A thread worked out something else than was asked.");
  return found.figures;
}

/** Whether a pack is what was signed and prints what its rows give. */
export async function checkedApart(content: string): Promise<Checked> {
  const found = await inTurn({ kind: "pack", content });
  if (found.kind !== "pack") throw new Error("A thread worked out something else than was asked.");
  return found.checked;
}

type Lane = "asked" | "long";

/** Plans and statements take as long as a page must not wait for, so that they wait for each other alone. */
const LANES: Readonly<Record<Task["kind"], Lane>> = {
  estimate: "asked",
  savings: "asked",
  plan: "long",
  statement: "long",
  pack: "long",
};

/** In each lane one after the other, so that those who ask at once do not take every processor. */
const last: Record<Lane, Promise<unknown>> = { asked: Promise.resolve(), long: Promise.resolve() };

async function inTurn(task: Task): Promise<Worked> {
  const lane = LANES[task.kind];
  const found = last[lane].then(async () => inThread(task));
  // Whoever comes next waits for the end, good or bad; who asked hears of it.
  last[lane] = found.catch(() => undefined);
  return found;
}

/** The same digits here and in a thread: where no program was built, it is done here. */
async function inThread(task: Task): Promise<Worked> {
  if (!existsSync(PROGRAM)) return worked(task);
  const thread = new Worker(PROGRAM, { workerData: task });
  const over = new AbortController();
  // One that ends without a word would be waited for by all who come after it.
  thread.once("exit", () => over.abort(new Error("A thread ended before it had worked out what it was asked.")));
  // An error in the thread is an `error` event, for which `once` rejects.
  try {
    // oxlint-disable-next-line no-unsafe-type-assertion -- this is what its program says
    const [found] = (await once(thread, "message", { signal: over.signal })) as [Worked];
    return found;
  } catch (error) {
    throw over.signal.aborted ? over.signal.reason : error;
  }
}
