/** Freezing a window and withdrawing it, at the command line. */
import type { z } from "zod";
import { FIVE } from "#metrics/baselines/leadership.ts";
import { measureWords } from "#metrics/baselines/words.ts";
import { metrics } from "#metrics/index.ts";
import { inTime } from "#metrics/lens.ts";
import { answerBaseline, freezeWindow, withdraw } from "../baselines.ts";
import type { Reply } from "../contract.ts";
import { commands } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { Arguments } from "./args.ts";
import { askedBaseline, askedLens, askedWindow } from "./asked.ts";
import { dates } from "../report/dates.ts";
import { quoted } from "./report-text.ts";
import type { Screen } from "./screen.ts";
import { wrap } from "./screen.ts";
import { UsageError } from "./usage.ts";

type Whole = Reply<"/api/baseline">;

/**
 * @param again the options that chose what to look at.
 * @throws UsageError when something is missing or contradicts something else.
 */
export function freezeOrWithdraw(
  args: Arguments,
  again: string,
): (installation: Installation, screen: Screen) => Promise<string> {
  const { by, reason, against, page, interval } = args.options;
  const [freeze, taken] = [askedBaseline("freeze", args), askedBaseline("withdraw", args)];
  if (freeze !== undefined && taken !== undefined)
    throw new UsageError("--freeze and --withdraw exclude each other. Withdraw first, then freeze under another name.");
  if (against !== undefined || page !== undefined || interval !== undefined)
    throw new UsageError(
      "--freeze and --withdraw print no numbers of today: leave --against, --page and --interval out.",
    );
  if (freeze === undefined) {
    const body = parsed(commands["/api/baselines/withdraw"].body, { name: taken, reason, actor: by });
    return async (installation, screen) => {
      const told = await withdraw(installation, body);
      if (args.json) return JSON.stringify(told, null, 2);
      return wrap(
        `Withdrawn: the baseline “${told.name}”. It stays readable, and nothing is compared with it any more.`,
        screen.width,
      );
    };
  }
  const body = parsed(commands["/api/baselines/freeze"].body, {
    name: freeze,
    reason,
    actor: by,
    ...askedWindow(args),
    ...askedLens(args),
  });
  return async (installation, screen) => {
    await freezeWindow(installation, body);
    const whole = await answerBaseline(installation, { name: freeze });
    return args.json ? JSON.stringify(whole, null, 2) : frozenText(whole, again, screen);
  };
}

/** @throws UsageError that says what is missing. */
function parsed<T>(schema: z.ZodType<T>, typed: object): T {
  const found = schema.safeParse(typed);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  const field = String(issue?.path[0] ?? "");
  const option = field === "actor" ? "by" : field;
  throw new UsageError(OPTIONS[option] ?? `--${option}: ${issue?.message ?? "this is not understood."}`);
}

const OPTIONS: Readonly<Record<string, string>> = {
  by: "Whoever freezes or withdraws a baseline signs it: add --by NAME.",
  reason: 'Say why, in three letters at least: --reason "the wrong weeks".',
};

/** What was frozen, and how to go on. */
function frozenText(whole: Whole, again: string, screen: Screen): string {
  const { name, scope, service, window, zone, signer, hash, notes } = whole;
  const whose = service === null ? scope : `${service} (${scope})`;
  const five = FIVE.flat().flatMap((id) => lineOf(whole, id));
  const group = scope === "organisation" ? "" : ` --scope ${quoted(scope)}`;
  const one = service === null || scope === `service:${service}` ? "" : ` --service ${quoted(service)}`;
  const next = `${again}${group}${one}`;
  return [
    screen.paint(
      "strong",
      wrap(`Frozen: the baseline “${name}” of ${whose}, ${dates(window.from, window.to, zone)}.`, screen.width),
    ),
    wrap(`Signed by ${signer}, who is not verified. SHA-256 ${hash}. It never changes.`, screen.width),
    five.map((line) => wrap(line, screen.width, "  ")).join("\n"),
    notes.map((note) => wrap(note, screen.width, "  ")).join("\n"),
    screen.paint(
      "quiet",
      `The one page:     headway report --page leadership${next}\nAll numbers:      headway report --against ${quoted(name)}${next}`,
    ),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function lineOf({ metrics: frozen, lens }: Whole, id: string): string[] {
  const [plain, found] = [metrics.find((metric) => metric.id === id), frozen.find(({ metric }) => metric === id)];
  if (plain === undefined || found === undefined) return [];
  return [`${found.title}: ${measureWords(inTime(plain, lens), found.measure)}`];
}
