/** Programs that push: a server that takes it, and what a token and a request look like. */
import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { AppOptions } from "#server/app.ts";
import type { Installation } from "#server/installation.ts";
import { hashOf } from "#server/hash.ts";
import { newToken } from "#server/tokens.ts";
import type { Answer, Server } from "./installation.ts";
import { serve } from "./installation.ts";

export interface Sender extends Server {
  readonly token: string;
  /** Sends JSON with the token, unless the headers say otherwise. */
  readonly post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
}

export async function aToken(
  { store, now }: Installation,
  { name = "ci", expiresAt = null }: { name?: string; expiresAt?: number | null } = {},
): Promise<string> {
  const token = newToken();
  await store.addToken({ name, scope: "push", hash: hashOf(token), createdAt: now(), expiresAt, actor: "Ada" });
  return token;
}

export async function aSender(installation: Installation, options: Partial<AppOptions> = {}): Promise<Sender> {
  const server = await serve(installation, options);
  const token = await aToken(installation);
  return {
    ...server,
    token,
    post: async (path, body, headers = {}) => {
      const sent = request({
        agent: false,
        host: "127.0.0.1",
        port: new URL(server.url).port,
        method: "POST",
        path,
        headers: { "content-type": "application/json", authorization: `Bearer ${token}`, ...headers },
      }).end(typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body));
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      const answered = await text(response);
      const { statusCode = 0, headers: said } = response;
      return { status: statusCode, headers: said, text: answered, json: <T>() => JSON.parse(answered) as T };
    },
  };
}

/** The rows of an export. */
export async function exported<T = Record<string, unknown>>({ get }: Server, kind: string): Promise<T[]> {
  return (await get(`/api/export/${kind}?format=json`)).json<T[]>();
}
