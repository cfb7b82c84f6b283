/** A server of a bench, and somebody who asks it. */
import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { createApp } from "#server/app.ts";
import type { Installation } from "#server/installation.ts";

/** An app that remembers nothing yet. */
export async function served(installation: Installation, folder: string) {
  const server = createServer(createApp(installation, { webRoot: folder }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const get = getter(origin);
  return {
    origin,
    get,
    close: async () => {
      get.close();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** @returns how to ask for a page, and how many milliseconds the whole answer took. */
export function getter(origin: string) {
  const agent = new Agent({ keepAlive: true });
  const get = async (path: string): Promise<number> => {
    const began = performance.now();
    const sent = request(`${origin}${path}`, { agent, headers: { "Accept-Encoding": "gzip" } }).end();
    const [response] = await once(sent, "response");
    for await (const chunk of response) void chunk;
    if (response.statusCode !== 200) throw new Error(`${path} answers ${response.statusCode}.`);
    return performance.now() - began;
  };
  return Object.assign(get, { close: () => agent.destroy() });
}
