/** What a configuration may say, drawn: whose what is, what a day is, when work is done, what a deployment is, and what a service is. */
import fc from "fast-check";

interface Team {
  readonly name: string;
  readonly parent?: string;
  readonly services?: readonly (
    | string
    | { readonly service: string; readonly since?: string; readonly until?: string }
  )[];
  readonly hours?: string;
}

const TEAMS: readonly (Team | null)[] = [
  null,
  { name: "payments", services: ["acme/pay", { service: "acme/shop", since: "2026-03-20" }] },
  { name: "payments", services: ["acme/shop", "acme/pay", "web"] },
  { name: "payments", parent: "selling", services: [{ service: "acme/shop", until: "2026-04-01" }, "api"] },
];
const HOURS: readonly object[] = [
  {},
  {},
  { calendar: "usual" },
  { hours: "08:00-12:00" },
  { calendar: "usual", timezone: "America/New_York" },
];
const SELLING: readonly Team[] = [
  { name: "selling" },
  { name: "selling", services: [{ service: "acme/shop", until: "2026-03-20" }] },
  { name: "selling", services: [{ service: "acme/pay", since: "2026-03-05" }], hours: "12:00-20:00" },
];
const CALENDARS: readonly object[] = [
  {},
  { calendar: "usual", calendars: [{ name: "usual", hours: "09:00-17:00", holidays: ["2026-03-17"] }] },
  { calendar: "usual", calendars: [{ name: "usual", hours: "09:00-17:00" }] },
];
const SERVICES: readonly (readonly object[])[] = [
  [],
  [],
  [{ name: "acme/shop", system: "tills", releaseClass: "embedded" }],
  [{ name: "acme/shop", production: "^staging$", hotfix: { labels: ["hotfix"] } }],
  [{ name: "acme/shop", deployments: { from: "merges" }, system: "tills" }],
  [{ name: "acme/shop", deployments: [{ from: "tags" }, { from: "jobs", name: "^deploy" }], backfillDays: 0 }],
  [{ name: "shop", repository: "acme/shop", deployments: { from: "runs", name: "^CD$" } }],
  [
    { name: "web", repository: "acme/shop", paths: ["web/**"], incidentLabels: ["web"] },
    { name: "api", repository: "acme/shop", paths: ["api/**"], incidentLabels: ["api"], system: "tills" },
  ],
  [
    { name: "web", repository: "acme/shop", paths: ["web/**"] },
    { name: "acme/pay", system: "tills" },
  ],
];
const ZONES = ["UTC", "UTC", "Asia/Tokyo", "America/Los_Angeles", "Europe/London"];

/** Several may own the same, so that no two of them contradict each other. */
const sharing = ({ services = [], ...team }: Team) => ({
  ...team,
  services: services.map((owned) => ({ ...(typeof owned === "string" ? { service: owned } : owned), shared: true })),
});

export const configurations: fc.Arbitrary<object> = fc
  .record({
    team: fc.constantFrom(...TEAMS),
    hours: fc.constantFrom(...HOURS),
    selling: fc.constantFrom(...SELLING),
    calendar: fc.constantFrom(...CALENDARS),
    services: fc.constantFrom(...SERVICES),
    timezone: fc.constantFrom(...ZONES),
    pickupHours: fc.constantFrom(8, 24),
  })
  .map(({ team, hours, selling, calendar, services, timezone, pickupHours }) => ({
    ...(team !== null && {
      teams: [{ ...sharing(team), ...("calendar" in calendar ? hours : {}) }, sharing(selling)],
    }),
    ...calendar,
    systems: [{ name: "tills" }],
    services,
    timezone,
    thresholds: { practices: { cloud: { pickupHours } } },
  }));
