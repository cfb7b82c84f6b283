/** Who somebody is to an identity provider: their id, their name and their groups. Nothing else of it is looked at. */
import { createHash } from "node:crypto";
import type { LoginOptions } from "#config/login.ts";
import type { Role } from "./roles.ts";
import { roles } from "./roles.ts";

type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

export interface Person {
  readonly subject: string;
  readonly name: string;
  /** `null` where the provider said nothing of groups. */
  readonly groups: readonly string[] | null;
}

export function personIn(claims: Claims, { groups }: LoginOptions): Person {
  return { subject: `${claims.iss} ${claims.sub}`, name: nameIn(claims), groups: groupsIn(claims, groups) };
}

/** A name of the form that names have here; of somebody without one a few letters that stand for their id. */
function nameIn(claims: Claims): string {
  for (const claim of ["name", "preferred_username", "email", "sub"]) {
    const text = claims[claim];
    if (typeof text !== "string") continue;
    const name = text
      .normalize("NFKC")
      .replaceAll(/[^\p{L}\p{N} ._@'-]+/gu, " ")
      .replace(/^[^\p{L}\p{N}]+/u, "")
      .replaceAll(/\s+/g, " ")
      .slice(0, 70)
      .trim();
    if (name !== "") return name;
  }
  return `user ${createHash("sha256").update(claims.sub).digest("hex").slice(0, 8)}`;
}

/** A claim of that very name, else a path into objects, as in `realm_access.roles`. */
function groupsIn(claims: Claims, claim: string): readonly string[] | null {
  let found: unknown = claims[claim];
  if (found === undefined) {
    found = claims;
    for (const part of claim.split("."))
      found =
        typeof found === "object" && found !== null && Object.hasOwn(found, part)
          ? Reflect.get(found, part)
          : undefined;
  }
  if (typeof found === "string") return [found];
  if (!Array.isArray(found)) return null;
  return found.filter((group): group is string => typeof group === "string");
}

/** The teams that somebody's groups show them; `null` where the configuration does not say. */
export function teamsOf(groups: readonly string[] | null, { teams }: LoginOptions): readonly string[] | null {
  if (Object.keys(teams).length === 0) return null;
  const given = (groups ?? []).flatMap((group) => (Object.hasOwn(teams, group) ? (teams[group] ?? []) : []));
  return [...new Set(given)].toSorted();
}

/** The highest role that one of the groups has; `null`: they are not let in. */
export function roleOf(groups: readonly string[] | null, { roles: mapped, others }: LoginOptions): Role | null {
  const given = (groups ?? []).flatMap((group) => (Object.hasOwn(mapped, group) ? (mapped[group] ?? []) : []));
  return roles.findLast((role) => given.includes(role)) ?? others ?? null;
}
