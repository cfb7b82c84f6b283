/** Who may push, how often, and in which type of body. */
import type { RequestHandler, Response } from "express";
import type { Installation } from "../installation.ts";
import { judge } from "../tokens.ts";
import { Pace } from "./pace.ts";
import { problem } from "./problems.ts";

const PER_MINUTE = 600;
/** Tries of those who cannot say who they are. */
const STRANGERS_PER_MINUTE = 60;

export interface Paces {
  readonly known: Pace;
  readonly strangers: Pace;
}

export function paces(): Paces {
  return { known: new Pace(PER_MINUTE), strangers: new Pace(STRANGERS_PER_MINUTE) };
}

/** Lets in who brings a token; whoever comes too often waits. */
export function withToken({ store, now }: Installation, { known, strangers }: Paces): RequestHandler {
  return async (request, response, next) => {
    const judgement = await judge(store, request.get("authorization"), "push", now());
    if ("refusal" in judgement) return refuseStranger(response, strangers, judgement.refusal);
    const wait = known.take(String(judgement.token.id));
    if (wait > 0) return tooOften(response, wait);
    next();
  };
}

export function refuseStranger(response: Response, strangers: Pace, refusal: string): void {
  const wait = strangers.take("");
  if (wait > 0) return tooOften(response, wait);
  response.set("WWW-Authenticate", 'Bearer realm="Headway"');
  problem(response, 401, refusal);
}

function tooOften(response: Response, seconds: number): void {
  response.set("Retry-After", String(seconds));
  problem(response, 429, `This is more than Headway takes in a minute. Come back in ${seconds} seconds.`);
}

export function only(types: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const type = (request.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
    if (types.includes(type)) return next();
    problem(response, 415, `Send ${types.join(" or ")}, and say so in the header \`content-type\`.`);
  };
}
