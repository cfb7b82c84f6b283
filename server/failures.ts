/** What becomes of an answer that failed. */
import type { ErrorRequestHandler } from "express";
import { STATUS_CODES } from "node:http";
import { BadRequest, Refused } from "./answers/problem.ts";
import type { Log } from "./log.ts";
import { problem } from "./problem.ts";
import { idOf } from "./request-id.ts";
import { StoreError } from "./store/errors.ts";

/** Who stops does not wait for slow answers, and what becomes of them then is nobody's concern. */
export function ofNobody(stopping: AbortSignal): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (!stopping.aborted || !response.destroyed) next(error);
  };
}

/** The status with which Express refuses a path (404, or 400 and 403 for one that cannot be read or leads outside); `null` for our own failures. */
function refusal(error: unknown): number | null {
  if (!(error instanceof Error && "status" in error && typeof error.status === "number")) return null;
  return error.status >= 400 && error.status < 500 ? error.status : null;
}

/** Every failure leaves as a problem (RFC 9457). What is our own fault is told to the log, not to the caller. */
export const onError =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof BadRequest)
      return problem(response, 400, "The question cannot be answered as asked", error.message);
    if (error instanceof Refused) {
      response.set(error.headers);
      return problem(response, error.status, error.title, error.message);
    }
    if (error instanceof StoreError) return problem(response, 503, "The database cannot be used now", error.message);
    const status = refusal(error);
    if (status !== null)
      return problem(
        response,
        status,
        STATUS_CODES[status] ?? "Refused",
        `${request.originalUrl} is no page, no file of the dashboard and no path of the API.`,
      );
    log("error", error instanceof Error ? (error.stack ?? error.message) : String(error), idOf(response));
    problem(
      response,
      500,
      "Headway made a mistake",
      "The answer could not be computed. The server's log says where; please report it.",
    );
  };
