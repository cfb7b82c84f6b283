/** What the configuration says. Every field is named here, so that nothing that is added to it later gets out by itself. */
import { digestName } from "#config/digests.ts";
import type { SourceOptions } from "#collectors/index.ts";
import { sourceName } from "#collectors/index.ts";
import type { LoginOptions } from "#config/login.ts";
import type { Config } from "#config/schema.ts";
import type { ServiceOptions } from "#config/services.ts";
import { unusual } from "#config/thresholds.ts";
import { startOfDate } from "#metrics/calendar.ts";
import { DAY } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { settingsAt } from "../settings-history.ts";
import { VERSION } from "../version.ts";

/** What is set now, or was at an instant. @throws BadRequest when nobody knows. */
export async function answerSettings(
  installation: Installation,
  { at }: Query<"/api/settings">,
): Promise<Reply<"/api/settings">> {
  if (at === undefined) return { ...settingsOf(installation.config), access: accessSettings(installation) };
  const { timezone } = installation.config;
  // A day is meant as it was when it was over.
  return settingsAt(installation, at.length === 10 ? startOfDate(nextDay(at), timezone) : Date.parse(at));
}

type Settings = Reply<"/api/settings">;

/** What decides who sees what and how Headway is reached: no number depends on it. Secrets are not among it. */
export function accessSettings({
  config,
  waiting,
}: Pick<Installation, "config" | "waiting">): NonNullable<Settings["access"]> {
  const { visibility, url, proxies, login, teams, services } = config;
  const owners = teams.map(({ name, services: owned }) => ({
    team: name,
    services: owned.map(({ service, since = null, until = null, shared }) => ({ service, since, until, shared })),
  }));
  const said = services.flatMap(({ name, team }) => (team === undefined ? [] : [{ team, service: name }]));
  return {
    visibility,
    url: url ?? null,
    proxies,
    provider: login === undefined ? null : providerSettings(login),
    teamServices: [
      ...owners,
      ...said.map(({ team, service }) => ({ team, services: [{ service, since: null, until: null, shared: false }] })),
    ],
    waiting: [...waiting],
  };
}

function providerSettings(login: LoginOptions): NonNullable<NonNullable<Settings["access"]>["provider"]> {
  const { name, issuer, roles, teams, others = null, hours } = login;
  return { name, issuer, roles, teams, others, hours };
}

/** What numbers depend on, and whom they are sent to. */
export function settingsOf(config: Config): Omit<Settings, "access"> {
  const { timezone, sources, services, sync, calendar, calendars, teams, digests, privacy, people, bots, agents } =
    config;
  const thresholds = unusual(config.thresholds).map((one) => ({ ...one }));
  return {
    version: VERSION,
    zone: timezone,
    sources: sources.map((source) => ({ name: sourceName(source), host: source.host, rule: sourceRule(source) })),
    services: services.map((service) => ({ name: service.name, rule: serviceRule(service) })),
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
    thresholds,
    privacy: {
      pseudonymMonths: privacy.pseudonymMonths,
      aliases: people.length,
      bots: bots.length,
      agents: agents.length,
    },
  };
}

/** What a source says of deployments; who it is let in by is not among it. */
function sourceRule(source: SourceOptions): string {
  switch (source.host) {
    case "git":
      return JSON.stringify({ releases: source.releases });
    case "github":
    case "gitlab": {
      const { releases, production = null, backfillDays, hotfix } = source;
      return JSON.stringify({ releases, production, backfillDays, hotfix });
    }
    case "demo":
      return "{}";
  }
}

function serviceRule(service: ServiceOptions): string {
  const { repository, source, paths, deployments, production, releases, backfillDays, hotfix } = service;
  const { incidentLabels, team, system, element, releaseClass } = service;
  const counts = { deployments, production, releases, backfillDays, hotfix, incidentLabels };
  return JSON.stringify({ repository, source, paths, ...counts, team, system, element, releaseClass });
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
}
