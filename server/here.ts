/** Whether whoever asks sits at this machine, with nobody between: a proxy here makes everybody look as if they did. */
import type { Request } from "express";

export function isHere({ socket, headers }: Request): boolean {
  const isLoopback = /^(::1|(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/.test(socket.remoteAddress ?? "");
  return isLoopback && headers.forwarded === undefined && headers["x-forwarded-for"] === undefined;
}
