/**
 * Which addresses a host may have, and where it may lead. Hosts of companies are on private networks and some on this very machine, so
 * those are reached; link-local addresses (where clouds tell a machine its own keys), addresses that stand for many machines or for none,
 * and those at which clouds put such services elsewhere are not, unless somebody allows them. A token goes to the server it is for alone.
 */
import type { LookupAddress } from "node:dns";
import { lookup as resolve } from "node:dns/promises";
import { once } from "node:events";
import { BlockList, connect, isIP } from "node:net";
import type { LookupFunction, Socket } from "node:net";
import { callbackify } from "node:util";

/** An address, or a network such as `169.254.10.0/24`. */
export type Allowed = readonly string[];

const FORBIDDEN: Allowed = [
  "0.0.0.0/8", // this network
  "169.254.0.0/16", // link-local: metadata of AWS, Azure, Google
  "224.0.0.0/3", // multicast, reserved, broadcast
  "100.100.100.200", // metadata of Alibaba
  "192.0.0.192", // metadata of Oracle
  "168.63.129.16", // Azure's own
  "::/128",
  "fe80::/10", // link-local
  "ff00::/8", // multicast
  "fd00:ec2::254", // metadata of AWS
  "fd20:ce::254", // metadata of Google
];

/** Hops from one path of a server to another. */
const MOST_HOPS = 5;

/** The address is none that a host may have, or leads to another server. */
export class OutOfReach extends Error {
  override readonly name = "OutOfReach";
  readonly code: string;

  constructor(message: string) {
    super(message);
    this.code = message; // told where a connection's own code would be
  }
}

export type Lookup = (name: string) => Promise<readonly LookupAddress[]>;

const dns: Lookup = async (name) => resolve(name, { all: true, verbatim: true });

/**
 * The addresses of a name, each of which a host may have. Who connects must connect to one of these and not look the name up once more:
 * whoever governs a name server could then answer differently.
 *
 * @param hostname a name, or an address as it stands in a URL.
 * @throws OutOfReach when a name, or any address that it has, is forbidden; what `lookup` throws where nobody knows the name.
 */
export async function reachable(
  hostname: string,
  allowed: Allowed = [],
  lookup: Lookup = dns,
): Promise<readonly LookupAddress[]> {
  const name = hostname.replace(/^\[(.*)\]$/, "$1");
  const found = isIP(name) === 0 ? await lookup(name) : [{ address: name, family: isIP(name) }];
  const bad = found.find(({ address }) => isListed(FORBIDDEN, address) && !isListed(allowed, address));
  if (bad === undefined) return found;
  throw new OutOfReach(
    `${name === bad.address ? name : `${name} is ${bad.address}, and that`} is an address of this machine's own network equipment or cloud, and no host; list it under \`allowAddresses\` if it is one`,
  );
}

function isListed(networks: Allowed, address: string): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [start = "", bits] = network.split("/");
    const family = isIP(start) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(start, family);
    else list.addSubnet(start, Number(bits), family);
  }
  return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** A fetch that connects to addresses that a host may have, and to no others. It follows nothing that its caller does not ask it to. */
export function connecting(allowed: Allowed = [], lookup: Lookup = dns): typeof fetch {
  let opened: Promise<typeof fetch> | null = null;
  return async (input, init) => {
    const url = urlOf(input);
    await expectAddress(url.hostname, allowed);
    opened ??= open(allowed, lookup);
    const send = await opened;
    return send(input, init).catch((error: unknown) => {
      throw error instanceof Error && error.cause instanceof OutOfReach ? error.cause : error;
    });
  };
}

/**
 * A plain connection to one of a host's addresses.
 *
 * @param patience milliseconds.
 * @throws OutOfReach when a host may not have it; the connection's own error when nobody answers.
 */
export async function connectionTo(
  { host, port, patience }: { readonly host: string; readonly port: number; readonly patience: number },
  allowed: Allowed = [],
  lookup: Lookup = dns,
): Promise<Socket> {
  await expectAddress(host, allowed);
  const socket = connect({ host, port, lookup: looking(allowed, lookup) });
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(patience) });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** An address is connected to without a look-up, so it is judged by itself; a name is when it is looked up. */
async function expectAddress(hostname: string, allowed: Allowed): Promise<void> {
  if (isIP(hostname.replace(/^\[(.*)\]$/, "$1")) !== 0) await reachable(hostname, allowed);
}

/** Loaded with the first request: starting needs none. */
async function open(allowed: Allowed, lookup: Lookup): Promise<typeof fetch> {
  const { Agent, fetch: send } = await import("undici");
  const dispatcher = new Agent({ connect: { lookup: looking(allowed, lookup) } });
  const sending: (url: URL, init: object) => Promise<unknown> = send;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node's own fetch is this one, and its types are newer
  return async (input, init) => (await sending(urlOf(input), { ...init, dispatcher })) as Response;
}

/** For whoever opens a connection: what is judged is what is connected to. */
function looking(allowed: Allowed, lookup: Lookup): LookupFunction {
  const asked = callbackify(async (hostname: string) => reachable(hostname, allowed, lookup));
  return (hostname, { all, family }, callback) => {
    asked(hostname, (error, found) => {
      const chosen = found?.find((one) => one.family === family) ?? found?.[0];
      if (error !== null) callback(error, []);
      else if (chosen === undefined)
        callback(Object.assign(new Error(`${hostname} has no address`), { code: "ENOTFOUND" }), []);
      else if (all === true) callback(null, [...found]);
      else callback(null, chosen.address, chosen.family);
    });
  };
}

/** A fetch that looks where it goes, and follows a server to itself only. */
export function reaching(allowed: Allowed = [], inner: typeof fetch = connecting(allowed)): typeof fetch {
  return async (input, init) => {
    let url = urlOf(input);
    for (let hop = 0; hop <= MOST_HOPS; hop++) {
      const response = await inner(hop === 0 ? input : url, { ...init, redirect: "manual" });
      const next = nextOf(response, url, init?.method);
      if (next === null) return response;
      await response.body?.cancel();
      if (!isSame(url, next))
        throw new OutOfReach(
          `it leads from ${url.origin} to ${next.origin}, and what is asked here, a token perhaps, is for nobody else; give the address it has now`,
        );
      url = next;
    }
    throw new OutOfReach(`${url.origin} leads from one address to the next without end`);
  };
}

function urlOf(input: Parameters<typeof fetch>[0]): URL {
  return new URL(typeof input === "object" && "url" in input ? input.url : input);
}

/** Where an answer leads; `null` where it is one, or where following it would send something twice. */
function nextOf(response: Response, from: URL, method = "GET"): URL | null {
  if (![301, 302, 303, 307, 308].includes(response.status)) return null;
  const location = response.headers.get("location");
  if (location === null || !URL.canParse(location, from)) return null;
  return ["GET", "HEAD"].includes(method.toUpperCase()) || response.status >= 307 ? new URL(location, from) : null;
}

/** The same server; from http to https it may lead. */
function isSame(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  return from.hostname === to.hostname && from.protocol === "http:" && to.protocol === "https:" && to.port === "";
}
