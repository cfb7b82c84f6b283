/** Who may use the Headway that starts, and whether others than this machine may reach it at all. */
import type { Access } from "../auth/access.ts";
import { FirstRun } from "../auth/first-run.ts";
import { Patience } from "../auth/patience.ts";
import { providing } from "../auth/providing.ts";
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

/** @throws UsageError where others would get in and nobody can log in. */
export async function refuseOpenDoor({ store, config }: Installation, asked: Address): Promise<void> {
  if (!isWide(asked) || config.login !== undefined || (await store.hasMembers())) return;
  throw new UsageError(
    `--host ${asked.host} would let others in, and nobody can log in yet: everything Headway knows would be open to them. Add the first administrator and start again: headway user add --name NAME --role admin (or let the company log in by its identity provider: \`login\` in headway.yaml). Or leave --host at 127.0.0.1 and reach it from elsewhere with \`ssh -L ${asked.port}:127.0.0.1:${asked.port}\`.`,
  );
}
