/** Who asks: whoever sits at this machine where nobody can log in, else whoever a session, a token or a link stands for. */
import type { Request } from "express";
import type { Config } from "#config/schema.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import type { Store } from "../store/store.ts";
import { hashOf } from "../hash.ts";
import { isFirstHand } from "../here.ts";
import { judge } from "../tokens.ts";
import { cookieIn, LINK, SESSION } from "./cookies.ts";
import type { Patience } from "./patience.ts";
import type { Role } from "./roles.ts";
import type { FirstRun } from "./first-run.ts";
import type { Provider } from "./provider.ts";

/** A session ends when nothing was asked for so long … */
export const IDLE = 12 * HOUR;
/** … and so long after it began in any case. */
export const LONGEST = 7 * DAY;

export interface Access {
  readonly store: Store;
  readonly now: () => Instant;
  /** Whether others than this machine can reach it: then nothing is open, even if nobody can log in any more. */
  readonly isWide: boolean;
  readonly firstRun: FirstRun;
  readonly patience: Patience;
  /** The company's identity provider: where there is one, nothing is open either. */
  readonly provider: () => Provider | null;
  /** What is configured now. */
  readonly config: () => Config;
}

export interface Person {
  readonly kind: "person";
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly session: number;
  readonly until: Instant;
  /** That they are shown, where viewers are shown some. */
  readonly teams: readonly string[];
}

export type Who =
  | { readonly kind: "open" }
  | { readonly kind: "nobody"; readonly refusal: string }
  | Person
  | { readonly kind: "token" }
  | {
      readonly kind: "link";
      readonly until: Instant;
      /** The view that it shows. */
      readonly path: string;
    };

const REFUSAL = "Log in first: this Headway tells what it knows to those it knows.";

/** Somebody who came through a proxy is not whoever sits at the machine. */
const VACANT =
  "Nobody can log in yet, so Headway tells what it knows to whoever sits at its machine, and to nobody who comes from elsewhere or by a proxy. On that machine: `headway user add --name NAME --role admin` (or `login` in headway.yaml, for the company's identity provider).";

export async function whoAsks(access: Access, request: Request): Promise<Who> {
  const { store, now, isWide, config } = access;
  const person = await personBy(access, await cookieIn(access, request, SESSION));
  if (person !== null) return person;
  const isVacant = await hasNobody(access);
  if (isVacant && !isWide && isFirstHand(request, config())) return { kind: "open" };
  const authorization = request.get("authorization");
  if (authorization !== undefined) {
    const judged = await judge(store, authorization, "read", now());
    return "token" in judged ? { kind: "token" } : { kind: "nobody", refusal: judged.refusal };
  }
  const refusal = isVacant ? VACANT : REFUSAL;
  return (await linkBy(access, await cookieIn(access, request, LINK))) ?? { kind: "nobody", refusal };
}

/** Whether there is neither a user nor an identity provider: nobody can log in yet. */
export async function hasNobody({ store, provider }: Pick<Access, "store" | "provider">): Promise<boolean> {
  return provider() === null && !(await store.hasMembers());
}

async function personBy({ store, now }: Access, secret: string | null): Promise<Person | null> {
  if (secret === null) return null;
  const found = await store.findSession(hashOf(secret));
  if (found === null) return null;
  const { session, member } = found;
  const at = now();
  const until = Math.min(session.expiresAt, session.usedAt + IDLE);
  if (at >= until) return null;
  store.useSession(session, at);
  const { id, name, role, teams } = member;
  return { kind: "person", id, name, role, session: session.id, until: session.expiresAt, teams: teams ?? [] };
}

async function linkBy({ store, now }: Access, secret: string | null): Promise<Who | null> {
  if (secret === null) return null;
  const share = await store.findShare(hashOf(secret));
  const at = now();
  if (share === null || share.revokedAt !== null || share.expiresAt <= at) return null;
  store.useShare(share, at);
  return { kind: "link", until: share.expiresAt, path: share.path };
}

const known = new WeakMap<Request, Who>();

export function remember(request: Request, who: Who): void {
  known.set(request, who);
}

/** Whom the door let in. */
export function whoOf(request: Request): Who {
  return known.get(request) ?? { kind: "nobody", refusal: REFUSAL };
}
