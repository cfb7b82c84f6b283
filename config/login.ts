/** What the configuration may say of the company's identity provider, by which people log in (OpenID Connect). */
import { z } from "zod";

/** What people are to an installation. Each role may do what those before it may. */
export const ROLES = ["viewer", "lead", "programme", "finance", "admin"] as const;
const Role = z.enum(ROLES, { error: `A role is one of ${ROLES.map((role) => `\`${role}\``).join(", ")}.` });

/** What is sent to it and comes from it could be read on the way, except on this very machine. */
function isSafe(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { protocol, hostname, username, search, hash } = new URL(issuer);
  if (username !== "" || search !== "" || hash !== "") return false;
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname));
}

const LONGEST_HOURS = 168;
const HOURS = `Hours after which somebody is asked by the provider again: a number above 0, and at most ${LONGEST_HOURS} (a week).`;

export const LoginOptions = z
  .strictObject({
    /** What people know it as. */
    name: z.string().trim().min(1).max(60).default("your company’s account"),
    issuer: z.string().refine(isSafe, {
      error:
        "Write the provider's own address, as it stands in its `/.well-known/openid-configuration` under `issuer`, such as `https://id.example/realms/acme`. It begins with https:// and has no `?`, `#` or user.",
    }),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1).optional(),
    /** The file that holds it, as containers get secrets. */
    clientSecretFile: z.string().min(1).optional(),
    /** Where the provider wants the secret: in a header (`client_secret_basic`) or in the body (`client_secret_post`). */
    clientSecretIn: z.enum(["header", "body"]).default("header"),
    scopes: z
      .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "A scope has no spaces."))
      .default(["openid", "profile"])
      .transform((scopes) => [...new Set(["openid", ...scopes])]),
    /** The claim that lists somebody's groups; with dots into an object. */
    groups: z.string().min(1).default("groups"),
    /** Group → role. Of several the highest counts. */
    roles: z.record(z.string().min(1), Role).default({}),
    /** Group → teams that its people see, where `visibility` is `teams`. */
    teams: z
      .record(
        z.string().min(1),
        z.union([z.string(), z.array(z.string())]).transform((of) => [of].flat()),
      )
      .default({}),
    /** Of somebody in none of these groups; left out: they are not let in. */
    others: Role.optional(),
    /** So long somebody stays logged in at most, since who leaves the company is known to the provider alone. */
    hours: z.number(HOURS).positive(HOURS).max(LONGEST_HOURS, HOURS).default(12),
  })
  .refine(({ clientSecret, clientSecretFile }) => clientSecret === undefined || clientSecretFile === undefined, {
    path: ["clientSecretFile"],
    error: "`clientSecret` and `clientSecretFile` are two ways to say the same thing. Keep one of them.",
  })
  .refine(({ roles, others }) => others !== undefined || Object.keys(roles).length > 0, {
    path: ["roles"],
    error:
      "Nobody would be let in: say which group has which role, such as `roles: { headway-admins: admin }`, or with `others: viewer` what everybody else is.",
  });
export type LoginOptions = z.infer<typeof LoginOptions>;
