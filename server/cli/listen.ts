/** Listens and stops listening. */
import type { RequestListener, Server } from "node:http";
import { createServer } from "node:http";
import { SECOND } from "#metrics/time.ts";
import type { Address } from "./address.ts";
import { urlOf } from "./address.ts";

/** How long answers that are under way may take once the server stops. */
const PATIENCE = 5 * SECOND;

/**
 * How long a connection is kept for the next request: longer than proxies keep theirs (nginx and load balancers of clouds a minute), since
 * whoever closes first must not be the one who is about to be asked. Node's five seconds lose requests when a machine is busy.
 */
const KEPT = 75 * SECOND;

/** How often it is looked, while the server stops, whether answers came to their end. */
const OVER = SECOND / 20;

/** The server's address cannot be listened on; the message says why and what to do. */
export class ListenError extends Error {
  override readonly name = "ListenError";
}

export interface Listening {
  /** The port that was found, where any was asked for. */
  readonly address: Address;
  /** Takes no more requests, and gives those under way some seconds. */
  readonly close: () => Promise<void>;
}

/** @throws ListenError */
export async function listen(app: RequestListener, asked: Address): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: KEPT }, app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(explain(error, asked)));
    server.listen(asked.port, asked.host, resolve);
  });
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : asked.port;
  return { address: { ...asked, port }, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const patience = setTimeout(() => server.closeAllConnections(), PATIENCE);
  // What was under way when it stopped is kept for a next request, which nobody will take.
  const over = setInterval(() => server.closeIdleConnections(), OVER);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  clearInterval(over);
  clearTimeout(patience);
}

function explain(error: Error, asked: Address): ListenError {
  const code = "code" in error ? error.code : error.message;
  const { host, port } = asked;
  if (code === "EADDRINUSE") {
    return new ListenError(
      `Port ${port} is in use, perhaps by another Headway: look at ${urlOf(asked)}, stop what runs there, or start this one with --port ${port + 1}.`,
      { cause: error },
    );
  }
  if (code === "EACCES") {
    return new ListenError(`This user may not listen on port ${port}. Choose one from 1024 on, such as --port 4179.`, {
      cause: error,
    });
  }
  return new ListenError(
    `Nobody can listen on ${host}, port ${port} (${String(code)}). Leave --host out, or name an address of this machine.`,
    { cause: error },
  );
}
