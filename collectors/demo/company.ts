/** The demo organisation as it is written: groups, sites, teams, systems and services. What is drawn by chance is not here. */

export type Wave = 1 | 2 | 3;

export interface Site {
  readonly name: string;
  readonly zone: string;
  readonly hours: { readonly from: number; readonly to: number };
  /** Dates of each year, as 12-25. */
  readonly fixed: readonly string[];
  /** Days after Easter Sunday. */
  readonly afterEaster: readonly number[];
}

export interface TeamPlan {
  readonly name: string;
  readonly group: string;
  readonly site: string;
  readonly people: number;
  /** In which wave it adopts the new way of working; `null`: it goes on as before. */
  readonly wave: Wave | null;
  readonly services: readonly ServicePlan[];
}

export interface ServicePlan {
  readonly name: string;
  readonly system: string;
  /** How changes come to the default branch. */
  readonly merges: "squash" | "merge";
  /** By what deployments are known: a record of them, or published releases. */
  readonly known: "deployments" | "releases";
  /** Weeks between two planned releases before the team adopts. */
  readonly everyWeeks: 1 | 2 | 4;
  /** Whether it is bound to the backbone's monthly window, or some of its changes wait for it. */
  readonly backbone: "free" | "bound" | "waits";
  /** How busy it is beside the others. */
  readonly weight: number;
  /** When it begins and is archived, as shares of the span. */
  readonly from: number;
  readonly until: number | null;
  /** Who had it before, until which share of the span. */
  readonly before: { readonly team: string; readonly until: number } | null;
}

export interface SystemPlan {
  readonly name: string;
  readonly element: "core" | "integration" | "data" | "api" | "infrastructure" | "security";
}

/** The system in whose monthly window others wait. */
export const BACKBONE = "Core ledger";

export const SITES: readonly Site[] = [
  {
    name: "Berlin",
    zone: "Europe/Berlin",
    hours: { from: 9, to: 17 },
    fixed: ["01-01", "05-01", "10-03", "12-25", "12-26"],
    afterEaster: [-2, 1, 39, 50],
  },
  {
    name: "Lisbon",
    zone: "Europe/Lisbon",
    hours: { from: 9, to: 17 },
    fixed: ["01-01", "04-25", "05-01", "06-10", "08-15", "10-05", "11-01", "12-01", "12-08", "12-25"],
    afterEaster: [-2],
  },
];

export const GROUPS = ["Customers", "Operations", "Foundation"] as const;

export const SYSTEMS: readonly SystemPlan[] = [
  { name: "Customer channels", element: "api" },
  { name: "Policies and claims", element: "core" },
  { name: BACKBONE, element: "core" },
  { name: "Integration layer", element: "integration" },
  { name: "Data platform", element: "data" },
  { name: "Platform", element: "infrastructure" },
  { name: "Access", element: "security" },
];

const USUAL: Omit<ServicePlan, "name" | "system"> = {
  merges: "squash",
  known: "deployments",
  everyWeeks: 1,
  backbone: "free",
  weight: 1,
  from: 0,
  until: null,
  before: null,
};

type Peculiar = Partial<ServicePlan>;

export const TEAMS: readonly TeamPlan[] = [
  team("Onboarding", "Customers", "Berlin", 7, 1, "Customer channels", {
    "signup-web": { weight: 1.3 },
    "signup-api": {},
    "identity-check": { everyWeeks: 2 },
    "welcome-mails": { weight: 0.6 },
  }),
  team("Quotes", "Customers", "Berlin", 6, 1, "Customer channels", {
    "quote-web": { weight: 1.2 },
    "quote-engine": { everyWeeks: 2, merges: "merge" },
    "tariff-tables": { weight: 0.7, merges: "merge" },
  }),
  team("Mobile", "Customers", "Lisbon", 8, 2, "Customer channels", {
    "app-ios": { known: "releases", everyWeeks: 4 },
    "app-android": { known: "releases", everyWeeks: 4 },
    "app-backend": { weight: 1.3 },
  }),
  team("Self-service", "Customers", "Lisbon", 6, 3, "Customer channels", {
    "portal-web": { weight: 1.2 },
    "portal-api": {},
    documents: { weight: 0.7, from: 0.2 },
  }),
  team("Claims", "Operations", "Berlin", 8, 1, "Policies and claims", {
    "claims-web": { weight: 1.2 },
    "claims-api": { backbone: "waits" },
    "claims-rules": { everyWeeks: 2 },
    "fraud-check": { weight: 0.8, from: 0.1 },
  }),
  team("Policies", "Operations", "Lisbon", 6, 2, "Policies and claims", {
    "policy-api": {},
    "policy-renewals": { backbone: "waits" },
    "policy-documents": { weight: 0.7 },
  }),
  team("Payments", "Operations", "Berlin", 8, 2, "Policies and claims", {
    "payments-api": { backbone: "waits", weight: 1.2 },
    payouts: { backbone: "waits" },
    "bank-files": { weight: 0.7 },
    dunning: { backbone: "waits", weight: 0.7 },
  }),
  team("Partners", "Operations", "Lisbon", 6, null, "Policies and claims", {
    "broker-portal": { weight: 1.2 },
    "broker-api": {},
    commission: { backbone: "waits", weight: 0.8 },
  }),
  team("Ledger", "Foundation", "Berlin", 7, 3, BACKBONE, {
    "ledger-core": { backbone: "bound", everyWeeks: 4, merges: "merge", weight: 1.2 },
    "ledger-batch": { backbone: "bound", everyWeeks: 4, merges: "merge" },
    "accounting-export": { backbone: "bound", everyWeeks: 4, weight: 0.6 },
  }),
  team("Integration", "Foundation", "Berlin", 6, 3, "Integration layer", {
    "message-hub": { everyWeeks: 2 },
    "partner-gateway": {},
    "file-transfer": { weight: 0.6, until: 0.8 },
  }),
  team("Data", "Foundation", "Lisbon", 7, null, "Data platform", {
    warehouse: { everyWeeks: 2, weight: 1.2 },
    reporting: { weight: 0.9 },
    "data-quality": { weight: 0.7 },
    "risk-model": { weight: 0.7, everyWeeks: 2, before: { team: "Partners", until: 0.5 } },
  }),
  team("Infrastructure", "Foundation", "Berlin", 6, null, "Platform", {
    cluster: { weight: 1.1 },
    "build-tools": {},
    "access-control": { system: "Access", weight: 0.8 },
  }),
];

function team(
  name: string,
  group: (typeof GROUPS)[number],
  site: string,
  people: number,
  wave: Wave | null,
  system: string,
  services: Readonly<Record<string, Peculiar>>,
): TeamPlan {
  const owned = Object.entries(services).map(([service, own]): ServicePlan => ({
    ...USUAL,
    name: service,
    system,
    ...own,
  }));
  return { name, group, site, people, wave, services: owned };
}
