/** Connects a host: checks a token, shows what would be written, writes it, and looks at the new source at once. */
import { randomBytes } from "node:crypto";
import { readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { SourceOptions } from "#collectors/index.ts";
import { probe, sourceName } from "#collectors/index.ts";
import { withoutCredentials } from "#collectors/git/remote.ts";
import { entryText, tokenNameIn, withSource } from "#config/edit.ts";
import type { SourceEntry } from "#config/edit.ts";
import { ConfigError } from "#config/errors.ts";
import { DEFAULT_FILE } from "#config/load.ts";
import { parseConfig } from "#config/parse.ts";
import type { Config } from "#config/schema.ts";
import { readSecrets, secretsFile, writeSecret } from "#config/secrets.ts";
import { BadRequest } from "../answers/problem.ts";
import type { Body, CommandReply } from "../contract.ts";
import type { OpenInstallation } from "../installation.ts";
import { DEFAULT_URLS, entryOf, isOf } from "./entry.ts";
import type { HeldToken } from "./held.ts";
import { HeldTokens } from "./held.ts";
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
          "The token was checked more than half an hour ago, or by a Headway that was stopped since. Enter it again.",
        );
      const reply = await connect(place, held, body, signal);
      if (reply.saved) tokens.forget(body.held);
      return reply;
    },
  };
}

async function probeToken(
  { installation, env }: ConnectPlace,
  tokens: HeldTokens,
  { host, url: asked, token: pasted, variable }: Body<"/api/connect/probe">,
  signal: AbortSignal,
): Promise<CommandReply<"/api/connect/probe">> {
  const url = addressOf(host, asked);
  if ((pasted === undefined) === (variable === undefined))
    throw new BadRequest("Enter either a token or the name of the environment variable that holds one.");
  const token = tokenIn(pasted ?? (await fromEnvironment(installation, env, variable ?? "")));
  const probed = await probe(host, { url, token, tryOn: null, signal });
  return {
    held: tokens.hold({ host, url, token, variable: variable ?? null, probed }),
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
  held: HeldToken,
  body: Body<"/api/connect">,
  signal: AbortSignal,
): Promise<CommandReply<"/api/connect">> {
  const { installation, env, cwd } = place;
  const { now } = installation;
  const folder = dirname(installation.config.database);
  const file = place.file ?? join(cwd, DEFAULT_FILE);
  const before = await textOf(file);
  const beginning = before ?? firstText(file, installation.config);
  const secrets = await readSecrets(folder);
  const variable = held.variable ?? freeName(held, secrets, env, tokenNameIn(beginning, entryOf(held, body, "")));
  const entry: SourceEntry = entryOf(held, body, variable);
  const { text, renewed } = withSource(beginning, file, entry);
  const config = parseConfig(text, file, { ...secrets, ...env, [variable]: held.token });
  if (body.save) {
    if (held.variable === null) await writeSecret(folder, variable, held.token);
    await replace(file, text);
    installation.reconfigure(place.isNarrowed ? withOne(installation.config, config, held, body) : config);
    place.collect();
  }
  return {
    file,
    isNew: before === null,
    entry: entryText(entry),
    renews: renewed,
    variable,
    secrets: held.variable === null ? secretsFile(folder) : null,
    outlook: body.save ? [] : await previewRules(held, body, now(), signal),
    saved: body.save,
    note: place.isNarrowed
      ? `Headway was started with --repo, which looks at one repository only. Next time start it without --repo, and it reads ${file}.`
      : null,
  };
}

/** @throws BadRequest when it is no address. */
function addressOf(host: HeldToken["host"], asked: string | undefined): string {
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

async function fromEnvironment({ config }: OpenInstallation, env: NodeJS.ProcessEnv, name: string): Promise<string> {
  const value = env[name] ?? (await readSecrets(dirname(config.database)))[name];
  if (value !== undefined && value !== "") return value;
  throw new BadRequest(
    `The environment variable ${name} is not set for the Headway that runs. Stop it, set the variable (export ${name}=…), and start it again; or paste the token.`,
  );
}

/** A name under which no other token is known, because what the environment says would hide what is saved. */
function freeName(
  { host, token }: HeldToken,
  secrets: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
  before: string | null,
): string {
  if (before !== null && env[before] === undefined) return before;
  const base = host === "github" ? "GITHUB_TOKEN" : "GITLAB_TOKEN";
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}_${number}`;
    if (env[name] === undefined && (secrets[name] === undefined || secrets[name] === token)) return name;
  }
}

/** What is looked at now, and the source that was just added. */
function withOne(current: Config, saved: Config, held: HeldToken, body: Body<"/api/connect">): Config {
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
