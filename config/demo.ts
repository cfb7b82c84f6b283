/** The configuration of a demo organisation: written for it, as anybody would write theirs. */
import { stringify } from "yaml";
import { GROUPS, SITES } from "#collectors/demo/company.ts";
import type { DemoOptions } from "#collectors/demo/options.ts";
import type { ServiceTruth, TeamTruth, Truth } from "#collectors/demo/truth.ts";
import { EDITION, truthOf } from "#collectors/demo/truth.ts";
import { holidays } from "#collectors/demo/work-days.ts";
import { DAY } from "#metrics/time.ts";

/** Holidays are listed for so many years beyond the span. */
const AHEAD_YEARS = 5;

/** @param options of the demo organisation, all of them. */
export function demoConfig(options: Omit<DemoOptions, "host">): string {
  const truth = truthOf(options);
  const { seed, since, years } = options;
  const config = {
    database: "headway.db",
    timezone: "Europe/Berlin",
    sync: { every: 60 },
    sources: [{ host: "demo", seed, since, years }],
    services: truth.services.map(serviceOf),
    teams: [...GROUPS.map((name) => ({ name })), ...truth.teams.map((team) => teamOf(team, truth))],
    systems: truth.systems.map(({ name, element }) => ({ name, element })),
    calendar: "Berlin",
    calendars: SITES.map((site) => ({
      name: site.name,
      timezone: site.zone,
      hours: `${clock(site.hours.from)}-${clock(site.hours.to)}`,
      holidays: holidays(site, Date.parse(since) / DAY, Date.parse(since) / DAY + (years + AHEAD_YEARS) * 366),
    })),
  };
  return `${HEAD}${stringify(config, { aliasDuplicateObjects: false, lineWidth: 0 })}`;
}

const HEAD = `# A demo organisation: simulated, none of it is anybody's. Headway writes this file by itself and writes it again when it
# has another one (this is edition ${EDITION}); to try something out, copy it elsewhere and name it with --config.
`;

function serviceOf({ name, repository, system, backbone, known }: ServiceTruth) {
  const releaseClass = backbone === "bound" ? "regulated" : known === "releases" ? "vendor" : "cloud";
  return { name, repository, system, releaseClass, hotfix: { labels: ["hotfix"] } };
}

function teamOf({ name, group, site }: TeamTruth, { services }: Truth) {
  const owned = services.flatMap((service) =>
    service.owners
      .filter(({ team }) => team === name)
      .map(({ since, until }) =>
        since === null && until === null
          ? service.name
          : { service: service.name, ...(since !== null && { since }), ...(until !== null && { until }) },
      ),
  );
  return { name, parent: group, calendar: site, services: owned };
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
