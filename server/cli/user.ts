import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { instead } from "#config/nearest.ts";
import { BadRequest } from "../answers/problem.ts";
import { hashPassword, refuseWeak } from "../auth/passwords.ts";
import { roles } from "../auth/roles.ts";
import type { Invitation } from "../auth/users.ts";
import { invite, inviteAgain, taken, turn, turnTeams } from "../auth/users.ts";
import { accessCommands } from "../access-contract.ts";
import type { Installation } from "../installation.ts";
import type { Deed } from "../store/audit.ts";
import type { Member } from "../store/members.ts";
import type { Arguments } from "./args.ts";
import { oneOf, TERMINAL } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { withInstallation } from "./installed.ts";
import { createScreen } from "./screen.ts";
import { UsageError } from "./usage.ts";

const VERBS = ["add", "list", "role", "teams", "password", "remove"] as const;
type Verb = (typeof VERBS)[number];

/** `headway user add|list|role|teams|password|remove`: who can log in. */
export async function user(args: Arguments, effects: Effects): Promise<number> {
  const verb = askedVerb(args);
  const name = askedName(args, verb);
  return withInstallation(args, effects, async (installation) => {
    const { print } = createScreen(effects.stdout, effects.env);
    const deed = { actor: TERMINAL, at: installation.now() };
    try {
      await print(await act({ verb, name, args, effects, installation, deed }));
    } catch (error) {
      // The same words as in the browser.
      if (error instanceof BadRequest) throw new UsageError(error.message);
      throw error;
    }
    return 0;
  });
}

interface Asked {
  readonly verb: Verb;
  readonly name: string;
  readonly args: Arguments;
  readonly effects: Effects;
  readonly installation: Installation;
  readonly deed: Deed;
}

async function act(asked: Asked): Promise<string> {
  const { verb, name, args, installation, deed } = asked;
  const { store } = installation;
  switch (verb) {
    case "add":
      return add(asked);
    case "list":
      return list(await store.members(), args.json);
    case "role": {
      const role = askedRole(args);
      await turn(store, name, { kind: "role", role }, { deed, mayBeLast: false });
      return args.json ? JSON.stringify({ name, role }) : `"${name}" is ${role} now, and logs in again.`;
    }
    case "teams": {
      const teams = askedTeams(args);
      await turnTeams({ store, config: () => installation.config }, { name, teams }, deed);
      if (args.json) return JSON.stringify({ name, teams });
      const isInForce = installation.config.visibility === "teams";
      return `As a viewer "${name}" sees ${teams.length === 0 ? "no team" : teams.join(", ")}${isInForce ? "" : ", once headway.yaml says `visibility: teams`: now viewers see everything"}.`;
    }
    case "password":
      return password(asked);
    case "remove":
      await turn(store, name, { kind: "removal" }, { deed, mayBeLast: true });
      return args.json
        ? JSON.stringify({ name, removed: true })
        : `"${name}" can no longer log in.${await nobodyLeft(asked)}`;
  }
}

async function nobodyLeft({ installation: { store } }: Asked): Promise<string> {
  return (await store.hasMembers())
    ? ""
    : " Nobody can now: whoever reaches this machine may all, and Headway listens on this machine alone.";
}

async function add(asked: Asked): Promise<string> {
  const { name, args, installation, deed } = asked;
  const { store } = installation;
  const role = askedRole(args);
  const given = await askedPassword(asked);
  if (given === null) return invitation(asked, await invite(store, { name, role }, deed));
  const entry = { password: await hashPassword(given), invitation: null, subject: null };
  if ((await store.addMember({ name, role, entry, first: false }, deed)) === null) throw taken(name);
  return args.json ? JSON.stringify({ name, role }) : `"${name}" can log in, as ${role}.`;
}

async function password(asked: Asked): Promise<string> {
  const { name, args, installation, deed } = asked;
  const { store } = installation;
  const given = await askedPassword(asked);
  if (given === null) return invitation(asked, await inviteAgain(store, name, deed));
  const change = { kind: "password", password: await hashPassword(given) } as const;
  await turn(store, name, change, { deed, mayBeLast: false });
  return args.json ? JSON.stringify({ name }) : `"${name}" has another password, and logs in again.`;
}

function invitation({ name, args, installation }: Asked, { code, expiresAt }: Invitation): string {
  const at = `${(installation.config.url ?? "http://127.0.0.1:4179").replace(/\/+$/, "")}/welcome#${code}`;
  const until = new Date(expiresAt).toISOString();
  if (args.json) return JSON.stringify({ name, url: at, expiresAt: until });
  return `${at}\n\nWhoever opens this chooses the password of "${name}": once, until ${until}. It is not shown again.${
    installation.config.url === undefined
      ? " Where Headway is reached by another address, the rest of it is the same."
      : ""
  }`;
}

function list(members: readonly Member[], asJson: boolean): string {
  const rows = members.map(({ name, role, password: has, subject, teams, createdAt }) => ({
    name,
    role,
    by: subject !== null ? "provider" : has === null ? "invitation" : "password",
    teams: teams ?? [],
    createdAt: new Date(createdAt).toISOString(),
  }));
  if (asJson) return JSON.stringify(rows, null, 2);
  if (rows.length === 0) return "Nobody can log in. Let somebody: headway user add --name NAME --role admin";
  return rows
    .map(
      ({ name, role, by, teams, createdAt }) =>
        `${name}: ${role}, by ${by}, since ${createdAt}${teams.length === 0 ? "" : `, of ${teams.join(", ")}`}`,
    )
    .join("\n");
}

function askedVerb({ operands: [verb, extra] }: Arguments): Verb {
  const found = VERBS.find((one) => one === verb);
  if (verb === undefined) throw new UsageError(`Say what to do: headway user ${VERBS.join(", ")}.`);
  if (found === undefined) throw new UsageError(`\`headway user\` cannot "${verb}". ${instead(verb, VERBS)}`);
  if (extra !== undefined) throw new UsageError(`A user is named with --name: headway user ${verb} --name ${extra}`);
  return found;
}

function askedName({ options: { name = "" } }: Arguments, verb: Verb): string {
  if (verb === "list") return "";
  const parsed = accessCommands["/api/users/add"].body.shape.name.safeParse(name);
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `Say whom it is about: headway user ${verb} --name ada. ${parsed.error.issues[0]?.message ?? ""}`,
  );
}

/** Names between commas; nothing for none. */
function askedTeams({ options: { teams } }: Arguments): readonly string[] {
  if (teams === undefined)
    throw new UsageError("Say which teams they see: --teams payments,checkout (or --teams= for none).");
  return teams
    .split(",")
    .map((team) => team.trim())
    .filter((team) => team !== "");
}

function askedRole({ options: { role } }: Arguments) {
  if (role === undefined) throw new UsageError(`Say what they may: --role ${roles.join(", ")}.`);
  return oneOf("role", role, roles);
}

/** The first line of a file, for those who set up without hands; `null`: they choose it themselves. */
async function askedPassword({ name, args: { options }, effects: { cwd } }: Asked): Promise<string | null> {
  const file = options["password-file"];
  if (file === undefined) return null;
  const text = await readFile(resolve(cwd, file), "utf8").catch(() => {
    throw new UsageError(`${file} cannot be read. Name a file whose first line is the password.`);
  });
  const [first = ""] = text.split(/\r?\n/);
  refuseWeak(first, name);
  return first;
}
