/** What `headway check` looks at, one finding each: what is so, and what to do where it is wrong. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { HostError } from "#collectors/collector.ts";
import { counted } from "#metrics/words.ts";
import { answerStatus } from "../answers/status.ts";
import type { ConfiguredSource, Installation } from "../installation.ts";
import type { Effects } from "./effects.ts";
import { age } from "./report-text.ts";
import { findToken } from "./token-findings.ts";

export interface Finding {
  readonly level: "fine" | "warning" | "broken";
  readonly about: string;
  /** What is so and, where it is wrong, what to do. */
  readonly message: string;
}

const OLDEST_GIT = [2, 25] as const;
const HOUR = 3_600_000;

/** The git on this machine. */
export async function findGit(env: Effects["env"]): Promise<Finding> {
  const about = "git";
  try {
    const { stdout } = await promisify(execFile)("git", ["--version"], { env });
    const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
    const isNew = Number(major) > OLDEST_GIT[0] || (Number(major) === OLDEST_GIT[0] && Number(minor) >= OLDEST_GIT[1]);
    const version = stdout.trim().replace("git version ", "");
    if (isNew) return { level: "fine", about, message: version };
    return {
      level: "broken",
      about,
      message: `${version} is too old to be read from. Install git ${OLDEST_GIT.join(".")} or newer.`,
    };
  } catch {
    return {
      level: "broken",
      about,
      message: `git was not found, and repositories are read with it. Install git ${OLDEST_GIT.join(".")} or newer and make sure that it is in the PATH.`,
    };
  }
}

/** Each source: whether it answers now, how fresh it is, and what its last sync had to say. */
export async function findSources(installation: Installation, effects: Effects): Promise<Finding[]> {
  const status = await answerStatus(installation);
  const findings: Finding[] = [];
  for (const [index, { name, source, syncedAt, error, notices }] of status.sources.entries()) {
    const configured = installation.sources[index];
    const problem = error ?? (configured === undefined ? null : await probe(installation, configured, effects.signal));
    const state =
      syncedAt === null
        ? "never collected"
        : `collected ${age((Date.parse(status.now) - Date.parse(syncedAt)) / HOUR)}`;
    const services = status.services.filter((service) => service.source === source);
    const sizes = services.map(
      ({ branch, commits, deployments }) =>
        `branch ${branch ?? "unknown"}, ${counted(commits, "commit")}, ${counted(deployments, "deployment")}`,
    );
    if (problem === null) findings.push({ level: "fine", about: name, message: [source, ...sizes, state].join(", ") });
    else findings.push({ level: "broken", about: name, message: `${problem} (${state})` });
    if (configured !== undefined) findings.push(...(await findToken(configured, installation.now(), effects.signal)));
    for (const { level, message } of notices)
      findings.push({ level: level === "warning" ? "warning" : "fine", about: name, message });
    for (const { advice } of services)
      if (advice !== null) findings.push({ level: "warning", about: name, message: advice });
  }
  return findings;
}

/** Asks a source for what is new, and leaves it there. @returns why it does not answer. */
async function probe(
  { store }: Installation,
  { collector }: ConfiguredSource,
  signal: AbortSignal,
): Promise<string | null> {
  const [record] = await store.sources([collector.source]);
  try {
    for await (const _batch of collector.collect(record?.cursor ?? null, signal)) break;
    return null;
  } catch (error) {
    if (error instanceof HostError) return error.message;
    throw error;
  }
}
