/** What the configuration says. Every field is named here, so that nothing that is added to it later gets out by itself. */
import { digestName } from "#config/digests.ts";
import type { Instant } from "#metrics/time.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { VERSION } from "../version.ts";

export async function answerSettings({ config, store }: Installation): Promise<Reply<"/api/settings">> {
  const { timezone, sync, calendar, calendars, teams, digests, privacy, people, bots, agents } = config;
  const tokens = await store.tokens();
  return {
    version: VERSION,
    zone: timezone,
    sync: "cron" in sync ? { everyMinutes: null, cron: sync.cron } : { everyMinutes: sync.every, cron: null },
    calendar: calendar ?? null,
    calendars: calendars.map(({ name, timezone: zone = timezone, hours = null, holidays }) => ({
      name,
      zone,
      week: hours && hours.map((day) => day.map(({ from, to }) => ({ from, to }))),
      holidays: holidays.length,
    })),
    teams: teams.map(({ name, parent = null, calendar: own = null, hours }) => ({
      name,
      parent,
      calendar: own,
      hasOwnHours: hours !== undefined,
    })),
    digests: digests.map((digest) => {
      const { to, scope, day, at, ageing, agreement } = digest;
      const agreed = agreement === undefined ? null : { stage: agreement.stage, hours: agreement.hours };
      return { name: digestName(digest), to, scope, day, at, ageing, agreement: agreed };
    }),
    privacy: {
      pseudonymMonths: privacy.pseudonymMonths,
      aliases: people.length,
      bots: bots.length,
      agents: agents.length,
    },
    tokens: tokens
      .toSorted((a, b) => b.createdAt - a.createdAt)
      .map(({ name, scope, createdAt, expiresAt, lastUsedAt, revokedAt }) => ({
        name,
        scope,
        createdAt: iso(createdAt),
        expiresAt: expiresAt === null ? null : iso(expiresAt),
        lastUsedAt: lastUsedAt === null ? null : iso(lastUsedAt),
        revokedAt: revokedAt === null ? null : iso(revokedAt),
      })),
  };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
