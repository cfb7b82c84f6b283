/** Who asks, and what they may. */
import type { Reply } from "../contract.ts";
import type { Who } from "./access.ts";
import { hasNobody } from "./access.ts";
import { allowed } from "./door.ts";
import type { Asking } from "./routes.ts";
import { rules } from "./rules.ts";

export async function me({ who, access }: Pick<Asking, "who" | "access">): Promise<Reply<"/api/me">> {
  return {
    kind: who.kind,
    name: who.kind === "person" ? who.name : null,
    role: who.kind === "person" ? who.role : null,
    until: who.kind === "person" || who.kind === "link" ? new Date(who.until).toISOString() : null,
    may: may(who),
    provider: access.provider()?.login.name ?? null,
    isVacant: who.kind === "nobody" && (await hasNobody(access)),
  };
}

/** What needs more than reading: the dashboard shows no button that its reader may not press. */
function may(who: Who): string[] {
  return allowed(rules, who).flatMap(({ may: least, path }) => (least === "viewer" ? [] : [path]));
}
