/** What the configuration may say of what comes to a team by itself: where it goes, when, and what it is about. */
import { z } from "zod";

const Secret = z.string().min(1);
const Place = z.url({
  protocol: /^https?$/,
  error: "This is no web address, so nothing could be sent there. Write one that begins with https://.",
});

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export const AGREEMENT_STAGES = ["pickup", "review", "open"] as const;

/** What a team promises itself: that no change waits longer than this. */
const Agreement = z.strictObject({
  /** Waiting for a first review, in review, or from its opening to its end. */
  stage: z.enum(AGREEMENT_STAGES),
  hours: z.number().positive("An agreement says after how many hours it is broken: a number above 0."),
});
export type Agreement = z.infer<typeof Agreement>;

const About = {
  /** What it is called where it is spoken of; two cannot have the same. */
  name: z.string().min(1).max(100).optional(),
  /** Whose numbers; default: the organisation's. */
  scope: z
    .string()
    .regex(/^(organisation|(team|system|service|use-case):.+)$/, {
      error: "Write `organisation`, `team:NAME`, `system:NAME`, `service:NAME` or `use-case:ID`.",
    })
    .default("organisation"),
  day: z.enum(WEEKDAYS).default("monday"),
  /** In the organisation's zone. */
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "Write a time of day such as `08:00`." })
    .default("08:00"),
  /** Each day, changes that have become older than what 85 % need. */
  ageing: z.boolean().default(false),
  agreement: Agreement.optional(),
};

const Issues = {
  token: Secret,
  /** Of the repository or project in which an issue is opened. */
  repository: z.string().regex(/^[^/\s]+(\/[^/\s]+)+$/, { error: "Write owner and name: `acme/shop`." }),
};

const Address = z.email({ error: "This is no e-mail address." });

export const DigestOptions = z.discriminatedUnion("to", [
  z.strictObject({ to: z.literal("slack"), webhook: Place, ...About }),
  z.strictObject({ to: z.literal("teams"), webhook: Place, ...About }),
  z.strictObject({
    to: z.literal("email"),
    /** Of the server that sends it, with its password where it wants one. */
    smtp: z.url({
      protocol: /^smtps?$/,
      error: "This is no address of a mail server. Write one such as `smtps://user:${SMTP_PASSWORD}@mail.example`.",
    }),
    from: Address,
    /** They stay in this file. */
    recipients: z.array(Address).min(1, "Say who gets it."),
    ...About,
  }),
  z.strictObject({ to: z.literal("github"), url: Place.default("https://api.github.com"), ...Issues, ...About }),
  z.strictObject({ to: z.literal("gitlab"), url: Place.default("https://gitlab.com"), ...Issues, ...About }),
]);
export type DigestOptions = z.infer<typeof DigestOptions>;

/** What it is called: its own name, else where it goes and whose numbers it has. */
export function digestName({ name, to, scope }: DigestOptions): string {
  return name ?? `${to} ${scope}`;
}
