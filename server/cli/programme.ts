/** `headway programme`: what the company declares, as one file that can be read, edited and taken back. */
import { basename, resolve } from "node:path";
import { ConfigError } from "#config/errors.ts";
import { instead } from "#config/nearest.ts";
import { counted } from "#metrics/words.ts";
import { answerProgrammeFile, standing, surroundings } from "../answers/programme.ts";
import { Refused } from "../answers/problem.ts";
import type { CommandReply } from "../contract.ts";
import { importProgramme } from "../planning.ts";
import { shownPlace } from "../store/place.ts";
import type { Arguments } from "./args.ts";
import { TERMINAL } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { withInstallation } from "./installed.ts";
import { createScreen } from "./screen.ts";
import { readText } from "./text-file.ts";
import { UsageError } from "./usage.ts";

const VERBS = ["export", "import"] as const;

/** `headway programme export`, `headway programme import FILE` */
export async function programme(args: Arguments, effects: Effects): Promise<number> {
  const [verb, file, extra] = args.operands;
  const found = VERBS.find((one) => one === verb);
  if (verb === undefined) throw new UsageError(`Say what to do: headway programme ${VERBS.join(", ")}.`);
  if (found === undefined) throw new UsageError(`\`headway programme\` cannot "${verb}". ${instead(verb, VERBS)}`);
  if (found === "export" && file !== undefined)
    throw new UsageError(`It is written to where you send it: headway programme export > ${file}`);
  if (found === "import" && (file === undefined || extra !== undefined))
    throw new UsageError("Name one file: headway programme import FILE --dry-run");
  return file === undefined ? writeOut(args, effects) : takeIn(file, args, effects);
}

async function writeOut(args: Arguments, effects: Effects): Promise<number> {
  return withInstallation(args, effects, async (installation, config) => {
    const { text } = await answerProgrammeFile(installation);
    // An empty file looks like a programme that is gone, where it is only another database.
    if ((await standing(installation)).version === null)
      await createScreen(effects.stderr, effects.env).print(
        `headway: nothing is declared in ${shownPlace(config.database)}. Name the configuration of the programme that you mean with --config FILE.`,
      );
    await createScreen(effects.stdout, effects.env).print(args.json ? JSON.stringify({ text }) : text.trimEnd());
    return 0;
  });
}

async function takeIn(file: string, args: Arguments, effects: Effects): Promise<number> {
  const { dryRun, options } = args;
  const unreadable = (message: string, { cause }: ErrorOptions) => new ConfigError("unreadable", message, cause);
  const text = await readText(resolve(effects.cwd, file), unreadable);
  return withInstallation(args, effects, async (installation) => {
    const { version } = await standing(installation);
    // The history keeps who and why in any case: where nobody said so, from where it came.
    const { reason = `taken from ${basename(file)}`, by: actor = TERMINAL } = options;
    const said = { follows: version?.version ?? null, actor, reason };
    const taken = await importProgramme(installation, text, !dryRun, said).catch(async (error: unknown) => {
      // Nobody has a page to load again at the command line.
      if (error instanceof Refused)
        throw new ConfigError("invalid", "The programme was changed meanwhile, so nothing was kept. Try again.", error);
      const { services } = await surroundings(installation);
      const isEarly = error instanceof ConfigError && services.length === 0 && error.message.includes("no service");
      if (!isEarly) throw error;
      throw new ConfigError(
        "invalid",
        `${error.message}\n  No service is known here yet, since nothing was collected: run \`headway sync\` first.`,
        error,
      );
    });
    const { print } = createScreen(effects.stdout, effects.env);
    await print(args.json ? JSON.stringify(taken, null, 2) : lines(taken, dryRun).join("\n"));
    if (!dryRun && taken.differences.length > 0) await sayUnsigned(options, said, effects);
    return 0;
  });
}

/** Whoever left out who they are, or why, learns what the history says instead. */
async function sayUnsigned(
  { by, reason }: Arguments["options"],
  said: { readonly actor: string; readonly reason: string },
  effects: Effects,
): Promise<void> {
  const missing = [...(by === undefined ? ["--by NAME"] : []), ...(reason === undefined ? ["--reason WORDS"] : [])];
  if (missing.length === 0) return;
  await createScreen(effects.stderr, effects.env).print(
    `headway: the history says “${said.actor} (${said.reason})”. Next time say ${by === undefined ? "who" : "why"}${missing.length === 2 ? " and why" : ""} with ${missing.join(" and ")}.`,
  );
}

function lines({ version, differences, cautions }: CommandReply<"/api/programme/import">, dryRun: boolean): string[] {
  // What goes first, since who imports an older file should not have to look for it.
  const removed = differences.filter(({ verb }) => verb === "removed");
  const rest = differences.filter(({ verb }) => verb !== "removed");
  const what = `${counted(differences.length, "difference")}${removed.length === 0 ? "" : `, of which ${removed.length} removed`}`;
  const kept = dryRun ? "Nothing was kept: this was a dry run." : `Kept as version ${version?.version ?? 0}.`;
  return [
    differences.length === 0 ? "The file says what the programme says already." : `${what}. ${kept}`,
    ...[...removed, ...rest].flatMap(({ list, key, verb, fields }) => [
      `  ${verb}: ${list === key ? list : `${list}, ${key}`}`,
      ...(verb === "changed" ? fields.map(fieldLine) : []),
    ]),
    ...cautions.map((caution) => `  note: ${caution}`),
  ];
}

function fieldLine(field: CommandReply<"/api/programme/import">["differences"][number]["fields"][number]): string {
  return `    ${field.name}: ${field.before ?? "nothing"} → ${field.after ?? "nothing"}`;
}
