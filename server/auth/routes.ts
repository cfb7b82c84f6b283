/** The paths about who may use it. The door has let in whoever comes here. */
import type { Request, Response, Router } from "express";
import express from "express";
import { z } from "zod";
import { BadRequest } from "../answers/problem.ts";
import type { AccessPath, Body, CommandReply, Query, Reply } from "../contract.ts";
import { commands, contract } from "../contract.ts";
import type { accessContract } from "../access-contract.ts";
import { unreadable } from "./body.ts";
import { changePassword, firstRun, firstRunCode, login, logout, welcome } from "./logging-in.ts";
import { beginAtProvider, endAtProvider } from "./by-provider.ts";
import { me } from "./me.ts";
import { addShare, answerShares, endShare, openShare } from "./shares.ts";
import { addToken, answerTokens, revokeToken } from "./tokens.ts";
import { addUser, answerUsers, endAnySession, inviteUser, removeUser, setRole, setTeams } from "./users.ts";
import { answerAllSessions, answerSessions, endOwnSession } from "./own-sessions.ts";
import type { Access, Who } from "./access.ts";
import { whoOf } from "./access.ts";

type Question = keyof typeof accessContract;

/** One request to do with access, and who makes it. */
export interface Asking {
  readonly access: Access;
  readonly who: Who;
  readonly request: Request;
  readonly response: Response;
}

export function accessRoutes(access: Access): Router {
  const router = express.Router();
  const get = <P extends Question>(path: P, answer: (asking: Asking, query: Query<P>) => Promise<Reply<P>>) => {
    router.get(path, async (request, response) => {
      const query = parse<Query<P>>(contract[path].query, request.query);
      response.json(await answer({ access, who: whoOf(request), request, response }, query));
    });
  };
  const post = <P extends AccessPath>(path: P, act: (asking: Asking, body: Body<P>) => Promise<CommandReply<P>>) => {
    router.post(path, express.json({ limit: "64kb" }), async (request, response) => {
      const body = parse<Body<P>>(commands[path].body, request.body);
      const reply = await act({ access, who: whoOf(request), request, response }, body);
      response.set("Cache-Control", "no-store").json(reply);
    });
  };
  get("/api/me", me);
  get("/api/sessions", answerSessions);
  get("/api/tokens", answerTokens);
  get("/api/shares", answerShares);
  get("/api/users", answerUsers);
  get("/api/users/sessions", answerAllSessions);
  post("/api/login", login);
  post("/api/login/provider", beginAtProvider);
  post("/api/login/provider/end", endAtProvider);
  post("/api/logout", logout);
  post("/api/first-run/code", firstRunCode);
  post("/api/first-run", firstRun);
  post("/api/welcome", welcome);
  post("/api/password", changePassword);
  post("/api/sessions/end", endOwnSession);
  post("/api/tokens/add", addToken);
  post("/api/tokens/revoke", revokeToken);
  post("/api/shares/add", addShare);
  post("/api/shares/end", endShare);
  post("/api/shares/open", openShare);
  post("/api/users/add", addUser);
  post("/api/users/invite", inviteUser);
  post("/api/users/role", setRole);
  post("/api/users/teams", setTeams);
  post("/api/users/remove", removeUser);
  post("/api/users/sessions/end", endAnySession);
  router.use(unreadable);
  return router;
}

/** What was sent may be a secret, so it is not repeated. */
function parse<T>(schema: z.ZodType, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new BadRequest(z.prettifyError(parsed.error));
  // oxlint-disable-next-line no-unsafe-type-assertion -- the contract pairs each path with its schema, which the index hides from the compiler
  return parsed.data as T;
}
