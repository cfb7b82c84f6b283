/** Refusals of what was pushed, as problems (RFC 9457). */
import type { ErrorRequestHandler, Response } from "express";
import { STATUS_CODES } from "node:http";
import type { Refusal } from "#collectors/push/fields.ts";
import { Unacceptable } from "#collectors/push/fields.ts";
import { problem as told } from "../problem.ts";

/** The largest body of a message. */
export const LARGEST = "256kb";
/** GitHub sends up to 25 MB, but whatever is longer than this is no news that a sync would miss. */
export const LARGEST_HOOK = "5mb";

export function problem(response: Response, status: number, detail: string, errors: readonly Refusal[] = []): void {
  told(response, status, STATUS_CODES[status] ?? "Refused", detail, errors.length > 0 ? { errors } : {});
}

/** What is wrong with a message is told to its sender; what is not its fault goes on to the others. */
export const onError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof Unacceptable) return problem(response, 422, error.message, error.refusals);
  if (!(error instanceof Error) || !("type" in error)) return next(error);
  switch (error.type) {
    case "entity.too.large":
      return problem(
        response,
        413,
        `The body is larger than is taken here: ${LARGEST}, and ${LARGEST_HOOK} of webhooks.`,
      );
    case "encoding.unsupported":
    case "charset.unsupported":
      return problem(response, 415, "Send UTF-8, plain or compressed with gzip, deflate or br.");
    case "entity.parse.failed":
      return problem(response, 400, "The body is no JSON. Send one JSON object.");
    default:
      return problem(response, 400, "The body could not be read. Send one JSON object.");
  }
};
