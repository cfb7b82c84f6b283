/** How people come in and go. */
import type { Instant } from "#metrics/time.ts";
import { HOUR } from "#metrics/time.ts";
import { BadRequest, Refused } from "../answers/problem.ts";
import type { Body, CommandReply } from "../contract.ts";
import type { Member } from "../store/members.ts";
import { keyOf } from "../store/members.ts";
import { hashOf } from "../hash.ts";
import type { Person } from "./access.ts";
import { IDLE, LONGEST } from "./access.ts";
import { cookieIn, dropCookie, LINK, newSecret, SESSION, setCookie } from "./cookies.ts";
import { me } from "./me.ts";
import { hashPassword, isPassword, refuseWeak } from "./passwords.ts";
import type { Asking } from "./routes.ts";

type Me = CommandReply<"/api/login">;

/** The same words, after the same time, whether there is such a user or not. @throws Refused */
export async function login(asking: Asking, { name, password }: Body<"/api/login">): Promise<Me> {
  const { store } = asking.access;
  return patiently(asking, keyOf(name), async () => {
    const member = await store.findMember({ name });
    const isRight = await isPassword(password, member?.password ?? null);
    if (member === null || !isRight)
      throw new Refused(401, "Not let in", "There is no user of that name with that password.");
    return begin(asking, member);
  });
}

/** Waits, or counts a try that failed unless it succeeds. @throws Refused */
async function patiently<T>({ access, request }: Asking, account: string, work: () => Promise<T>): Promise<T> {
  const { patience } = access;
  const address = request.ip ?? "";
  const seconds = patience.take(account, address);
  if (seconds > 0)
    throw new Refused(
      429,
      "Too many tries",
      `That was wrong too often. Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
      { "Retry-After": String(seconds) },
    );
  const done = await work();
  patience.succeed(account, address);
  return done;
}

/** Another session each time: one from before ends, so that nobody can plant one. */
export async function begin(asking: Asking, member: Member, hours = LONGEST / HOUR): Promise<Me> {
  const { access, request, response } = asking;
  const { store, now } = access;
  const before = await cookieIn(access, request, SESSION);
  if (before !== null) await store.leaveSession(hashOf(before));
  const secret = newSecret();
  const at = now();
  const expiresAt = at + Math.min(LONGEST, hours * HOUR);
  await store.beginSession({
    hash: hashOf(secret),
    memberId: member.id,
    now: at,
    expiresAt,
    idleSince: at - IDLE,
  });
  await setCookie(access, { request, response }, SESSION, { value: secret, expiresAt });
  return me({ access, who: await personOf(asking, member, secret, expiresAt) });
}

async function personOf({ access }: Asking, member: Member, secret: string, until: Instant): Promise<Person> {
  const found = await access.store.findSession(hashOf(secret));
  const { id, name, role } = member;
  return { kind: "person", id, name, role, session: found?.session.id ?? 0, until, teams: member.teams ?? [] };
}

/** Whoever came in by an identity provider is told where they log out there, too: else they would be in again with one click. */
export async function logout({ access, request, response }: Asking): Promise<CommandReply<"/api/logout">> {
  const { store, provider } = access;
  const secret = await cookieIn(access, request, SESSION);
  const found = secret === null ? null : await store.findSession(hashOf(secret));
  if (secret !== null) await store.leaveSession(hashOf(secret));
  await dropCookie(access, { request, response }, SESSION);
  await dropCookie(access, { request, response }, LINK);
  const isProvided = found !== null && found.member.subject !== null;
  return { to: isProvided ? ((await provider()?.farewell()) ?? null) : null };
}

/** @throws Refused when somebody is there already. */
export async function firstRunCode({ access }: Asking): Promise<CommandReply<"/api/first-run/code">> {
  await refuseSecond(access);
  return { expiresAt: new Date(access.firstRun.begin()).toISOString() };
}

/** @throws Refused when somebody is there already; BadRequest for another code or a weak password. */
export async function firstRun(asking: Asking, { code, name, password }: Body<"/api/first-run">): Promise<Me> {
  const { access } = asking;
  await refuseSecond(access);
  refuseWeak(password, name);
  if (!access.firstRun.isCode(code))
    throw new BadRequest(
      "This is not the code that the terminal shows, or it has expired. Have another one printed, and enter that.",
    );
  const entry = { password: await hashPassword(password), invitation: null, subject: null };
  const deed = { actor: name, at: access.now() };
  const member = await access.store.addMember({ name, role: "admin", entry, first: true }, deed);
  if (member === null) return refuseSecond(access, true);
  access.firstRun.end();
  return begin(asking, member);
}

async function refuseSecond({ store }: Asking["access"], isSecond?: true): Promise<never>;
async function refuseSecond({ store }: Asking["access"], isSecond?: boolean): Promise<void>;
async function refuseSecond({ store }: Asking["access"], isSecond = false): Promise<void> {
  if (isSecond || (await store.hasMembers()))
    throw new Refused(409, "There is an administrator", "Somebody was first. Log in, or ask them to invite you.");
}

/** @throws BadRequest when it was taken before, is too old, or never was. */
export async function welcome(asking: Asking, { code, password }: Body<"/api/welcome">): Promise<Me> {
  const { access } = asking;
  return patiently(asking, `invitation ${hashOf(code)}`, async () => {
    const member = await access.store.findMember({ invitation: hashOf(code) });
    if (member === null || (member.invitedUntil ?? 0) <= access.now())
      throw new BadRequest(
        "This invitation was taken before, or it has expired. Ask whoever invited you for another one.",
      );
    await setPassword(asking, member, password);
    return begin(asking, member);
  });
}

/** @throws BadRequest when the current one is another, or the new one is weak. */
export async function changePassword(asking: Asking, { current, password }: Body<"/api/password">): Promise<Me> {
  const { access, who } = asking;
  const member = who.kind === "person" ? await access.store.findMember({ name: who.name }) : null;
  if (member === null)
    throw new BadRequest("Nobody logs in here with a password. `headway user add` lets somebody in.");
  return patiently(asking, keyOf(member.name), async () => {
    if (!(await isPassword(current, member.password)))
      throw new BadRequest("The current password is another one, so nothing was changed.");
    await setPassword(asking, member, password);
    return begin(asking, member);
  });
}

async function setPassword({ access }: Asking, { name }: Member, password: string): Promise<void> {
  refuseWeak(password, name);
  const turn = { kind: "password", password: await hashPassword(password) } as const;
  await access.store.turnMember(name, turn, { deed: { actor: name, at: access.now() }, mayBeLast: false });
}
