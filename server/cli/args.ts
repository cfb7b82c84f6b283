/** What was typed, understood or refused with the nearest thing that would be understood. */
import { parseArgs } from "node:util";
import { instead } from "#config/nearest.ts";
import { UsageError } from "./usage.ts";
import { byNumber } from "#metrics/plurals.ts";

/** Each command with the options that only some commands have. */
const COMMANDS = {
  start: ["repo", "port", "host"],
  sync: ["repo"],
  report: [
    ...(["repo", "from", "to", "service", "scope", "interval", "bots", "open", "time"] as const),
    ...(["page", "format", "out", "against", "freeze", "withdraw", "by", "reason"] as const),
  ],
  export: ["repo", "from", "to", "service", "scope", "format"],
  check: ["repo", "service", "rules", "name", "workflow", "branch", "environment", "production", "tags"],
  import: ["repo", "service", "environment", "by"],
  judge: ["repo", "service", "scope", "from", "to", "recovered", "reason", "by"],
  digest: ["repo"],
  token: ["repo", "name", "scope", "expires"],
  programme: ["repo", "reason", "by"],
  review: ["repo", "minutes", "for", "kind", "by"],
  ledger: ["repo", "month"],
  actuals: ["repo", "by"],
  statement: ["repo", "month", "format", "out", "by"],
  verify: ["key"],
  plan: ["repo", "from", "to", "seed", "schedule", "freeze", "by"],
  user: ["repo", "name", "role", "teams", "password-file"],
  demo: ["port", "host", "seed", "years"],
  backup: ["repo"],
  restore: ["repo"],
  move: ["to"],
  init: [],
} as const satisfies Record<string, readonly TextOption[]>;
export type CommandName = keyof typeof COMMANDS;

const TEXT_OPTIONS = [
  ...(["config", "repo", "from", "to", "service", "interval"] as const),
  ...(["format", "out", "port", "host", "tags", "branch"] as const),
  ...(["environment", "name", "scope", "expires"] as const),
  ...(["rules", "workflow", "production", "bots", "open", "time"] as const),
  ...(["page", "against", "freeze", "withdraw", "by", "reason", "recovered"] as const),
  ...(["minutes", "for", "kind"] as const),
  ...(["seed", "years", "role", "teams", "password-file", "month", "key", "schedule"] as const),
] as const;
export type TextOption = (typeof TEXT_OPTIONS)[number];

const FLAGS = ["json", "help", "version", "privacy", "dry-run", "send", "truth", "rebase", "overwrite"] as const;
type Flag = (typeof FLAGS)[number];

export interface Arguments {
  readonly command: CommandName | "help" | "version";
  /** What stands after the command and is no option. */
  readonly operands: readonly string[];
  readonly options: Partial<Record<TextOption, string>>;
  readonly json: boolean;
  /** `check` only: what is kept of people. */
  readonly privacy: boolean;
  /** `import`, `programme`, `review` and `actuals` only: what it would do. */
  readonly dryRun: boolean;
  /** `digest` only: not only to show it. */
  readonly send: boolean;
  /** `demo` only: what is true of it. */
  readonly truth: boolean;
  /** `judge adopt` only: limits of normal variation start anew. */
  readonly rebase: boolean;
  /** `backup`, `report` and `statement` only: a file of that name may be replaced. */
  readonly overwrite: boolean;
}

/** @throws UsageError */
export function parseArguments(typed: readonly string[]): Arguments {
  const { tokens } = parseArgs({
    args: [...typed],
    options: {
      ...Object.fromEntries(TEXT_OPTIONS.map((name) => [name, { type: "string" as const }])),
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
      privacy: { type: "boolean" },
      "dry-run": { type: "boolean" },
      send: { type: "boolean" },
      truth: { type: "boolean" },
      rebase: { type: "boolean" },
      overwrite: { type: "boolean" },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const given = tokens.flatMap((token) => (token.kind === "option" ? [token] : []));
  const flags = new Set(given.map(({ name }) => name).filter(isFlag));
  if (flags.has("help") || words[0] === "help") return simple("help");
  if (flags.has("version")) return simple("version");
  const [name = "start", ...operands] = words;
  const command = commandNamed(name);
  if (flags.has("privacy") && command !== "check")
    throw new UsageError(`\`${command}\` has no option --privacy; \`check\` has.`);
  if (flags.has("dry-run") && !["import", "programme", "review", "actuals"].includes(command))
    throw new UsageError(
      `\`${command}\` has no option --dry-run; \`import\`, \`programme\`, \`review\` and \`actuals\` have.`,
    );
  if (flags.has("send") && command !== "digest")
    throw new UsageError(`\`${command}\` has no option --send; \`digest\` has.`);
  if (flags.has("truth") && command !== "demo")
    throw new UsageError(`\`${command}\` has no option --truth; \`demo\` has.`);
  if (flags.has("rebase") && command !== "judge")
    throw new UsageError(`\`${command}\` has no option --rebase; \`judge\` has.`);
  if (flags.has("overwrite") && command !== "statement" && command !== "backup" && command !== "report")
    throw new UsageError(`\`${command}\` has no option --overwrite; \`backup\` and \`report\` have.`);
  const options: Partial<Record<TextOption, string>> = {};
  for (const { name: option, rawName, value, inlineValue } of given) {
    if (isFlag(option)) refuseValue(rawName, value);
    else options[optionOf(command, option, rawName)] = textOf(rawName, value, inlineValue === true);
  }
  return {
    command,
    operands,
    options,
    json: flags.has("json"),
    privacy: flags.has("privacy"),
    dryRun: flags.has("dry-run"),
    send: flags.has("send"),
    truth: flags.has("truth"),
    rebase: flags.has("rebase"),
    overwrite: flags.has("overwrite"),
  };
}

function simple(command: "help" | "version"): Arguments {
  const flags = {
    json: false,
    privacy: false,
    dryRun: false,
    send: false,
    truth: false,
    rebase: false,
    overwrite: false,
  };
  return { command, operands: [], options: {}, ...flags };
}

function commandNamed(name: string): CommandName {
  if (isCommand(name)) return name;
  throw new UsageError(`There is no command "${name}". ${instead(name, Object.keys(COMMANDS))}`);
}

function optionOf(command: CommandName, option: string, typed: string): TextOption {
  const known: readonly TextOption[] = ["config", ...COMMANDS[command]];
  const found = known.find((name) => name === option);
  if (found !== undefined) return found;
  const others = Object.entries(COMMANDS).filter(([, names]) => names.some((name) => name === option));
  if (others.length > 0) {
    throw new UsageError(
      `\`${command}\` has no option ${typed}; ${others.map(([name]) => `\`${name}\``).join(", ")} ${byNumber(others.length, "has", "have")}.`,
    );
  }
  throw new UsageError(
    `There is no option ${typed}. ${instead(
      typed,
      [...known, ...FLAGS].map((name) => `--${name}`),
    )}`,
  );
}

/** An option's value that looks like the next option was forgotten. */
function textOf(typed: string, value: string | undefined, inline: boolean): string {
  if (value !== undefined && value !== "" && (inline || !value.startsWith("-"))) return value;
  throw new UsageError(`${typed} needs a value: ${typed} VALUE, or ${typed}=VALUE where the value begins with a dash.`);
}

function refuseValue(typed: string, value: string | undefined): void {
  if (value !== undefined) throw new UsageError(`${typed} takes no value: write ${typed} alone.`);
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

function isFlag(name: string): name is Flag {
  return FLAGS.some((flag) => flag === name);
}
