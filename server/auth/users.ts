/** Who can log in, said by an administrator. */
import { instead } from "#config/nearest.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import { BadRequest } from "../answers/problem.ts";
import type { Body, CommandReply, Reply } from "../contract.ts";
import type { Deed } from "../store/audit.ts";
import type { Member, Turn } from "../store/members.ts";
import type { Store } from "../store/store.ts";
import { hashOf } from "../hash.ts";
import { newSecret } from "./cookies.ts";
import type { Asking } from "./routes.ts";
import { structureOf } from "../structure.ts";
import type { Role } from "./roles.ts";
import type { Who } from "./access.ts";

/** Long enough for a weekend's mail, short enough for a forgotten one. */
const INVITATION = 2 * DAY;

export interface Invitation {
  readonly code: string;
  readonly expiresAt: Instant;
}

export async function answerUsers({ access }: Asking): Promise<Reply<"/api/users">> {
  return (await access.store.members()).map(toTold);
}

export async function addUser(asking: Asking, { name, role }: Body<"/api/users/add">) {
  const { code, expiresAt } = await invite(asking.access.store, { name, role }, deedOf(asking));
  return { name, role, code, expiresAt: iso(expiresAt) };
}

export async function inviteUser(asking: Asking, { name }: Body<"/api/users/invite">) {
  const { code, expiresAt, member } = await inviteAgain(asking.access.store, name, deedOf(asking));
  return { name: member.name, role: member.role, code, expiresAt: iso(expiresAt) };
}

export async function setRole(
  asking: Asking,
  { name, role }: Body<"/api/users/role">,
): Promise<CommandReply<"/api/users/role">> {
  const { store } = asking.access;
  refuseProvided(await memberNamed(store, name), "what they may is said by its groups");
  await turn(store, name, { kind: "role", role }, { deed: deedOf(asking), mayBeLast: false });
  return toTold(await memberNamed(store, name));
}

export async function setTeams(
  asking: Asking,
  { name, teams }: Body<"/api/users/teams">,
): Promise<CommandReply<"/api/users/teams">> {
  await turnTeams(asking.access, { name, teams }, deedOf(asking));
  return toTold(await memberNamed(asking.access.store, name));
}

/** @throws BadRequest when there is no such user or no such team, or a provider's groups say it. */
export async function turnTeams(
  { store, config }: Pick<Asking["access"], "store" | "config">,
  { name, teams }: { readonly name: string; readonly teams: readonly string[] },
  deed: Deed,
): Promise<void> {
  const member = await memberNamed(store, name);
  if (Object.keys(config().login?.teams ?? {}).length > 0)
    refuseProvided(member, "which teams they see is said by its groups");
  const known = structureOf(config()).teams.map((team) => team.name);
  const unknown = teams.find((team) => !known.includes(team));
  if (unknown !== undefined)
    throw new BadRequest(
      `There is no team "${unknown}". ${known.length === 0 ? "None is configured: list them in teams: of headway.yaml." : instead(unknown, known)}`,
    );
  await turn(store, name, { kind: "teams", teams }, { deed, mayBeLast: false });
}

export async function removeUser(asking: Asking, { name }: Body<"/api/users/remove">): Promise<Record<string, never>> {
  await turn(asking.access.store, name, { kind: "removal" }, { deed: deedOf(asking), mayBeLast: false });
  return {};
}

export async function endAnySession(
  asking: Asking,
  { id }: Body<"/api/users/sessions/end">,
): Promise<Record<string, never>> {
  if (await asking.access.store.endSession({ id, memberId: null }, deedOf(asking))) return {};
  throw new BadRequest("There is no such session: it ended already.");
}

/** @throws BadRequest when the name is taken. */
export async function invite(
  store: Store,
  { name, role }: { readonly name: string; readonly role: Role },
  deed: Deed,
): Promise<Invitation> {
  const code = newSecret();
  const until = deed.at + INVITATION;
  const entry = { password: null, invitation: { hash: hashOf(code), until }, subject: null };
  if ((await store.addMember({ name, role, entry, first: false }, deed)) === null) throw taken(name);
  return { code, expiresAt: until };
}

export function taken(name: string): BadRequest {
  return new BadRequest(`There is a user called "${name}". Choose another name.`);
}

/** @throws BadRequest when there is no such user. */
export async function inviteAgain(
  store: Store,
  name: string,
  deed: Deed,
): Promise<Invitation & { readonly member: Member }> {
  const member = await memberNamed(store, name);
  refuseProvided(member, "a password here would let them in after the provider no longer does");
  const code = newSecret();
  const until = deed.at + INVITATION;
  await turn(store, name, { kind: "invitation", hash: hashOf(code), until }, { deed, mayBeLast: false });
  return { code, expiresAt: until, member };
}

/** What an identity provider says of somebody is changed there. @throws BadRequest */
function refuseProvided({ name, subject }: Member, why: string): void {
  if (subject === null) return;
  throw new BadRequest(`“${name}” logs in by the company's identity provider, and ${why}. Change it there.`);
}

/** @throws BadRequest when there is no such user, or nobody would be left to say who may what. */
export async function turn(
  store: Store,
  name: string,
  change: Turn,
  how: { readonly deed: Deed; readonly mayBeLast: boolean },
): Promise<void> {
  switch (await store.turnMember(name, change, how)) {
    case "done":
      return;
    case "nobody":
      await memberNamed(store, name);
      return;
    case "last-admin":
      throw new BadRequest(
        `"${name}" is the only administrator, and without one nobody could say who may what. Make somebody else an administrator first.`,
      );
  }
}

/** @throws BadRequest when there is no such user. */
async function memberNamed(store: Store, name: string): Promise<Member> {
  const member = await store.findMember({ name });
  if (member !== null) return member;
  const known = (await store.members()).map((one) => one.name);
  throw new BadRequest(
    `There is no user called "${name}". ${known.length === 0 ? "There is none at all." : instead(name, known)}`,
  );
}

export function deedOf({ access, who }: { access: Asking["access"]; who: Who }): Deed {
  return { actor: actorOf(who), at: access.now() };
}

/** By what name whoever asks is written down. */
export function actorOf(who: Who): string {
  return who.kind === "person" ? who.name : HERE;
}

const HERE = "somebody at this machine";

function toTold({ name, role, password, subject, teams, createdAt }: Member): Reply<"/api/users">[number] {
  const by = subject !== null ? "provider" : password === null ? "invitation" : "password";
  return { name, role, by, teams: [...(teams ?? [])], createdAt: iso(createdAt) };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
