import { instead } from "#config/nearest.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import type { Store } from "../store/store.ts";
import type { TokenRecord } from "../store/tokens.ts";
import type { TokenScope } from "../tokens.ts";
import { hashOf } from "../hash.ts";
import { newToken, scopes } from "../tokens.ts";
import type { Arguments } from "./args.ts";
import { oneOf, TERMINAL } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { withInstallation } from "./installed.ts";
import { createScreen } from "./screen.ts";
import { UsageError } from "./usage.ts";

const DEEDS: Record<TokenScope, string> = { push: "push", read: "read", metrics: "read /metrics" };
const VERBS = ["create", "list", "revoke"] as const;

/** `headway token create|list|revoke`: what programs push with. */
export async function token(args: Arguments, effects: Effects): Promise<number> {
  const verb = askedVerb(args);
  const name = askedName(args, verb);
  const scope = oneOf("scope", args.options.scope ?? "push", scopes);
  const expiresAt = askedExpiry(args, effects.now());
  return withInstallation(args, effects, async ({ store, now }) => {
    const { print } = createScreen(effects.stdout, effects.env);
    switch (verb) {
      case "create":
        await print(await create(store, { name, scope, createdAt: now(), expiresAt }, args.json));
        return 0;
      case "list":
        await print(list(await store.tokens(), now(), args.json));
        return 0;
      case "revoke":
        if (!(await store.revokeToken(name, { actor: TERMINAL, at: now() })))
          throw noSuchToken(name, await store.tokens());
        await print(
          args.json ? JSON.stringify({ name, revoked: true }) : `The token "${name}" opens nothing any more.`,
        );
        return 0;
    }
  });
}

function askedVerb({ operands: [verb, extra] }: Arguments): (typeof VERBS)[number] {
  const found = VERBS.find((one) => one === verb);
  if (verb === undefined) throw new UsageError(`Say what to do: headway token ${VERBS.join(", ")}.`);
  if (found === undefined) throw new UsageError(`\`headway token\` cannot "${verb}". ${instead(verb, VERBS)}`);
  if (extra !== undefined) throw new UsageError(`A token is named with --name: headway token ${verb} --name ${extra}`);
  return found;
}

function askedName({ options: { name = "" } }: Arguments, verb: (typeof VERBS)[number]): string {
  if (verb === "list") return "";
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._/@-]{0,79}$/u.test(name)) return name;
  throw new UsageError(
    `Name the token after what uses it, in at most 80 letters, digits, spaces or . _ / @ -: headway token ${verb} --name jenkins`,
  );
}

/** `90d`, or a day or an instant in the time to come. */
function askedExpiry({ options: { expires } }: Arguments, now: Instant): Instant | null {
  if (expires === undefined) return null;
  const days = /^(\d{1,4})d$/.exec(expires)?.[1];
  const at = days === undefined ? Date.parse(expires) : now + Number(days) * DAY;
  if ((days !== undefined || /^\d{4}-\d\d-\d\d(T.*Z)?$/.test(expires)) && at > now) return at;
  throw new UsageError(
    `--expires cannot be "${expires}". Write a number of days, such as 90d, or a day to come, such as 2027-12-31.`,
  );
}

async function create(
  store: Store,
  asked: { name: string; scope: TokenScope; createdAt: Instant; expiresAt: Instant | null },
  asJson: boolean,
): Promise<string> {
  const made = newToken();
  if (!(await store.addToken({ ...asked, hash: hashOf(made), actor: TERMINAL })))
    throw new UsageError(
      `There is a token called "${asked.name}". Choose another name, or end that one with: headway token revoke --name "${asked.name}"`,
    );
  const { name, scope, expiresAt } = asked;
  if (asJson) return JSON.stringify({ name, scope, expiresAt: iso(expiresAt), token: made });
  const until = expiresAt === null ? "until it is revoked" : `until ${iso(expiresAt)}`;
  return `${made}\n\nThis is the only time it is shown. It may ${DEEDS[scope]}, as "${name}", ${until}:\n  Authorization: Bearer …`;
}

function list(tokens: readonly TokenRecord[], now: Instant, asJson: boolean): string {
  const rows = tokens.map((record) => ({
    name: record.name,
    scope: record.scope,
    state: stateOf(record, now),
    createdAt: iso(record.createdAt),
    expiresAt: iso(record.expiresAt),
    lastUsedAt: iso(record.lastUsedAt),
  }));
  if (asJson) return JSON.stringify(rows, null, 2);
  if (rows.length === 0) return "There is no token. Make one with: headway token create --name NAME";
  return rows
    .map(
      ({ name, scope, state, createdAt, expiresAt, lastUsedAt }) =>
        `${name}: ${state}, may ${scope}, made ${createdAt}, ${expiresAt === null ? "expires never" : `expires ${expiresAt}`}, ${lastUsedAt === null ? "never used" : `last used ${lastUsedAt}`}`,
    )
    .join("\n");
}

function stateOf({ revokedAt, expiresAt }: TokenRecord, now: Instant): "in force" | "revoked" | "expired" {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt <= now ? "expired" : "in force";
}

function noSuchToken(name: string, tokens: readonly TokenRecord[]): UsageError {
  const inForce = tokens.filter(({ revokedAt }) => revokedAt === null).map((one) => one.name);
  const hint = inForce.length === 0 ? "None is in force." : instead(name, inForce);
  return new UsageError(`No token called "${name}" is in force. ${hint}`);
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
