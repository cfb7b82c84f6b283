/** `headway judge`: what people decide about the numbers, at the command line, by the rules of the API. */
import type { z } from "zod";
import { instead } from "#config/nearest.ts";
import { commands } from "../contract.ts";
import type { Body, CommandReply, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { answerJudgements, judging } from "../judging.ts";
import type { Arguments } from "./args.ts";
import type { Effects } from "./effects.ts";
import { prepare, withInstallation } from "./installed.ts";
import type { Screen } from "./screen.ts";
import { createScreen, wrap } from "./screen.ts";
import { UsageError } from "./usage.ts";

const VERBS = ["exclude", "failed", "not-failed", "annotate", "adopt", "put-back", "list"] as const;
const EXCLUDED = ["change", "deployment", "label", "days"] as const;

type Told = Reply<"/api/judgements">[number];
type Work = (installation: Installation) => Promise<readonly Told[]>;

/** `headway judge VERB …` */
export async function judge(args: Arguments, effects: Effects): Promise<number> {
  const work = askedWork(args);
  return withInstallation(args, effects, async (installation) => {
    if (!(await prepare(installation, effects))) return 1;
    const told = await work(installation);
    const screen = createScreen(effects.stdout, effects.env);
    const isList = args.operands[0] === "list";
    await screen.print(args.json ? JSON.stringify(isList ? told : told[0], null, 2) : text(told, screen));
    return 0;
  });
}

/** @throws UsageError when it is not clear what to do. */
function askedWork(args: Arguments): Work {
  const [verb, ...rest] = args.operands;
  const found = VERBS.find((one) => one === verb);
  if (verb === undefined) throw new UsageError(`Say what to do: headway judge ${VERBS.join(", ")}.`);
  if (found === undefined) throw new UsageError(`\`headway judge\` cannot "${verb}". ${instead(verb, VERBS)}`);
  if (args.rebase && found !== "adopt")
    throw new UsageError(`\`headway judge ${found}\` has no option --rebase; \`headway judge adopt\` has.`);
  switch (found) {
    case "list":
      only(rest, 0, "headway judge list");
      return async (installation) => answerJudgements(installation);
    case "put-back": {
      const [id] = only(rest, 1, "headway judge put-back NUMBER, as `headway judge list` numbers them");
      const body = parsed(commands["/api/judgements/reverse"].body, { id: Number(id), ...signed(args) });
      return async (installation) => [await judging(installation)["/api/judgements/reverse"](body, NEVER)];
    }
    default: {
      const body = parsed(commands["/api/judgements/add"].body, decision(found, rest, args));
      return async (installation) => [await added(installation, body)];
    }
  }
}

/** Nothing here waits for a host. */
const NEVER = new AbortController().signal;

async function added(
  installation: Installation,
  body: Body<"/api/judgements/add">,
): Promise<CommandReply<"/api/judgements/add">> {
  return judging(installation)["/api/judgements/add"](body, NEVER);
}

type Deciding = Exclude<(typeof VERBS)[number], "list" | "put-back">;

/** The body that the API takes; what is missing in it is said by its schema. */
function decision(verb: Deciding, operands: readonly string[], args: Arguments): object {
  const { service, scope, from, to, recovered } = args.options;
  const about = { service, scope, from, to, ...signed(args) };
  switch (verb) {
    case "exclude":
      return { ...excluded(operands), ...about };
    case "failed":
    case "not-failed": {
      const [id] = only(operands, 1, `headway judge ${verb} DEPLOYMENT --service S`);
      return { kind: verb, id, ...about, recoveredAt: recovered };
    }
    case "annotate": {
      const [title] = only(operands, 1, 'headway judge annotate "Holiday freeze" --from DAY');
      return { kind: "note", title, ...about };
    }
    case "adopt": {
      const [title] = only(operands, 1, 'headway judge adopt "Trunk-based development" --from DAY');
      return { kind: "adoption", title, ...about, rebases: args.rebase };
    }
  }
}

function excluded([what, ...rest]: readonly string[]): object {
  const kind = EXCLUDED.find((one) => one === what);
  if (what === undefined) throw new UsageError(`Say what to exclude: headway judge exclude ${EXCLUDED.join(", ")}.`);
  if (kind === undefined)
    throw new UsageError(`\`headway judge exclude\` knows no "${what}". ${instead(what, EXCLUDED)}`);
  if (kind === "days") {
    only(rest, 0, "headway judge exclude days --from DAY --to DAY");
    return { kind };
  }
  const [thing] = only(rest, 1, `headway judge exclude ${kind} ${kind === "label" ? "LABEL" : "ID --service S"}`);
  return kind === "label" ? { kind, label: thing } : { kind, id: thing };
}

function signed({ options: { reason, by } }: Arguments): { reason: string | undefined; actor: string | undefined } {
  return { reason, actor: by };
}

function only(operands: readonly string[], count: number, form: string): readonly string[] {
  if (operands.length === count) return operands;
  throw new UsageError(`Write it like this: ${form}`);
}

/** @throws UsageError that says what is missing or too much. */
function parsed<T>(schema: z.ZodType<T>, typed: object): T {
  const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined));
  const found = schema.safeParse(given);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  if (unknown !== undefined) throw new UsageError(`--${optionOf(unknown)} means nothing here: leave it out.`);
  const option = optionOf(String(issue?.path[0] ?? ""));
  throw new UsageError(
    option in given || option in OPERANDS
      ? `${OPERANDS[option] ?? `--${option}`}: ${issue?.message ?? "this is not understood"}`
      : (MISSING[option] ?? `--${option}: ${issue?.message ?? "this is not understood"}`),
  );
}

function optionOf(field: string): string {
  return { actor: "by", recoveredAt: "recovered" }[field] ?? field;
}

/** Fields that are no options. */
const OPERANDS: Readonly<Record<string, string>> = { id: "The id", label: "The label", title: "The name" };
const MISSING: Readonly<Record<string, string>> = {
  by: "Whoever decides signs it: add --by NAME.",
  reason: 'Say why, since whoever reads the number will ask: --reason "a load test".',
  service: "Name the service: --service S.",
  from: "Say the first day: --from 2026-11-28.",
};

function text(told: readonly Told[], { width }: Screen): string {
  if (told.length === 0) return "Nobody has decided anything yet.";
  return told.map((one) => wrap(line(one), width)).join("\n");
}

/** "3  2026-11-28  The change 4 of shop counts in no number. A load test (Ada)." */
function line({ id, madeAt, words, reason, actor, reversal }: Told): string {
  const back =
    reversal === null
      ? ""
      : ` Put back on ${reversal.madeAt.slice(0, 10)}: ${sentence(reversal.reason)} (${reversal.actor}).`;
  return `${id}  ${madeAt.slice(0, 10)}  ${words} ${sentence(reason)} (${actor}).${back}`;
}

function sentence(reason: string): string {
  return reason.replace(/[.!]$/, "");
}
