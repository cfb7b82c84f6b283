/** `headway review`: holds a review, lists those that were held, and shows one with what is different today. */
import { resolve } from "node:path";
import { ConfigError } from "#config/errors.ts";
import { instead } from "#config/nearest.ts";
import { dateOf } from "#metrics/calendar.ts";
import { REVIEWS } from "#metrics/programme/review.ts";
import { counted } from "#metrics/words.ts";
import { Memory } from "../answers/memory.ts";
import { answerDifferent, answerReview, answerReviews } from "../answers/reviews.ts";
import type { Body, CommandReply, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { holdReview } from "../reviewing.ts";
import type { Arguments } from "./args.ts";
import { TERMINAL } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { prepare, withInstallation } from "./installed.ts";
import type { Screen } from "./screen.ts";
import { createScreen, wrap } from "./screen.ts";
import { readText } from "./text-file.ts";
import { UsageError } from "./usage.ts";

const VERBS = ["list", "show"] as const;

/** `headway review`, `headway review list`, `headway review show N` */
export async function review(args: Arguments, effects: Effects): Promise<number> {
  const [verb, number, extra] = args.operands;
  if (verb === undefined) return hold(await askedReview(args, effects), args, effects);
  const found = VERBS.find((one) => one === verb);
  if (found === undefined)
    throw new UsageError(`\`headway review\` cannot "${verb}". ${instead(verb, VERBS)} Alone it holds a review.`);
  if (found === "list" && number !== undefined) throw new UsageError("`headway review list` lists all there are.");
  if (found === "list") return told(args, effects, listed);
  const id = Number(number);
  if (!Number.isInteger(id) || id < 1 || extra !== undefined)
    throw new UsageError("Name one review by its number: headway review show 3. `headway review list` has them.");
  return told(args, effects, async (installation, screen) => {
    const memory = new Memory(installation.store);
    const one = await answerReview(installation, { id }, memory);
    return [one, shownText(one, screen, installation.config.timezone)];
  });
}

type Asked = Body<"/api/reviews/freeze">;

/** @throws UsageError when something is not understood; ConfigError when the minutes cannot be read. */
async function askedReview({ options, dryRun }: Arguments, effects: Effects): Promise<Asked> {
  const { minutes: file, for: about, kind: typed = "monthly", by: actor = TERMINAL } = options;
  const kind = REVIEWS.find((one) => one === typed);
  if (kind === undefined) throw new UsageError(`There is no review of the kind "${typed}". ${instead(typed, REVIEWS)}`);
  const [, what, id = ""] = /^(use-case|wave):(.+)$/.exec(about ?? "") ?? [];
  if (about !== undefined && what === undefined)
    throw new UsageError(
      `--for ${about} is not understood. Write --for use-case:ID or --for wave:ID; without it, it is the programme.`,
    );
  const whose = what === undefined ? {} : what === "wave" ? { wave: id } : { useCase: id };
  const unreadable = (message: string, { cause }: ErrorOptions) => new ConfigError("unreadable", message, cause);
  const minutes = file === undefined ? "" : (await readText(resolve(effects.cwd, file), unreadable)).trim();
  return { kind, minutes, decisions: [], save: !dryRun, actor, ...whose };
}

async function hold(asked: Asked, args: Arguments, effects: Effects): Promise<number> {
  return told(args, effects, async (installation, screen) => {
    const held = await holdReview(installation, asked);
    return [held, heldText(held, asked, screen, installation.config.timezone)];
  });
}

/** @param make what is told, as JSON and as text. */
async function told(
  args: Arguments,
  effects: Effects,
  make: (installation: Installation, screen: Screen) => Promise<readonly [unknown, string]>,
): Promise<number> {
  return withInstallation(args, effects, async (installation) => {
    if (!(await prepare(installation, effects))) return 1;
    const screen = createScreen(effects.stdout, effects.env);
    const [json, text] = await make(installation, screen);
    await screen.print(args.json ? JSON.stringify(json, null, 2) : text);
    return 0;
  });
}

async function listed(installation: Installation): Promise<readonly [unknown, string]> {
  const all = await answerReviews(installation);
  const today = await answerDifferent(installation, new Memory(installation.store));
  const zone = installation.config.timezone;
  const told = all.map((one, index) => ({ ...one, different: today[index]?.different ?? null }));
  const lines = told.map(
    ({ id, kind, about, heldAt, actor, outcome, isIntact, different }) =>
      `${String(id).padStart(3)}  ${dateOf(Date.parse(heldAt), zone)}  ${kind.padEnd(8)}  ${about.title}: ${outcome}, held by ${actor}; ${different === null ? "what it was about is gone" : `different today: ${different}`}${isIntact ? "" : ". It is no longer what was frozen"}`,
  );
  return [told, lines.length === 0 ? "No review was held yet: headway review --minutes FILE" : lines.join("\n")];
}

function heldText(
  { id, hash, about, words, decisions, basis, things }: CommandReply<"/api/reviews/freeze">,
  { kind, minutes }: Asked,
  screen: Screen,
  zone: string,
): string {
  const until = dateOf(Date.parse(basis.dataUntil), zone);
  const first =
    id === null
      ? `Nothing was frozen: this was a dry run of a ${kind} review. ${about.title}, data until ${until}.`
      : `Review ${id} was held (${kind}). ${about.title}, data until ${until}.`;
  const said = minutes === "" ? "No minutes." : `${counted(decisions.length, "decision")} in the minutes.`;
  return [
    screen.paint("strong", wrap(first, screen.width)),
    wrap(words, screen.width),
    wrap(
      `${counted(things.length, "thing")} ${id === null ? "would be" : "are"} frozen. ${said}${hash === null ? "" : ` SHA-256 ${hash}. It never changes.`}`,
      screen.width,
    ),
  ].join("\n\n");
}

function shownText(one: Reply<"/api/review">, screen: Screen, zone: string): string {
  const { id, kind, about, heldAt, actor, words, conditions, minutes, hash, isIntact, different } = one;
  const line = (text: string) => wrap(text, screen.width, "  ");
  const changes = different?.map(({ of, what, frozen, today }) =>
    line(`${of}, ${what}: ${frozen ?? "—"} → ${today ?? "—"}`),
  );
  return [
    screen.paint(
      "strong",
      wrap(
        `Review ${id} (${kind}) of ${dateOf(Date.parse(heldAt), zone)}: ${about.title}. Held by ${actor}.`,
        screen.width,
      ),
    ),
    wrap(
      `SHA-256 ${hash}${isIntact ? "" : ". It is no longer what was frozen: somebody changed the database"}`,
      screen.width,
    ),
    wrap(words, screen.width),
    conditions
      .flatMap(({ id: name, state, evidence, shortfalls }) => [
        line(`${name}: ${STATES[state]}. ${evidence}`),
        ...shortfalls.map(({ kind, name: of, words: short }) => {
          return wrap(`- ${kind === "service" || kind === "team" ? `${of}: ` : ""}${short}`, screen.width, "    ");
        }),
      ])
      .join("\n"),
    minutes === "" ? "No minutes." : minutes,
    changes === undefined
      ? "What it was about cannot be read any more."
      : [
          screen.paint(
            "strong",
            changes.length === 0
              ? "Nothing is different today."
              : `${counted(changes.length, "thing")} different today:`,
          ),
          ...changes,
        ].join("\n"),
  ].join("\n\n");
}

const STATES = { met: "met", "not-met": "not met", "cannot-be-said": "cannot be said" } as const;
