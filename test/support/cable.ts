/** A cable between a program and a server, which can be cut. */
import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";

export interface Cable {
  /** The server's address, by way of the cable. */
  readonly url: string;
  /** Whoever is connected is cut off without a word, and nobody gets through for so many milliseconds. */
  readonly cut: (milliseconds: number) => Promise<void>;
  readonly end: () => Promise<void>;
}

export async function aCable(url: string): Promise<Cable> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isCut = false;
  const hold = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    hold(near);
    if (isCut) return void near.resetAndDestroy();
    const far = connect(Number(target.port), target.hostname);
    hold(far);
    near.pipe(far).pipe(near);
    far.on("close", () => near.destroy());
    near.on("close", () => far.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const here = new URL(url);
  here.port = String((server.address() as AddressInfo).port);
  const destroy = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: here.href,
    cut: async (milliseconds) => {
      isCut = true;
      destroy();
      await setTimeout(milliseconds);
      isCut = false;
    },
    end: async () => {
      isCut = true;
      server.close();
      destroy();
      await once(server, "close");
    },
  };
}
