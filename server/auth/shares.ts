/** Links that show somebody without a login a view, for some days, and nothing else to do. */
import { DAY } from "#metrics/time.ts";
import { BadRequest } from "../answers/problem.ts";
import type { Body, CommandReply, Reply } from "../contract.ts";
import type { Share } from "../store/shares.ts";
import { hashOf } from "../hash.ts";
import { LINK, newSecret, setCookie } from "./cookies.ts";
import type { Asking } from "./routes.ts";
import { actorOf, deedOf } from "./users.ts";

export async function answerShares({ access, who }: Asking): Promise<Reply<"/api/shares">> {
  return (await access.store.shares(whose(who))).map(toTold);
}

/** An administrator sees and ends all of them, everybody else their own. */
function whose(who: Asking["who"]): string | null {
  return who.kind === "person" && who.role !== "admin" ? who.name : null;
}

/** @throws BadRequest where nobody needs one. */
export async function addShare(
  asking: Asking,
  { path, days }: Body<"/api/shares/add">,
): Promise<CommandReply<"/api/shares/add">> {
  const { access, who } = asking;
  if (who.kind === "open")
    throw new BadRequest(
      "Nobody can log in here, so a link would open nothing: whoever reaches this machine sees everything.",
    );
  const code = newSecret();
  const expiresAt = access.now() + days * DAY;
  await access.store.addShare({ hash: hashOf(code), path, expiresAt }, deedOf(asking));
  return { code, path, expiresAt: new Date(expiresAt).toISOString() };
}

/** @throws BadRequest when it is not theirs, or ended already. */
export async function endShare(asking: Asking, { id }: Body<"/api/shares/end">): Promise<Record<string, never>> {
  const madeBy = whose(asking.who);
  if (await asking.access.store.endShare({ id, madeBy }, deedOf(asking))) return {};
  throw new BadRequest(`${actorOf(asking.who)} has no such link in force.`);
}

/** Takes the code out of the address: from now on a cookie stands for it, which no page and no log sees. @throws BadRequest */
export async function openShare(
  { access, request, response }: Asking,
  { code }: Body<"/api/shares/open">,
): Promise<CommandReply<"/api/shares/open">> {
  const share = await access.store.findShare(hashOf(code));
  if (share === null || share.revokedAt !== null || share.expiresAt <= access.now())
    throw new BadRequest("This link has expired, or it was ended. Ask whoever gave it to you for another one.");
  await setCookie(access, { request, response }, LINK, { value: code, expiresAt: share.expiresAt });
  return { path: share.path };
}

function toTold({ id, path, madeBy, createdAt, expiresAt, lastUsedAt, revokedAt }: Share) {
  const iso = (at: number): string => new Date(at).toISOString();
  return {
    id,
    path,
    by: madeBy,
    createdAt: iso(createdAt),
    expiresAt: iso(expiresAt),
    lastUsedAt: lastUsedAt === null ? null : iso(lastUsedAt),
    revokedAt: revokedAt === null ? null : iso(revokedAt),
  };
}
