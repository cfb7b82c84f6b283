/** `headway statement`: issues the statement of a month that is over, or hands out the one that was issued. */
import { resolve } from "node:path";
import { writeFile } from "node:fs/promises";
import { dateOf } from "#metrics/calendar.ts";
import { monthNumber, monthOf } from "#metrics/programme/months.ts";
import { Refused } from "../answers/problem.ts";
import type { Installation } from "../installation.ts";
import { fileOf } from "../statements/files.ts";
import type { StatementForm } from "../statements/forms.ts";
import { STATEMENT_FORMS } from "../statements/forms.ts";
import { issueStatement } from "../statements/issue.ts";
import { fingerprint } from "../statements/signing.ts";
import { verifyPack } from "../statements/verify.ts";
import type { StoredStatement } from "../store/statements.ts";
import { StoreError } from "../store/errors.ts";
import type { Arguments } from "./args.ts";
import { oneOf, refuseOperands, TERMINAL } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { withInstallation } from "./installed.ts";
import { askedMonth } from "./ledger.ts";
import { createScreen } from "./screen.ts";
import { UsageError } from "./usage.ts";

export async function statement(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  const { out, by = TERMINAL } = args.options;
  const form: StatementForm = oneOf("format", args.options.format ?? "pack", STATEMENT_FORMS);
  const asked = askedMonth(args);
  if (form === "xlsx" && out === undefined)
    throw new UsageError("A workbook is no text: say where to write it with --out FILE.xlsx");
  return withInstallation(args, effects, async (installation) => {
    const { config, now } = installation;
    const month = asked ?? monthOf(monthNumber(dateOf(now(), config.timezone).slice(0, 7)) - 1);
    const { issued, isNew } = await issuedOf(installation, month, by);
    const verified = verifyPack(Buffer.from(issued.content), null);
    const { body, encoding } = await fileOf(issued, verified, form);
    const [screen, aside] = [createScreen(effects.stdout, effects.env), createScreen(effects.stderr, effects.env)];
    if (out === undefined) await screen.print(body.replace(/\n$/, ""));
    else await write(resolve(effects.cwd, out), Buffer.from(body, encoding), args.overwrite);
    const { key } = verified.head;
    await aside.print(
      `headway: the statement of ${month} ${isNew ? "was issued now" : "had been issued"} by ${issued.actor}${isNew && args.options.by === undefined ? " (say who does with --by NAME)" : ""}${out === undefined ? "" : `, and is in ${out}`}: ${verified.figures.length} figures of ${verified.count} rows, hash ${issued.hash}.
headway: it is signed with the key ${key} (${fingerprint(key)}). Give that key, not this file's, to whoever checks statements.`,
    );
    return 0;
  });
}

async function issuedOf(
  installation: Installation,
  month: string,
  actor: string,
): Promise<{ readonly issued: StoredStatement; readonly isNew: boolean }> {
  const found = (await installation.store.statements()).find((one) => one.month === month);
  if (found !== undefined) return { issued: found, isNew: false };
  const issued = await issueStatement(installation, month, actor).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    throw new StoreError("locked", error.message, error);
  });
  return { issued, isNew: true };
}

async function write(path: string, bytes: Buffer, mayReplace: boolean): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: mayReplace ? "w" : "wx" });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EEXIST")
      throw new StoreError("exists", `${path} is there already. Name another file, or say --overwrite.`, error);
    throw new StoreError(
      "read-only",
      `${path} cannot be written (${code}). Name a file that this user may write.`,
      error,
    );
  }
}
