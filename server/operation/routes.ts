/** Answers to whoever operates Headway. */
import type { Request, RequestHandler, Response, Router } from "express";
import express from "express";
import { SECOND } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import { problem } from "../problem.ts";
import type { ReplyCounts } from "../replies.ts";
import { StoreError } from "../store/errors.ts";
import { judge } from "../tokens.ts";
import type { Readiness } from "./contract.ts";
import { isHere } from "../here.ts";
import { exposition } from "./exposition.ts";
import type { Telemetry } from "./telemetry.ts";
import { stateOf } from "./telemetry.ts";

/** Whether somebody may see what is counted; what to say when not. */
export type Gate = (request: Request) => Promise<{ readonly refusal: string } | null>;

/** Until there is a login: whoever sits at this machine, and whoever brings a token for it. */
export function watcherGate({ store, now }: Installation): Gate {
  return async (request) => {
    if (isHere(request)) return null;
    const judgement = await judge(store, request.get("authorization"), "metrics", now());
    return "refusal" in judgement ? judgement : null;
  };
}

/** For probes, which name this server as they like and know nothing of it: whether it lives and can answer. */
export function probeRoutes(installation: Installation, stopping: AbortSignal): Router {
  const router = express.Router();
  router.get("/healthz", (_request, response) => void unkept(response).json({ alive: true }));
  router.get("/readyz", async (_request, response) => {
    const reason = await obstacle(installation, stopping);
    const readiness: Readiness = { ready: reason === null, reason };
    unkept(response)
      .status(reason === null ? 200 : 503)
      .json(readiness);
  });
  return router;
}

/** Tables are up to date once a database is open, so what can be wrong is whether it can be read now. */
async function obstacle({ store }: Installation, stopping: AbortSignal): Promise<string | null> {
  if (stopping.aborted) return "It is stopping.";
  try {
    await store.factsVersion();
    return null;
  } catch (error) {
    // The message names files of this machine, which are nobody's concern here.
    if (error instanceof StoreError) return `The database cannot be used now (${error.reason}).`;
    throw error;
  }
}

export function metricsRoute(
  installation: Installation,
  telemetry: Telemetry,
  replies: ReplyCounts,
  gate: Gate = watcherGate(installation),
): Router {
  const router = express.Router();
  router.get("/metrics", async (request, response) => {
    const refused = await gate(request);
    if (refused !== null) {
      response.set("WWW-Authenticate", 'Bearer realm="Headway"');
      return problem(response, 401, "Only for whoever operates it", refused.refusal);
    }
    const families = [...telemetry.families(), ...(await stateOf(installation, replies))];
    unkept(response).type("text/plain; version=0.0.4; charset=utf-8").send(exposition(families));
  });
  return router;
}

function unkept(response: Response): Response {
  return response.set("Cache-Control", "no-store");
}

/** Tells what was answered, once it was. */
export function observed(
  tell: (request: Request, response: Response, route: string, status: number, seconds: number) => void,
): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    response.once("close", () => {
      const status = response.writableFinished ? response.statusCode : LEFT;
      tell(request, response, routeOf(request, status), status, (performance.now() - began) / SECOND);
    });
    next();
  };
}

/** As nginx writes it down: who asked has left before the answer. */
const LEFT = 499;

/** The path as it is in the contract, so that there are as many as we wrote; words for what has none. */
function routeOf(request: Request, status: number): string {
  const route: unknown = request.route;
  if (typeof route === "object" && route !== null && "path" in route && typeof route.path === "string")
    return route.path;
  if (/^\/demo(\/|$)/.test(request.originalUrl)) return "demo";
  return status === 404 ? "none" : "other";
}
