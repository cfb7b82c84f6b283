/** Where people are logged in. */
import { BadRequest } from "../answers/problem.ts";
import type { Body, Reply } from "../contract.ts";
import type { SessionOf } from "../store/sessions.ts";
import { IDLE } from "./access.ts";
import type { Asking } from "./routes.ts";
import { deedOf } from "./users.ts";

export async function answerSessions(asking: Asking): Promise<Reply<"/api/sessions">> {
  const { who, access } = asking;
  if (who.kind !== "person") return [];
  return (await access.store.sessions(who.id)).filter(inForce(asking)).map(toTold(asking));
}

export async function answerAllSessions(asking: Asking): Promise<Reply<"/api/users/sessions">> {
  const all = (await asking.access.store.sessions(null)).filter(inForce(asking));
  return all.map((session) => ({ ...toTold(asking)(session), of: session.name }));
}

export async function endOwnSession(asking: Asking, { id }: Body<"/api/sessions/end">): Promise<Record<string, never>> {
  const { who, access } = asking;
  const memberId = who.kind === "person" ? who.id : -1;
  if (await access.store.endSession({ id, memberId }, deedOf(asking))) return {};
  throw new BadRequest("You have no such session: it ended already.");
}

function inForce({ access }: Asking) {
  const now = access.now();
  return ({ expiresAt, usedAt }: SessionOf): boolean => expiresAt > now && usedAt + IDLE > now;
}

function toTold({ who }: Asking) {
  return ({ id, beganAt, usedAt, expiresAt }: SessionOf): Reply<"/api/sessions">[number] => ({
    id,
    beganAt: iso(beganAt),
    usedAt: iso(usedAt),
    expiresAt: iso(expiresAt),
    isThis: who.kind === "person" && who.session === id,
  });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
