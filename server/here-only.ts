/** Nobody can log in yet, so what changes something is for whoever sits at this machine, and for pages of this server alone. */
import type { Request, RequestHandler } from "express";
import { Refused } from "./answers/problem.ts";

/** @throws Refused */
export const hereOnly: RequestHandler = (request, _response, next) => {
  if (!isLoopback(request.socket.remoteAddress ?? "") || isForwarded(request))
    throw new Refused(
      403,
      "Only from this machine",
      "Nobody can log in yet, so Headway takes this from the machine it runs on and from no other. Open the dashboard there, or through `ssh -L 4179:127.0.0.1:4179`.",
    );
  if (!isSameOrigin(request))
    throw new Refused(
      403,
      "Only from the dashboard",
      "Another page asked for this. If it was you, do it on the Data page of the dashboard itself.",
    );
  if (request.is("application/json") !== "application/json")
    throw new Refused(
      415,
      "Only JSON",
      "The body must be JSON, and the header `content-type: application/json` say so.",
    );
  next();
};

function isLoopback(address: string): boolean {
  return /^(::1|(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/.test(address);
}

/** A proxy on this machine makes everybody look as if they sat here. */
function isForwarded({ headers }: Request): boolean {
  return headers.forwarded !== undefined || headers["x-forwarded-for"] !== undefined;
}

/** Browsers say where a request comes from; programs that say nothing are no page. */
function isSameOrigin({ headers }: Request): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  const { origin, host } = headers;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}
