/** Where the server listens. */
import { isLoopback } from "../loopback.ts";
import type { Arguments } from "./args.ts";
import type { Effects } from "./effects.ts";
import { UsageError } from "./usage.ts";

export interface Address {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 4179;
const HIGHEST_PORT = 65_535;

/** Whether others than this machine reach it. */
export function isWide({ host }: Address): boolean {
  return !isLoopback(host);
}

/** @throws UsageError when the port is none. */
export function askedAddress({ options: { port, host = "127.0.0.1" } }: Arguments, env: Effects["env"]): Address {
  const fromEnv = env["PORT"] === "" ? undefined : env["PORT"];
  return {
    host,
    port: portOf(
      port ?? fromEnv ?? String(DEFAULT_PORT),
      port === undefined ? "The environment variable PORT" : "--port",
    ),
  };
}

/** "http://127.0.0.1:4179/". */
export function urlOf({ host, port }: Address): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}/`;
}

function portOf(text: string, where: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= HIGHEST_PORT) return Number(text);
  throw new UsageError(
    `${where} cannot be "${text}": a port is a number from 0 to ${HIGHEST_PORT} (0: any that is free).`,
  );
}
