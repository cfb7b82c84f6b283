/**
 * Where git may go. It would look a name up once more and follow a server to another one, so it is told both: the addresses that were
 * judged (`http.curloptResolve`, git 2.37 and newer), and to follow nothing by itself. What speaks ssh or git's own protocol is judged
 * before, and connects by itself: nothing that lies at a forbidden address answers in these.
 */
import type { Allowed, Lookup } from "../polite/reach.ts";
import { connecting, OutOfReach, reachable, reaching } from "../polite/reach.ts";
import { hostError } from "./explain.ts";
import type { Credentials, Remote } from "./remote.ts";
import { hostOf } from "./remote.ts";

/** Milliseconds in which a server says where it leads. */
const PATIENCE = 30_000;
const ASKED = "/info/refs?service=git-upload-pack";

export interface Reach {
  readonly allowed?: Allowed;
  readonly lookup?: Lookup;
}

/**
 * Git's arguments for a way to a repository; none for one on this machine.
 *
 * @throws HostError when its name, or any address of it, is forbidden.
 */
export async function routeTo(source: string, url: string, { allowed, lookup }: Reach): Promise<readonly string[]> {
  const name = hostOf(url);
  if (name === null) return [];
  return judged(source, async () => {
    // A name that nobody knows here may be known to a proxy, or is told by git.
    const found = await reachable(name, allowed, lookup).catch((error: unknown) => {
      if (error instanceof OutOfReach) throw error;
      return [];
    });
    if (!/^https?:/.test(url)) return [];
    const addresses = found.map(({ address, family }) => (family === 6 ? `[${address}]` : address)).join(",");
    const { hostname, port, protocol } = new URL(url);
    const usual = protocol === "https:" ? "443" : "80";
    const at = `${hostname}:${port === "" ? usual : port}`;
    const isName = found.length > 0 && !addresses.includes(hostname);
    return ["-c", "http.followRedirects=false", ...(isName ? ["-c", `http.curloptResolve=${at}:${addresses}`] : [])];
  });
}

/** Whether git stopped because it was led somewhere. */
export function isLed(complaint: string): boolean {
  return /returned error: 30[12378]/.test(complaint);
}

/**
 * The way to where a repository moved on the same server, or from http to https of the same name; the way there is where it leads nowhere
 * that has one.
 *
 * @throws HostError when it leads to another server.
 */
export async function routeLed(source: string, { url, credentials }: Remote, reach: Reach): Promise<readonly string[]> {
  const asked = url.replace(/\/$/, "");
  const ask = reaching(reach.allowed, connecting(reach.allowed, reach.lookup));
  const led = await judged(source, async () => {
    const response = await ask(`${asked}${ASKED}`, {
      headers: authorization(credentials),
      signal: AbortSignal.timeout(PATIENCE),
    }).catch((error: unknown) => {
      if (error instanceof OutOfReach) throw error;
      return null;
    });
    await response?.body?.cancel();
    return response?.url ?? "";
  });
  const place = led.slice(0, -ASKED.length);
  if (!led.endsWith(ASKED) || place.includes("?")) return routeTo(source, url, reach);
  return [...(await routeTo(source, place, reach)), "-c", `url.${place}.insteadOf=${asked}`];
}

function authorization(credentials: Credentials | null): Record<string, string> {
  if (credentials === null) return {};
  const { username, password } = credentials;
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
}

async function judged<T>(source: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OutOfReach)) throw error;
    throw hostError(source, "unavailable", error.message, "Correct the address and sync again.", error);
  }
}
