/** What a source's token lacks, and how long it is good for. */
import { HostError } from "#collectors/collector.ts";
import { probeSource } from "#collectors/index.ts";
import type { SourceOptions, TokenHost } from "#collectors/index.ts";
import type { Probed } from "#collectors/probe.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import { counted } from "#metrics/words.ts";
import type { ConfiguredSource } from "../installation.ts";
import type { Finding } from "./findings.ts";

/** Time enough to ask somebody for a new one. */
const SOON = 14 * DAY;

export async function findToken(
  { options, collector: { name: about } }: ConfiguredSource,
  now: Instant,
  signal: AbortSignal,
): Promise<Finding[]> {
  if (options.host === "git" || options.host === "demo") return [];
  try {
    return findings(await probeSource(options, { tryOn: firstOf(options), signal }), about, now);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return [{ level: "broken", about, message: `Token: ${error.message}` }];
  }
}

function firstOf(options: Extract<SourceOptions, { host: TokenHost }>): string | null {
  return (options.host === "github" ? options.repositories : options.projects)?.[0] ?? null;
}

function findings({ kind, scopes, grants, triedOn, expiresAt }: Probed, about: string, now: Instant): Finding[] {
  const lacking = grants.filter(({ has }) => has === false);
  const found: Finding[] = lacking.map(({ name, why }) => ({
    level: "warning",
    about,
    message: `The token lacks ${name}${triedOn === null ? "" : ` (tried on ${triedOn})`}. ${why} Give it that, or create another.`,
  }));
  if (lacking.length === 0) {
    const said = scopes === null || scopes.length === 0 ? "" : ` with ${scopes.join(", ")}`;
    found.push({ level: "fine", about, message: `token: ${kind}${said}; it lacks nothing` });
  }
  if (expiresAt !== null && expiresAt - now < SOON) {
    const days = Math.floor((expiresAt - now) / DAY);
    found.push({
      level: "warning",
      about,
      message: `The token expires in ${counted(days, "day")}, on ${new Date(expiresAt).toISOString().slice(0, 10)}; then nothing new comes in. Create another in time.`,
    });
  }
  return found;
}
