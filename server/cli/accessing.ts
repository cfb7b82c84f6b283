/** Who may use the Headway that starts, and whether others than this machine may reach it at all. */
import type { Access } from "../auth/access.ts";
import { FirstRun } from "../auth/first-run.ts";
import { Patience } from "../auth/patience.ts";
import { providing } from "../auth/providing.ts";
import { isShown } from "../here.ts";
import type { Installation } from "../installation.ts";
import type { Address } from "./address.ts";
import { isWide } from "./address.ts";
import type { Effects } from "./effects.ts";
import { createScreen } from "./screen.ts";
import { UsageError } from "./usage.ts";

export function accessFor(installation: Installation, asked: Address, { stderr, env }: Effects): Access {
  const { store, now } = installation;
  const { print } = createScreen(stderr, env);
  const announce = (line: string): void => void print(`headway: ${line}`).catch(() => undefined);
  const firstRun = new FirstRun(now, announce);
  const provider = providing(() => installation.config, now);
  return {
    store,
    now,
    isWide: isWide(asked),
    firstRun,
    patience: new Patience(now),
    provider,
    config: () => installation.config,
  };
}

/** What is wrong where others are meant to reach it and nobody can log in: they would see nothing. `null` where all is well. */
export async function vacancy({ store, config }: Pick<Installation, "store" | "config">): Promise<string | null> {
  const { login, proxies, url } = config;
  if (login !== undefined || (!isShown(config) && proxies.length === 0) || (await store.hasMembers())) return null;
  const why = isShown(config) ? `\`url\` is ${url}` : "`proxies` are named";
  return `${why}, so others are to reach it, and nobody can log in yet: whoever comes by a proxy or another name is refused everything. Let the first administrator in: headway user add --name NAME --role admin (or \`login\` in headway.yaml, for the company's identity provider).`;
}

/** @throws UsageError where others would get in and nobody can log in. */
export async function refuseOpenDoor({ store, config }: Installation, asked: Address): Promise<void> {
  if (!isWide(asked) || config.login !== undefined || (await store.hasMembers())) return;
  throw new UsageError(
    `--host ${asked.host} would let others in, and nobody can log in yet: everything Headway knows would be open to them. Add the first administrator and start again: headway user add --name NAME --role admin (or let the company log in by its identity provider: \`login\` in headway.yaml). Or leave --host at 127.0.0.1 and reach it from elsewhere with \`ssh -L ${asked.port}:127.0.0.1:${asked.port}\`.`,
  );
}
