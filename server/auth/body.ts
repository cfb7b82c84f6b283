/** A body that cannot be read: it may hold a secret, and is not repeated. */
import type { ErrorRequestHandler } from "express";
import { Refused } from "../answers/problem.ts";

export const unreadable: ErrorRequestHandler = (error: unknown, _request, _response, next) => {
  if (error instanceof SyntaxError || (error instanceof Error && "type" in error))
    return next(
      new Refused(400, "This is no JSON", "The body could not be read: send one JSON object of at most 64 kB."),
    );
  next(error);
};
