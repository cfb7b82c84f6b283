/** The part of the API that is about who may use it: logging in, users, sessions, tokens, links. */
import { z } from "zod";
import { At } from "./asking-contract.ts";
import { roles } from "./auth/roles.ts";
import { scopes } from "./tokens.ts";

const Role = z.enum(roles);

/** What somebody is called here. */
const Called = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._@'-]{0,79}$/u,
    "A name has at most 80 letters, digits, spaces or . _ @ ' - and begins with a letter or a digit.",
  );
/** One that is there already, or not: which of them is told by the answer. */
const Known = z.string().max(200);
const Password = z.string().max(1000).describe("At least 12 characters; nothing else is asked of it.");
const Code = z.string().min(1).max(200);

const Me = z.object({
  kind: z
    .enum(["open", "nobody", "person", "token", "link"])
    .describe(
      "`open`: nobody can log in here, so whoever sits at this machine may all. `nobody`: a login is asked for.",
    ),
  name: z.string().nullable().describe("What whoever logged in is called."),
  role: Role.nullable(),
  until: At.nullable().describe("When the session or the link ends."),
  may: z.array(z.string()).describe("The paths of the API that may be used, beside those of whoever only reads."),
  provider: z
    .string()
    .nullable()
    .describe("What the identity provider is called by which one can log in, if there is one."),
  isVacant: z
    .boolean()
    .describe("Whether nobody can log in yet, so that whoever asks becomes the first administrator or stays out."),
});

const User = z.object({
  name: z.string(),
  role: Role,
  by: z.enum(["password", "invitation", "provider"]).describe("How they log in; `invitation`: not yet."),
  teams: z
    .array(z.string())
    .describe("Whose services they see as a viewer, where `visibility` in the configuration is `teams`."),
  createdAt: At,
});

const Invited = z.object({
  name: z.string(),
  role: Role,
  code: z.string().describe("What the invitation is opened with, once. It is never said again."),
  expiresAt: At,
});

const Session = z.object({
  id: z.int(),
  beganAt: At,
  usedAt: At,
  expiresAt: At,
  isThis: z.boolean().describe("Whether it is the one that asks."),
});

const TokenName = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._/@-]{0,79}$/u,
    "A token is named after what uses it, in at most 80 letters, digits, spaces or . _ / @ -.",
  );

const Days = z.int().min(1).max(366);

