/** The one place that decides who may use a path: by its rule, before anything else looks at the request. */
import type { Request, RequestHandler, Response } from "express";
import { SECOND } from "#metrics/time.ts";
import { Refused } from "../answers/problem.ts";
import { exportContract, liveContract } from "../contract.ts";
import type { Access, Who } from "./access.ts";
import { remember, whoAsks } from "./access.ts";
import type { May } from "./roles.ts";
import { isAtLeast, isRole } from "./roles.ts";
import type { Rule } from "./rules.ts";
import { ruleOf } from "./rules.ts";
import { sightOf } from "./sight.ts";
import { refuseElsewhere, refuseOtherPages } from "./same-origin.ts";

/** A stream is looked at so often: whoever may no longer is not told any more. */
const LOOK = 30 * SECOND;

/** @param push lets in those who bring a token for pushing. */
export function door(access: Access, push: RequestHandler): RequestHandler {
  return async (request, response, next) => {
    const rule = ruleOf(request.method, request.path);
    if (rule?.may === "push") {
      push(request, response, next);
      return;
    }
    if (!isOfApi(request.path) || rule?.may === "secret") {
      next();
      return;
    }
    const who = await whoAsks(access, request);
    refuse(access, rule, who);
    // What somebody was told is kept by no browser and no proxy for another.
    if (who.kind !== "open") response.set("Cache-Control", "no-cache, private").vary("Cookie");
    if (rule === null)
      throw new Refused(
        404,
        "There is no such path",
        `${request.method} ${request.originalUrl} is not part of the API: see /api/openapi.json.`,
      );
    if (rule.method === "POST") {
      if (who.kind === "open") refuseElsewhere(request);
      refuseOtherPages(request);
    }
    remember(request, who);
    if (rule.path === liveContract.path) watch(access, rule, request, response);
    next();
  };
}

function isOfApi(path: string): boolean {
  return /^\/+api(\/|$)/i.test(path);
}

/** @throws Refused when there is no rule for it that lets them in. */
function refuse({ config }: Access, rule: Rule | null, who: Who): void {
  if (who.kind === "open" || rule?.may === "anyone") return;
  if (who.kind === "nobody") throw new Refused(401, "Log in first", who.refusal);
  if (rule === null) return;
  const sight = sightOf(who, config());
  if (isAllowed(rule.may, rule.method, who)) {
    if (sight === null || rule.may === "person" || sight.mayAsk(withoutKind(rule.path))) return;
    throw new Refused(403, "Not for everybody", sight.refusal);
  }
  throw new Refused(403, "Not for everybody", refusalOf(rule.may, who));
}

/** Whoever may read with a token or a link may read what a viewer may, and nothing else. */
function isAllowed(may: May, method: Rule["method"], who: Who): boolean {
  switch (who.kind) {
    case "open":
      return true;
    case "nobody":
      return false;
    case "person":
      return may === "person" || (isRole(may) && isAtLeast(who.role, may));
    case "token":
    case "link":
      return may === "viewer" && method === "GET";
  }
}

/** Each kind of an export has a rule of its own. */
function withoutKind(path: string): string {
  return path.startsWith(EXPORTS) ? exportContract.path : path;
}

const EXPORTS = exportContract.path.replace(":kind", "");

function refusalOf(may: May, who: Who): string {
  if (who.kind !== "person")
    return "A token for reading or a link shows what is there, and nothing else. Log in first.";
  if (!isRole(may)) return "This is for somebody who logged in.";
  return `This is for the role ${may}${may === "admin" ? "" : " or one above it"}, and yours is ${who.role}. An administrator can give you another one.`;
}

/** What of the rules somebody may, beside what everybody who reads may. */
export function allowed(rules: readonly Rule[], who: Who): readonly Rule[] {
  return rules.filter(
    ({ may, method }) =>
      may !== "anyone" && may !== "push" && may !== "secret" && may !== "watcher" && isAllowed(may, method, who),
  );
}

function watch(access: Access, rule: Rule, request: Request, response: Response): void {
  const timer = setInterval(() => {
    void (async () => {
      try {
        refuse(access, rule, await whoAsks(access, request));
      } catch {
        response.end();
      }
    })();
  }, LOOK);
  timer.unref();
  response.once("close", () => clearInterval(timer));
}
