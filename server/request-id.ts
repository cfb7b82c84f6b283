/** Each request has an id, which its answer, a problem and the log tell: the sender's own where it is harmless, else a new one. */
import { randomUUID } from "node:crypto";
import type { RequestHandler, Response } from "express";

export const REQUEST_ID = "x-request-id";

/** Ids as proxies make them: no spaces, no line ends, no markup. */
const HARMLESS = /^[\w.:=+/-]{1,128}$/;

export const withRequestId: RequestHandler = (request, response, next) => {
  const given = request.get(REQUEST_ID);
  response.set(REQUEST_ID, given !== undefined && HARMLESS.test(given) ? given : randomUUID());
  next();
};

/** For a line of the log. */
export function idOf(response: Response): { readonly requestId: string } {
  return { requestId: String(response.getHeader(REQUEST_ID)) };
}
