/** The command line: from what was typed to an exit code. */
import { VERSION } from "../version.ts";
import type { Arguments } from "./args.ts";
import { parseArguments } from "./args.ts";
import { backup } from "./backup.ts";
import { check } from "./check.ts";
import { digest } from "./digest.ts";
import { demo } from "./demo.ts";
import type { Effects } from "./effects.ts";
import { exportCommand } from "./export.ts";
import { failureOf, isClosedPipe } from "./failure.ts";
import { HELP } from "./help.ts";
import { importCommand } from "./import.ts";
import { init } from "./init.ts";
import { judge } from "./judge.ts";
import { move } from "./move.ts";
import { report } from "./report.ts";
import { restore } from "./restore.ts";
import { write } from "./screen.ts";
import { review } from "./review.ts";
import { start } from "./start.ts";
import { sync } from "./sync.ts";
import { token } from "./token.ts";
import { actuals } from "./actuals.ts";
import { ledger } from "./ledger.ts";
import { plan } from "./plan.ts";
import { programme } from "./programme.ts";
import { statement } from "./statement.ts";
import { user } from "./user.ts";
import { verify } from "./verify.ts";

/** @returns the exit code: 0 done, 1 failed, 2 not understood. */
export async function run(typed: readonly string[], effects: Effects): Promise<number> {
  // Who writes is told of a closed pipe; without a listener the stream would throw it at nobody.
  for (const stream of [effects.stdout, effects.stderr]) stream.on("error", () => undefined);
  try {
    return await command(parseArguments(typed), effects);
  } catch (error) {
    if (isClosedPipe(error)) return 0;
    const { message, code } = effects.signal.aborted ? STOPPED : failureOf(error);
    await write(effects.stderr, `headway: ${message}\n`).catch(() => undefined);
    return code;
  }
}

const STOPPED = { message: "stopped. What was stored stays; the next run goes on from there.", code: 1 };

async function command(args: Arguments, effects: Effects): Promise<number> {
  switch (args.command) {
    case "start":
      return start(args, effects);
    case "sync":
      return sync(args, effects);
    case "report":
      return report(args, effects);
    case "export":
      return exportCommand(args, effects);
    case "check":
      return check(args, effects);
    case "judge":
      return judge(args, effects);
    case "digest":
      return digest(args, effects);
    case "import":
      return importCommand(args, effects);
    case "demo":
      return demo(args, effects);
    case "token":
      return token(args, effects);
    case "backup":
      return backup(args, effects);
    case "restore":
      return restore(args, effects);
    case "move":
      return move(args, effects);
    case "programme":
      return programme(args, effects);
    case "review":
      return review(args, effects);
    case "ledger":
      return ledger(args, effects);
    case "actuals":
      return actuals(args, effects);
    case "statement":
      return statement(args, effects);
    case "verify":
      return verify(args, effects);
    case "plan":
      return plan(args, effects);
    case "user":
      return user(args, effects);
    case "init":
      return init(args, effects);
    case "help":
      await write(effects.stdout, HELP);
      return 0;
    case "version":
      await write(effects.stdout, `${VERSION}\n`);
      return 0;
  }
}
