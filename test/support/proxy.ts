/** A reverse proxy on a port of its own, as nginx or Caddy stand before a server: below a path, by another name, with https outside. */
import type { AddressInfo } from "node:net";
import { createServer, request } from "node:http";
import { once } from "node:events";
import { onTestFinished } from "vitest";

export interface ProxyDraft {
  /** Where the server is, such as "http://127.0.0.1:4179". */
  readonly to: string;
  /** Below which path it is shown, such as "/headway". */
  readonly below: string;
  /** Whether the path is taken away before the server is asked. */
  readonly strips: boolean;
  /** The name by which readers ask. */
  readonly name: string;
}

/** @returns its address; it ends when the test does. */
export async function aProxy({ to, below, strips, name }: ProxyDraft): Promise<string> {
  const { hostname, port } = new URL(to);
  const server = createServer((asked, answer) => {
    const url = String(asked.url);
    if (!url.startsWith(below)) {
      answer.writeHead(404).end("Nothing here is Headway's.");
      return;
    }
    const forwarded = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https", "x-forwarded-host": name };
    const inner = request(
      {
        hostname,
        port,
        method: asked.method,
        path: strips ? url.slice(below.length).replace(/^(?!\/)/, "/") : url,
        headers: { ...asked.headers, ...forwarded, host: name },
      },
      (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      },
    );
    inner.on("error", () => answer.destroy());
    answer.on("close", () => inner.destroy());
    asked.pipe(inner);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${below}`;
}
