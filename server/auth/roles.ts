import { ROLES } from "#config/login.ts";

/** What people are to an installation. Each role may do what those before it may. */
export const roles = ROLES;
export type Role = (typeof roles)[number];

/**
 * The least that is needed for a path: a role; `anyone`; `person`, whoever logged in, for what is about themselves; `push`, a token
 * for pushing; `secret`, the secret of the source that a webhook is for; `watcher`, this machine or a token for metrics.
 */
export type May = Role | "anyone" | "person" | "push" | "secret" | "watcher";

export function isRole(may: string): may is Role {
  return roles.some((role) => role === may);
}

export function isAtLeast(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least);
}

export const ROLE_WORDS = {
  viewer: "reads all numbers and their rows; with `visibility: teams` those of the services of their teams",
  lead: "also decides what counts, sets experiments, starts a sync, shares a view",
  programme: "also changes the programme, freezes and withdraws baselines",
  finance: "also reads who changed what, agrees to savings, imports what was paid, issues statements",
  admin: "also connects hosts, and says who may what: users, tokens, sessions, links",
} as const satisfies Record<Role, string>;
