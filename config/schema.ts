/** What the configuration may say. Strict: whatever is not listed here is an error, not ignored. */
import { isIP } from "node:net";
import { z } from "zod";
import { SourceOptions, sourceName } from "#collectors/index.ts";
import { CalendarOptions, Zone } from "./calendars.ts";
import { isCron } from "./cron.ts";
import { DigestOptions, digestName } from "./digests.ts";
import { LoginOptions } from "./login.ts";
import { People, Patterns } from "./people.ts";
import { misplaced } from "./placement.ts";
import { ServiceOptions } from "./services.ts";
import { unsound } from "./structure.ts";
import { SystemOptions, TeamOptions } from "./teams.ts";
import { Thresholds } from "./thresholds.ts";

const Database = z
  .string()
  .min(1, "The name of the database file is empty. Leave the key out for `data/headway.db`.")
  .refine((database) => !database.includes("://") || /^postgres(ql)?:\/\/[^/]*\/[^/?]+/i.test(database), {
    error:
      "Name a file such as `data/headway.db`, or a database of a PostgreSQL server such as `postgres://headway@db.example/headway`.",
  })
  .default("data/headway.db");

const ONE_DAY = 1440;
const EVERY = "Minutes between two syncs: a whole number from 1 to 1440 (a day).";

/** When `start` syncs: every so many minutes, or by cron text in UTC. */
const Schedule = z.preprocess(
  (value) => (typeof value === "string" ? { cron: value } : value),
  z
    .strictObject({
      every: z.int(EVERY).min(1, EVERY).max(ONE_DAY, EVERY).optional(),
      cron: z
        .string()
        .refine(isCron, {
          error:
            "This is no cron text, so it never says when to sync. Write five fields of numbers (minute, hour, day, month, weekday), such as `0 6 * * 1-5`, or `every: 10` for every ten minutes.",
        })
        .optional(),
    })
    .refine(({ every, cron }) => every === undefined || cron === undefined, {
      error: "`every` and `cron` are two ways to say the same thing. Keep one of them.",
    })
    .transform(({ every = 10, cron }): Schedule => (cron === undefined ? { every } : { cron })),
);
export type Schedule = { readonly every: number } | { readonly cron: string };

const Sources = z
  .array(SourceOptions)
  .min(
    1,
    "No source is listed, so there is nothing to look at. Name a repository, such as `- host: git` with `path: .` below it.",
  )
  .refine((sources) => sources.length === 1 || sources.every(({ host }) => host !== "demo"), {
    error:
      "A demo organisation stands alone, so that nobody takes its numbers for theirs. Take it out: `headway start` shows one beside your numbers, at /demo.",
  })
  .superRefine((sources, context) => {
    for (const [index, source] of sources.entries()) {
      const first = sources.findIndex((other) => sourceName(other) === sourceName(source));
      if (first === index) continue;
      context.addIssue({
        code: "custom",
        path: [index],
        message: `This is called "${sourceName(source)}" like sources[${first}], so nobody could tell their numbers apart. Give one of them another \`name\`.`,
      });
    }
  });

const Digests = z.array(DigestOptions).superRefine((digests, context) => {
  for (const [index, digest] of digests.entries()) {
    const first = digests.findIndex((other) => digestName(other) === digestName(digest));
    if (first === index) continue;
    context.addIssue({
      code: "custom",
      path: [index],
      message: `This is called "${digestName(digest)}" like digests[${first}], so what was sent by one would not be sent by the other. Give one of them another \`name\`.`,
    });
  }
});

/** How long pseudonyms are kept: two summers and the months between them, unless said otherwise. */
const Privacy = z.strictObject({
  pseudonymMonths: z
    .int("Months after which pseudonyms expire: a whole number from 1 to 120.")
    .min(1, "Months after which pseudonyms expire: a whole number from 1 to 120.")
    .max(120, "Months after which pseudonyms expire: a whole number from 1 to 120.")
    .default(13),
});

const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

/** What `start` writes to stderr. Default: text, or JSON where the environment says `HEADWAY_LOG=json`. */
const Log = z.preprocess(
  (value) => (typeof value === "string" ? { format: value } : value),
  z.strictObject({
    format: z.enum(["text", "json"]).optional(),
    /** Default: `warn` as text, `info` as JSON, which has a line for each request. */
    level: z.enum(LOG_LEVELS).optional(),
  }),
);

function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

export const Config = z
  .strictObject({
    database: Database,
    /** Of keys, secrets and clones. */
    data: z
      .string()
      .min(1, "The name of the folder is empty. Leave the key out for the folder of the database.")
      .optional(),
    timezone: Zone.default("UTC"),
    sync: Schedule.prefault({}),
    sources: Sources,
    services: z.array(ServiceOptions).default([]),
    teams: z.array(TeamOptions).default([]),
    systems: z.array(SystemOptions).default([]),
    /** The organisation's, of `calendars`. */
    calendar: z.string().min(1).optional(),
    calendars: z.array(CalendarOptions).default([]),
    /** Where readers reach this dashboard: what links in digests begin with. */
    url: z
      .url({ protocol: /^https?$/, error: "Write the address of this dashboard, such as `https://headway.example`." })
      .optional(),
    /** Whose word is taken for who asks and by what address: reverse proxies. */
    proxies: z
      .array(
        z.string().regex(/^(loopback|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?)$/, {
          error:
            "Write the address of a reverse proxy, such as `10.0.0.5`, a network, such as `10.0.0.0/8`, `loopback` for one on this machine, or `uniquelocal` for any in a private network, such as that of containers.",
        }),
      )
      .default([]),
    /** Addresses of sources that would not be asked, since they are link-local or a cloud's own. */
    allowAddresses: z
      .array(
        z.string().refine(isNetwork, {
          error: "Write an address, such as `169.254.10.7`, or a network, such as `169.254.10.0/24`.",
        }),
      )
      .default([]),
    /** What viewers see: everything, or what belongs to their teams. Whoever may more sees everything. */
    visibility: z
      .enum(["all", "teams"], {
        error: "Write `teams` where viewers see what belongs to their teams alone, or `all`.",
      })
      .default("all"),
    /** The company's identity provider. */
    login: LoginOptions.optional(),
    digests: Digests.default([]),
    /** From where on a practice, the gate and a business case hold. */
    thresholds: Thresholds,
    people: People,
    bots: Patterns,
    agents: Patterns,
    privacy: Privacy.prefault({}),
    log: Log.prefault({}),
  })
  .superRefine((config, context) => {
    for (const { path, message } of misplaced(config.services, config.sources))
      context.addIssue({ code: "custom", path: ["services", ...path], message });
    if (config.login !== undefined && config.url === undefined)
      context.addIssue({
        code: "custom",
        path: ["login"],
        message:
          "An identity provider sends people back to one address that it knows, so `url` must say where this dashboard is, such as `url: https://headway.example`.",
      });
    for (const { path, message } of unsound(config)) context.addIssue({ code: "custom", path: [...path], message });
  });
export type Config = z.infer<typeof Config>;
