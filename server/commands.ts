/** The paths that change something: parsed, guarded, and each answered by whoever runs this server. */
import type { ErrorRequestHandler, Request, Response, Router } from "express";
import express from "express";
import { z } from "zod";
import { HostError } from "#collectors/collector.ts";
import { ConfigError } from "#config/errors.ts";
import { BadRequest, Refused } from "./answers/problem.ts";
import { whoOf } from "./auth/access.ts";
import { actorOf } from "./auth/users.ts";
import { unreadable } from "./auth/body.ts";
import type { AccessPath, Body, CommandPath, CommandReply } from "./contract.ts";
import { commands } from "./contract.ts";

/** What it can be told whatever it was started for is about access, and not among it. */
type ControlPath = Exclude<CommandPath, AccessPath>;

/** What a running Headway can be told to do. */
export type Control = {
  /** @param actor who tells it, as they are written down. */
  readonly [P in ControlPath]: (body: Body<P>, signal: AbortSignal, actor?: string) => Promise<CommandReply<P>>;
};

/** @param control `null` where a server only answers questions. */
export function commandRoutes(control: Control | null): Router {
  const router = express.Router();
  const on = <P extends ControlPath>(path: P, limit = "64kb") => {
    router.post(path, express.json({ limit }), async (request, response) => {
      if (control === null)
        throw new Refused(
          409,
          "This server only shows",
          "It was started without the means to collect or to configure. Use the one that `headway start` started.",
        );
      const parsed = commands[path].body.safeParse(signed(request));
      if (!parsed.success) throw new BadRequest(z.prettifyError(parsed.error));
      // oxlint-disable-next-line no-unsafe-type-assertion -- the contract pairs each path with its schema, which the index hides from the compiler
      const body = parsed.data as Body<P>;
      response.json(await control[path](body, signalOf(response), actorOf(whoOf(request))));
    });
  };
  on("/api/sync");
  on("/api/connect/probe");
  on("/api/connect");
  on("/api/judgements/add");
  on("/api/judgements/reverse");
  on("/api/experiments/add");
  on("/api/experiments/withdraw");
  on("/api/programme/set");
  on("/api/programme/remove");
  on("/api/programme/import", "1mb");
  on("/api/programme/costs/import", "1mb");
  on("/api/reviews/freeze", "256kb");
  on("/api/assessments/add");
  on("/api/ledger/add");
  on("/api/ledger/move");
  on("/api/ledger/validate");
  on("/api/ledger/withdraw");
  on("/api/ledger/fund");
  on("/api/savings/records/freeze");
  on("/api/savings/records/withdraw");
  on("/api/savings/actuals/import", "1mb");
  on("/api/savings/statements/issue");
  on("/api/baselines/freeze");
  on("/api/baselines/withdraw");
  router.use(translate);
  router.use(unreadable);
  return router;
}

/** Whoever logged in signs with the name they are known by, whatever they write. */
function signed(request: Request): unknown {
  const body: unknown = request.body;
  const who = whoOf(request);
  if (who.kind !== "person" || typeof body !== "object" || body === null || !("actor" in body)) return body;
  return { ...body, actor: who.name };
}

/** Given when the reader has left. */
function signalOf(response: Response): AbortSignal {
  const left = new AbortController();
  response.once("close", () => left.abort(new Error("The reader has left.")));
  return left.signal;
}

/** What a host or the configuration refuses is told as it is. */
const translate: ErrorRequestHandler = (error: unknown, _request, _response, next) => {
  if (error instanceof HostError) return next(new Refused(422, TITLES[error.reason], error.message));
  if (error instanceof ConfigError)
    return next(new Refused(409, "The configuration cannot be changed so", error.message));
  next(error);
};

const TITLES: Record<HostError["reason"], string> = {
  auth: "The host does not accept the token",
  "rate-limit": "The host's limit is used up",
  "not-found": "The host is not there",
  empty: "There is nothing there",
  unavailable: "The host does not answer",
};
