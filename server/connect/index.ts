/** Connects a host: checks a token, shows what would be written, writes it, and looks at the new source at once. */
import { randomBytes } from "node:crypto";
import { readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Credentials, SourceOptions } from "#collectors/index.ts";
import { probeCredentials, sourceName } from "#collectors/index.ts";
import { withoutCredentials } from "#collectors/git/remote.ts";
import { entryText, secretNameIn, withSource } from "#config/edit.ts";
import type { SourceEntry } from "#config/edit.ts";
import { knownValues } from "#config/environment.ts";
import { ConfigError } from "#config/errors.ts";
import { dataFolder } from "#config/data-folder.ts";
import { DEFAULT_FILE } from "#config/load.ts";
import { parseConfig } from "#config/parse.ts";
import type { Config } from "#config/schema.ts";
import { readSecrets, secretsFile, writeSecret } from "#config/secrets.ts";
import { BadRequest } from "../answers/problem.ts";
import type { Body, CommandReply } from "../contract.ts";
import type { OpenInstallation } from "../installation.ts";
import { DEFAULT_URLS, entryOf, isOf } from "./entry.ts";
import type { Held } from "./held.ts";
import { HeldTokens, secretOf } from "./held.ts";
import { keyIn, usableKey } from "./key.ts";
import { previewRules } from "./outlook.ts";

export interface Connecting {
  readonly probe: (
    body: Body<"/api/connect/probe">,
    signal: AbortSignal,
  ) => Promise<CommandReply<"/api/connect/probe">>;
  readonly connect: (body: Body<"/api/connect">, signal: AbortSignal) => Promise<CommandReply<"/api/connect">>;
}

export interface ConnectPlace {
  readonly installation: OpenInstallation;
  /** The configuration in force; `null` when there is none yet. */
  readonly file: string | null;
  readonly cwd: string;
  /** Whether only one repository was asked for by name: then the file is not what Headway looks at. */
  readonly isNarrowed: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** Called when a source was added. */
  readonly collect: () => void;
}

export function createConnecting(place: ConnectPlace): Connecting {
  const tokens = new HeldTokens(place.installation.now);
  return {
    probe: async (body, signal) => probeToken(place, tokens, body, signal),
    connect: async (body, signal) => {
      const held = tokens.of(body.held);
      if (held === null)
        throw new BadRequest(
          "What was entered was checked more than half an hour ago, or by a Headway that was stopped since. Enter it again.",
        );
      const reply = await connect(place, held, body, signal);
      if (reply.saved) tokens.forget(body.held);
      return reply;
    },
  };
}

async function probeToken(
  place: ConnectPlace,
  tokens: HeldTokens,
  body: Body<"/api/connect/probe">,
  signal: AbortSignal,
): Promise<CommandReply<"/api/connect/probe">> {
  const { host, variable } = body;
  const url = addressOf(host, body.url);
  const credentials = await credentialsIn(place, body);
  const probed = await probeCredentials(host, credentials, { url, tryOn: null, signal });
  return {
    held: tokens.hold({ host, url, credentials, variable: variable ?? null, probed }),
    by: "app" in credentials ? "app" : "token",
    url,
    ...probed,
    expiresAt: iso(probed.expiresAt),
    scopes: probed.scopes === null ? null : [...probed.scopes],
    grants: [...probed.grants],
    owners: [...probed.owners],
    repositories: probed.repositories.map((one) => ({ ...one, changedAt: iso(one.changedAt) })),
  };
}

async function connect(
  place: ConnectPlace,
  held: Held,
  body: Body<"/api/connect">,
  signal: AbortSignal,
): Promise<CommandReply<"/api/connect">> {
  const { installation, env, cwd } = place;
  const { now } = installation;
  const folder = dataFolder(installation.config);
  const file = place.file ?? join(cwd, DEFAULT_FILE);
  const before = await textOf(file);
  const beginning = before ?? firstText(file, installation.config);
  const secrets = await readSecrets(folder, env);
  const variable = held.variable ?? freeName(held, secrets, env, secretNameIn(beginning, entryOf(held, body, "")));
  const entry: SourceEntry = entryOf(held, body, variable);
  const { text, renewed } = withSource(beginning, file, entry);
  const config = parseConfig(text, file, { ...knownValues(secrets, env), [variable]: secretOf(held) });
  if (body.save) {
    if (held.variable === null) await writeSecret(folder, variable, secretOf(held), env);
    await replace(file, text);
    installation.reconfigure(place.isNarrowed ? withOne(installation.config, config, held, body) : config);
    place.collect();
  }
  return {
    file,
    isNew: before === null,
    entry: entryText(entry),
    renews: renewed,
    by: "app" in held.credentials ? "app" : "token",
    variable,
    secrets: held.variable === null ? secretsFile(folder) : null,
    outlook: body.save ? [] : await previewRules(held, body, now(), signal),
    saved: body.save,
    note: place.isNarrowed
      ? `Headway was started with --repo, which looks at one repository only. Next time start it without --repo, and it reads ${file}.`
      : null,
  };
}