/** A page of the dashboard with its filters, and nothing that leads elsewhere. */
const View = z
  .string()
  .max(2000)
  .regex(/^[a-z-]*(\?[^#\s\\]*)?$/, "Name a page with its filters, such as `delivery?scope=team:payments`.");

export const accessContract = {
  "/api/me": {
    may: "anyone",
    summary: "Who asks, and what they may.",
    query: z.strictObject({}),
    reply: Me,
  },
  "/api/sessions": {
    may: "person",
    summary: "Where whoever asks is logged in.",
    query: z.strictObject({}),
    reply: z.array(Session),
  },
  "/api/tokens": {
    may: "admin",
    summary: "Tokens of programs, newest first; what they are is known to nobody.",
    query: z.strictObject({}),
    reply: z.array(
      z.object({
        name: z.string(),
        scope: z.string(),
        createdAt: At,
        expiresAt: At.nullable(),
        lastUsedAt: At.nullable(),
        revokedAt: At.nullable(),
      }),
    ),
  },
  "/api/shares": {
    may: "lead",
    summary: "Links to views, newest first: one's own, or as an administrator all.",
    query: z.strictObject({}),
    reply: z.array(
      z.object({
        id: z.int(),
        path: z.string(),
        by: z.string(),
        createdAt: At,
        expiresAt: At,
        lastUsedAt: At.nullable(),
        revokedAt: At.nullable(),
      }),
    ),
  },
  "/api/users": {
    may: "admin",
    summary: "Who can log in.",
    query: z.strictObject({}),
    reply: z.array(User),
  },
  "/api/users/sessions": {
    may: "admin",
    summary: "Everybody's sessions.",
    query: z.strictObject({}),
    reply: z.array(Session.extend({ of: z.string().describe("Whose it is.") })),
  },
} as const;

export const accessCommands = {
  "/api/tokens/add": {
    may: "admin",
    summary: "Makes a token, for pushing or for reading. The answer alone says what it is.",
    body: z.strictObject({ name: TokenName, scope: z.enum(scopes), days: Days.nullable() }),
    reply: z.object({ name: z.string(), scope: z.string(), token: z.string(), expiresAt: At.nullable() }),
  },
  "/api/tokens/revoke": {
    may: "admin",
    summary: "Ends a token.",
    body: z.strictObject({ name: Known }),
    reply: z.object({}),
  },
  "/api/shares/add": {
    may: "lead",
    summary: "Makes a link that shows a view to whoever has it, for some days.",
    body: z.strictObject({ path: View, days: Days.max(90) }),
    reply: z.object({ code: z.string().describe("It is never said again."), path: z.string(), expiresAt: At }),
  },
  "/api/shares/end": {
    may: "lead",
    summary: "Ends a link: one's own, or as an administrator any.",
    body: z.strictObject({ id: z.int() }),
    reply: z.object({}),
  },
  "/api/shares/open": {
    may: "anyone",
    summary: "Opens a link: a cookie stands for it from then on.",
    body: z.strictObject({ code: Code }),
    reply: z.object({ path: z.string() }),
  },
  "/api/login": {
    may: "anyone",
    summary: "Logs in: the answer sets a cookie that pages cannot read.",
    body: z.strictObject({ name: Known, password: Password }),
    reply: Me,
  },
  "/api/logout": {
    may: "anyone",
    summary: "Ends the session, or leaves what a link showed.",
    body: z.strictObject({}),
    reply: z.object({
      to: z.string().nullable().describe("Where whoever came in by an identity provider logs out there, too."),
    }),
  },
  "/api/login/provider": {
    may: "anyone",
    summary:
      "Begins a login by the identity provider: the answer says where, and sets a cookie by which it is known again.",
    body: z.strictObject({ to: View.max(1000).describe("Where in the dashboard to go on afterwards.") }),
    reply: z.object({ url: z.string() }),
  },
  "/api/login/provider/end": {
    may: "anyone",
    summary:
      "Ends a login by the identity provider with what it sent somebody back with; sets the cookie of a session.",
    body: z.strictObject({ query: z.string().max(8000).describe("What stands behind the `?` of the address.") }),
    reply: Me.extend({ to: z.string().describe("Where in the dashboard they wanted to be.") }),
  },
  "/api/first-run/code": {
    may: "anyone",
    summary: "Prints a code in the terminal in which Headway runs, for whoever becomes its first administrator.",
    body: z.strictObject({}),
    reply: z.object({ expiresAt: At }),
  },
  "/api/first-run": {
    may: "anyone",
    summary: "Makes the first administrator, with the code of the terminal. From then on everybody logs in.",
    body: z.strictObject({ code: Code, name: Called, password: Password }),
    reply: Me,
  },
  "/api/welcome": {
    may: "anyone",
    summary: "Takes an invitation: sets the password of whoever was invited, and logs them in.",
    body: z.strictObject({ code: Code, password: Password }),
    reply: Me,
  },
  "/api/password": {
    may: "person",
    summary: "Changes one's own password; all other sessions end.",
    body: z.strictObject({ current: Password, password: Password }),
    reply: Me,
  },
  "/api/sessions/end": {
    may: "person",
    summary: "Ends a session of one's own.",
    body: z.strictObject({ id: z.int() }),
    reply: z.object({}),
  },
  "/api/users/add": {
    may: "admin",
    summary: "Invites somebody: the code in the answer lets them choose a password, once and for two days.",
    body: z.strictObject({ name: Called, role: Role }),
    reply: Invited,
  },
  "/api/users/invite": {
    may: "admin",
    summary: "Invites somebody anew who forgot the password. The old one holds until they chose another.",
    body: z.strictObject({ name: Known }),
    reply: Invited,
  },
  "/api/users/role": {
    may: "admin",
    summary: "Gives somebody another role; their sessions end.",
    body: z.strictObject({ name: Known, role: Role }),
    reply: User,
  },
  "/api/users/teams": {
    may: "admin",
    summary: "Says whose services a viewer sees, where viewers see those of their teams; their sessions end.",
    body: z.strictObject({ name: Known, teams: z.array(z.string().trim().min(1).max(200)).max(200) }),
    reply: User,
  },
  "/api/users/remove": {
    may: "admin",
    summary: "Somebody can no longer log in; their sessions end.",
    body: z.strictObject({ name: Known }),
    reply: z.object({}),
  },
  "/api/users/sessions/end": {
    may: "admin",
    summary: "Ends anybody's session.",
    body: z.strictObject({ id: z.int() }),
    reply: z.object({}),
  },
} as const;
