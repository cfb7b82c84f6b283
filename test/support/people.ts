/** People who can log in, and requests in their name. */
import { randomBytes, scryptSync } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { DAY } from "#metrics/time.ts";
import { cookieName, SESSION } from "#server/auth/cookies.ts";
import type { Role } from "#server/auth/roles.ts";
import type { Installation } from "#server/installation.ts";
import type { TokenScope } from "#server/tokens.ts";
import { hashOf } from "#server/hash.ts";
import { newToken } from "#server/tokens.ts";
import type { Answer, Server } from "./installation.ts";

export type Headers = Readonly<Record<string, string>>;

/** Somebody who can log in, by no password. Who is there already stays as they are. */
export async function aMember({ store, now }: Installation, name: string, role: Role): Promise<void> {
  const entry = { password: null, invitation: null, subject: null };
  await store.addMember({ name, role, entry, first: false }, { actor: "Ada", at: now() });
}

/** A hash as Headway keeps it, of a hundredth of the cost: it is tried at the cost that it names. */
export function quickHash(password: string): string {
  const [salt, N] = [randomBytes(16), 1024];
  const key = scryptSync(password, salt, 32, { N, r: 8, p: 1 });
  return ["scrypt", N, 8, 1, salt.toString("base64url"), key.toString("base64url")].join("$");
}

let made = 0;

/** Somebody of a role who is logged in. @returns the headers that their browser sends. */
export async function loggedIn(installation: Installation, role: Role, name = `one ${role}`): Promise<Headers> {
  const { store, now } = installation;
  await aMember(installation, name, role);
  const member = await store.findMember({ name });
  const secret = `session-of-${role}-number-${made++}`;
  await store.beginSession({
    hash: hashOf(secret),
    memberId: Number(member?.id),
    now: now(),
    expiresAt: now() + DAY,
    idleSince: now() - DAY,
  });
  return { cookie: `${await cookieName(installation, SESSION)}=${secret}` };
}

/** @returns the headers of a program with a token of that scope. */
export async function withScope({ store, now }: Installation, scope: TokenScope): Promise<Headers> {
  const token = newToken();
  const name = `program ${made++}`;
  await store.addToken({ name, scope, hash: hashOf(token), createdAt: now(), expiresAt: null, actor: "Ada" });
  return { authorization: `Bearer ${token}` };
}

/** Sends JSON, and waits for the whole answer. */
export async function post(server: Server, path: string, body: unknown, headers: Headers = {}): Promise<Answer> {
  const response = await sent(server, "POST", path, { headers, body });
  const answered = await text(response);
  const { statusCode = 0, headers: said } = response;
  return { status: statusCode, headers: said, text: answered, json: <T>() => JSON.parse(answered) as T };
}

/** The status alone, also of an answer that never ends. */
export async function statusOf(server: Server, method: string, path: string, headers: Headers): Promise<number> {
  const response = await sent(server, method, path, { headers, body: {} });
  response.destroy();
  return response.statusCode ?? 0;
}

async function sent(
  { url }: Server,
  method: string,
  path: string,
  { headers, body }: { readonly headers: Headers; readonly body: unknown },
): Promise<IncomingMessage> {
  const { port } = new URL(url);
  const json = { "content-type": "application/json", ...headers };
  const asked = request({ agent: false, host: "127.0.0.1", port, method, path, headers: json });
  asked.end(method === "POST" ? JSON.stringify(body) : undefined);
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  return response;
}

/** The cookie that an answer sets, as the browser sends it back; and how it is set. */
export function cookieOf({ headers }: Answer): { readonly cookie: string; readonly set: string } {
  const [set = ""] = headers["set-cookie"] ?? [];
  return { cookie: set.split(";")[0] ?? "", set };
}