/** What the body gives or names. @throws BadRequest when that is nothing Headway could be let in by. */
async function credentialsIn(
  { installation, env, cwd }: ConnectPlace,
  { host, token, variable, app }: Body<"/api/connect/probe">,
): Promise<Credentials> {
  if (app === undefined) {
    if ((token === undefined) === (variable === undefined))
      throw new BadRequest("Enter either a token or the name of the environment variable that holds one.");
    return { token: tokenIn(token ?? (await fromEnvironment(installation, env, variable ?? "", "paste the token"))) };
  }
  const { id, installation: number, keyFile } = app;
  if (host !== "github" || token !== undefined)
    throw new BadRequest("An app is let in at GitHub, and without a token: it gets its tokens itself.");
  if ((keyFile === undefined) === (variable === undefined))
    throw new BadRequest("Name either the file with the app's private key or the environment variable that holds it.");
  const privateKey =
    keyFile === undefined
      ? usableKey(
          await fromEnvironment(installation, env, variable ?? "", "name the file"),
          `the environment variable ${variable}`,
        )
      : await keyIn(keyFile, cwd);
  return { app: { id, installation: Number(number), privateKey } };
}

/** @throws BadRequest when it is no address. */
function addressOf(host: Held["host"], asked: string | undefined): string {
  if (asked === undefined || asked.trim() === "") return DEFAULT_URLS[host];
  const url = URL.canParse(asked.trim()) ? new URL(asked.trim()) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    throw new BadRequest(
      `“${withoutCredentials(asked.slice(0, 100))}” is no address of a host. Write it like ${host === "github" ? "https://ghe.example/api/v3" : "https://gitlab.example"}.`,
    );
  const plain = `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  if (host === "gitlab") return plain.replace(/\/api\/v4$/, "");
  return plain === "https://github.com" ? DEFAULT_URLS.github : plain;
}

/** What is no token is not sent anywhere. @throws BadRequest */
function tokenIn(text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token) && !/["'\\]/.test(token)) return token;
  throw new BadRequest("This is no token: it holds spaces, quotes or letters that no token has. Copy it again, alone.");
}

/** @param instead what else one can do. */
async function fromEnvironment(
  { config }: OpenInstallation,
  env: NodeJS.ProcessEnv,
  name: string,
  instead: string,
): Promise<string> {
  const value = knownValues(await readSecrets(dataFolder(config), env), env)[name];
  if (value !== undefined) return value;
  throw new BadRequest(
    `The environment variable ${name} is not set for the Headway that runs. Stop it, set the variable (export ${name}=…), and start it again; or ${instead}.`,
  );
}

/** A name under which no other secret is known, because what the environment says would hide what is saved. */
function freeName(
  held: Held,
  secrets: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
  before: string | null,
): string {
  if (before !== null && !env[before]) return before;
  const base = "app" in held.credentials ? "GITHUB_APP_KEY" : TOKEN_NAMES[held.host];
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}_${number}`;
    if (!env[name] && (secrets[name] === undefined || secrets[name] === secretOf(held))) return name;
  }
}

const TOKEN_NAMES = { github: "GITHUB_TOKEN", gitlab: "GITLAB_TOKEN" } as const satisfies Record<Held["host"], string>;

/** What is looked at now, and the source that was just added. */
function withOne(current: Config, saved: Config, held: Held, body: Body<"/api/connect">): Config {
  const added = saved.sources.filter((source) => isOf(source, held, body));
  const names = new Set(added.map(sourceName));
  return { ...current, sources: [...current.sources.filter((one) => !names.has(sourceName(one))), ...added] };
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new ConfigError(
      "unreadable",
      `${file} cannot be read, so nothing can be added to it. Make it readable for this user.`,
      error,
    );
  }
}

/** The first text of a file that is not there yet: what Headway looks at already. */
function firstText(file: string, { database, timezone, sources }: Config): string {
  const here = (path: string) => JSON.stringify(relative(dirname(file), path) || ".");
  return `# Headway's configuration, begun by its dashboard. Check it with: headway check
# All there is to say: docs/configuration.md. \${NAME} is read from the environment, or from secrets.env beside the database.
database: ${here(database)}
timezone: ${timezone}
sources:
${sources.map((source) => sourceText(source, here)).join("")}`;
}

/** Only a git repository can be looked at without a configuration. */
function sourceText(source: SourceOptions, here: (path: string) => string): string {
  if (source.host !== "git") return "";
  const place =
    source.path === undefined
      ? `url: ${JSON.stringify(withoutCredentials(source.url ?? ""))}`
      : `path: ${here(source.path)}`;
  return `  - host: git\n    ${place}\n`;
}

/** Written aside and moved into place, so that nobody ever reads half of it; a link stays one. */
async function replace(file: string, text: string): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const aside = `${target}.${randomBytes(6).toString("hex")}`;
  try {
    const mode = await stat(target).then(
      (found) => found.mode & 0o777,
      () => 0o644,
    );
    await writeFile(aside, text, { flag: "wx", mode });
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true });
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new ConfigError(
      "unreadable",
      `${file} cannot be written (${code}), so it is as it was. Make its folder writable for this user, and connect again.`,
      error,
    );
  }
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
