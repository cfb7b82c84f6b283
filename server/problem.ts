/** Failures as RFC 9457 has them, with the id by which the log knows the request. */
import type { Response } from "express";
import { REQUEST_ID } from "./request-id.ts";

export function problem(response: Response, status: number, title: string, detail: string, more: object = {}): void {
  const requestId = response.getHeader(REQUEST_ID);
  response
    .status(status)
    .type("application/problem+json")
    .json({ type: "about:blank", title, status, detail, ...(requestId !== undefined && { requestId }), ...more });
}
