import { expect, it } from "vitest";
import type { Reply } from "#server/contract.ts";
import { Config } from "#config/schema.ts";
import { anInstallation, serve } from "#test/support/installation.ts";

const SECRETS = [
  "ghp_hunter2hunter2hunter2",
  "glpat-hunter2hunter2",
  "a-webhook-secret-of-16",
  "hooks.example/T0/B0/hunter2",
  "smtp-hunter2",
  "reader@example.com",
  "sender@example.com",
  "ada-hunter",
  "robot-hunter",
  "agent-hunter",
];

/** Whatever is secret, names somebody or is an address stands in it. */
const config = Config.parse({
  timezone: "Europe/Berlin",
  sync: { cron: "0 6 * * 1-5" },
  url: "https://headway.internal.example",
  sources: [
    {
      host: "github",
      token: "ghp_hunter2hunter2hunter2",
      repositories: ["acme/shop"],
      webhookSecret: "a-webhook-secret-of-16",
    },
    { host: "gitlab", token: "glpat-hunter2hunter2", group: "acme" },
  ],
  teams: [{ name: "money", services: [], calendar: "Berlin" }],
  calendars: [{ name: "Berlin", hours: "09:00-17:00", holidays: ["2026-12-25"] }],
  digests: [
    { to: "slack", webhook: "https://hooks.example/T0/B0/hunter2", agreement: { stage: "pickup", hours: 24 } },
    {
      to: "email",
      smtp: "smtps://user:smtp-hunter2@mail.example",
      from: "sender@example.com",
      recipients: ["reader@example.com"],
    },
    { to: "github", token: "ghp_hunter2hunter2hunter2", repository: "acme/secret" },
  ],
  people: [["ada-hunter", "ada-hunter@example.com"]],
  bots: ["robot-hunter"],
  agents: ["agent-hunter"],
});

it("tells what is set, and neither secrets nor people nor where something is sent", async () => {
  const installation = await anInstallation({ collectors: [] });
  const { get } = await serve({ ...installation, config });

  const { status, text, json } = await get("/api/settings");
  const settings = json<Reply<"/api/settings">>();

  expect(status).toBe(200);
  expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  expect(settings.sync).toEqual({ everyMinutes: null, cron: "0 6 * * 1-5" });
  expect(settings.teams).toEqual([{ name: "money", parent: null, calendar: "Berlin", hasOwnHours: false }]);
  expect(settings.calendars).toMatchObject([{ name: "Berlin", zone: "Europe/Berlin", holidays: 1 }]);
  expect(settings.digests.map(({ name, to }) => [name, to])).toEqual([
    ["slack organisation", "slack"],
    ["email organisation", "email"],
    ["github organisation", "github"],
  ]);
  expect(settings.access).toEqual({
    visibility: "all",
    url: "https://headway.internal.example",
    proxies: [],
    provider: null,
    teamServices: [{ team: "money", services: [] }],
    waiting: [],
  });
  expect(settings.privacy).toEqual({ pseudonymMonths: 13, aliases: 1, bots: 1, agents: 1 });
});

it("tells of tokens what they are called and when they were used, not what they are", async () => {
  const installation = await anInstallation({ collectors: [] });
  await installation.store.addToken({
    name: "ci",
    scope: "push",
    hash: "0123456789abcdef",
    createdAt: 0,
    expiresAt: null,
    actor: "Ada",
  });
  const { get } = await serve(installation);

  const { text, json } = await get("/api/tokens");

  expect(text).not.toContain("0123456789abcdef");
  expect(json()).toEqual([
    {
      name: "ci",
      scope: "push",
      createdAt: "1970-01-01T00:00:00.000Z",
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
    },
  ]);
});
