/** The backbone of the demo organisation as it is assessed, what it is for, and what is to be done about it. */
import { BACKBONE } from "#collectors/demo/company.ts";
import { DAY } from "#metrics/time.ts";

/** @param day by the share of the span: 0 is the first day, 1 about today. */
export function backbone(day: (share: number) => string) {
  const year = (share: number) => day(share).slice(0, 4);
  return {
    vision: {
      sentence: "Whoever asks us something has the answer the same day, and whoever claims something has the money.",
      targets: [
        { id: "weekly", words: "Every service that may is deployed at least once a week", by: year(1.3) },
        { id: "core", words: "No change of a channel waits for a window of the core ledger", by: year(1.8) },
      ],
    },
    systems: [
      { name: BACKBONE, element: "core", owner: "Ledger", releases: "second Saturday of the month, 07:00 in Berlin" },
      { name: "Policies and claims", element: "core", owner: "Policies", needs: [BACKBONE, "Integration layer"] },
      { name: "Integration layer", element: "integration", owner: "Integration" },
      { name: "Data platform", element: "data", owner: "Data", needs: [BACKBONE] },
      {
        name: "Print street",
        element: "infrastructure",
        technology: "ot",
        owner: "Facilities",
        vendor: "A print house",
        releases: "twice a year, by the vendor",
        needs: ["Policies and claims"],
      },
      {
        name: "Policy archive",
        element: "data",
        owner: "Records office",
        vendor: "An archive vendor",
        releases: "once a quarter",
      },
      {
        name: "Bank interface",
        element: "integration",
        owner: "Payments",
        vendor: "The house bank",
        releases: "when the bank says so",
        needs: [BACKBONE],
      },
    ],
    assessment: findings(day),
    useCases: [
      useCase(
        "quote",
        "A quote in three minutes",
        "Customers",
        [300, 700, 1200],
        ["api", "data"],
        ["Customer channels", "Data platform"],
        ["quote-web", "quote-engine", "tariff-tables", "signup-web"],
        year(1.2),
      ),
      useCase(
        "settle",
        "Small claims are paid the same day",
        "Operations",
        [600, 1400, 2200],
        ["core", "integration"],
        [BACKBONE, "Policies and claims", "Bank interface"],
        ["claims-web", "claims-api", "payments-api", "payouts"],
        year(1.5),
      ),
      useCase(
        "renew",
        "Premiums follow the risk at each renewal",
        "Operations",
        [200, 900, 1500],
        ["data", "core"],
        ["Data platform", "Policies and claims"],
        ["policy-renewals", "risk-model"],
        year(1.8),
      ),
      useCase(
        "partners",
        "Partners connect themselves",
        "Operations",
        [100, 300, 600],
        ["api", "security"],
        ["Customer channels", "Integration layer", "Access"],
        ["broker-api", "partner-gateway"],
        year(1.8),
      ),
    ],
    initiatives: initiatives(day),
  };
}

function findings(day: (share: number) => string) {
  const found = (system: string, element: string, gap: string, evidence: string, confidence = "medium") => ({
    system,
    element,
    gap,
    evidence,
    confidence,
    day: day(0.18),
  });
  return [
    found(BACKBONE, "core", "hinders", "Booking rules are in one program of 400,000 lines."),
    found(
      BACKBONE,
      "delivery",
      "blocks",
      "It can be released on one Saturday of the month, and others wait for it.",
      "high",
    ),
    found(BACKBONE, "integration", "hinders", "Files by night; a booking is seen on the next morning.", "high"),
    found(BACKBONE, "api", "blocks", "There is no interface for a single booking.", "high"),
    found(BACKBONE, "data", "hinders", "What a booking was for is in free text."),
    found(BACKBONE, "security", "none", "Audited in spring.", "high"),
    found("Policies and claims", "core", "none", "Renewed three years ago."),
    found("Policies and claims", "data", "hinders", "Risks are kept as documents."),
    found("Policies and claims", "integration", "hinders", "Two of five partners are called one after the other."),
    found("Integration layer", "integration", "none", "Messages arrive within a second.", "high"),
    found("Integration layer", "delivery", "hinders", "Released every second week with everybody at the table."),
    found("Data platform", "data", "hinders", "Half of the tables have no owner."),
    found("Data platform", "infrastructure", "none", "Grows by itself."),
    found("Bank interface", "integration", "blocks", "A new kind of payment takes the bank four months.", "low"),
    found("Access", "security", "hinders", "Partners get their accounts by hand, in three days."),
    found("Print street", "infrastructure", "hinders", "A new form takes two weeks."),
    found("Policy archive", "data", "none", "Reads are fast enough.", "low"),
    found("Customer channels", "api", "none", "Every channel uses the same interface.", "high"),
  ];
}

function useCase(
  id: string,
  title: string,
  owner: string,
  [low, likely, high]: readonly [number, number, number],
  elements: readonly string[],
  systems: readonly string[],
  services: readonly string[],
  by: string,
) {
  const value = { low: low * 1000, likely: likely * 1000, high: high * 1000 };
  return { id, title, owner, value, elements, systems, services, by };
}

/** Months are counted from about today. */
function initiatives(day: (share: number) => string) {
  const ahead = (months: number) => dayOf(Date.parse(day(1)) + months * MONTH);
  return [
    {
      id: "pipeline",
      title: "One way to production for everybody",
      owner: "Infrastructure",
      state: "running",
      element: "delivery",
      systems: ["Integration layer"],
      useCase: "settle",
      strategy: "deliver",
      whyNot: "Nothing has to be replaced for it, and a layer above would hide that releases are rare.",
      hypothesis: hypothesis(
        "deployment frequency",
        "25 a week",
        "150 a week",
        ahead(9),
        "whoever can release alone waits for nobody",
      ),
      plan: months(ahead(-11), 14, 22_000),
      benefit: { low: 150_000, likely: 320_000, high: 500_000 },
      ramp: 6,
      affected: 180_000,
      chance: 0.8,
      grade: "B",
      kill: "fewer than three teams use it after half a year",
      checkpoint: ahead(1),
      actuals: months(ahead(-11), 11, 23_500).map((one, index) => ({ ...one, benefit: index < 6 ? 0 : 9000 })),
    },
    {
      id: "ledger-facade",
      title: "Bookings one by one, above the core ledger",
      owner: "Ledger",
      state: "approved",
      element: "api",
      systems: [BACKBONE],
      useCase: "settle",
      strategy: "abstract",
      whyNot: "To replace the ledger takes five years; to deliver it more often needs its vendor.",
      hypothesis: hypothesis(
        "waits for the ledger's window",
        "a quarter of changes",
        "none",
        ahead(16),
        "nothing has to be in the window that only reads and books",
      ),
      plan: months(ahead(4), 9, 60_000),
      needs: ["pipeline"],
      chance: 0.65,
      grade: "C",
      kill: "no claim is paid through it nine months after it begins",
      checkpoint: ahead(3),
    },
    {
      id: "same-day",
      title: "Small claims without a clerk",
      owner: "Claims",
      state: "analysed",
      element: "core",
      systems: ["Policies and claims"],
      useCase: "settle",
      strategy: "deliver",
      whyNot: "The system is young enough, and its interfaces are there.",
      hypothesis: hypothesis(
        "claims paid within a day",
        "12 %",
        "55 %",
        ahead(27),
        "most small claims need no decision",
      ),
      plan: months(ahead(14), 8, 45_000),
      benefit: { low: 500_000, likely: 900_000, high: 1_400_000 },
      ramp: 9,
      affected: 90_000,
      needs: ["ledger-facade"],
      chance: 0.6,
      grade: "C",
      kill: "fewer than one claim in five goes through after three months",
      checkpoint: ahead(9),
    },
    {
      id: "owned-data",
      title: "Each table has an owner and a test",
      owner: "Data",
      state: "running",
      element: "data",
      systems: ["Data platform"],
      useCase: "renew",
      strategy: "deliver",
      whyNot: "Another platform would have the same tables.",
      hypothesis: hypothesis(
        "failed nights of the warehouse",
        "6 a month",
        "1 a month",
        ahead(7),
        "what has an owner is mended where it breaks",
      ),
      plan: months(ahead(-6), 10, 15_000),
      benefit: { low: 60_000, likely: 140_000, high: 220_000 },
      ramp: 4,
      chance: 0.75,
      grade: "C",
      kill: "half of the tables have no owner after half a year",
      checkpoint: ahead(2),
      actuals: months(ahead(-6), 6, 14_200).map((one) => ({ ...one, benefit: 0 })),
    },
    {
      id: "partner-accounts",
      title: "Partners make their own accounts",
      owner: "Infrastructure",
      state: "idea",
      element: "security",
      systems: ["Access"],
      useCase: "partners",
      strategy: "deliver",
      whyNot: "The access system can do it, and nobody has set it up.",
      hypothesis: hypothesis("days until a partner can log in", "3", "0.1", ahead(15), "nobody has to type"),
      plan: months(ahead(8), 4, 20_000),
      benefit: { low: 40_000, likely: 90_000, high: 160_000 },
      ramp: 3,
      chance: 0.8,
      grade: "D",
      kill: "the security office objects",
      checkpoint: ahead(6),
    },
    {
      id: "partner-bookings",
      title: "Partners see each booking at once",
      owner: "Ledger",
      state: "idea",
      element: "api",
      systems: ["Integration layer"],
      useCase: "partners",
      strategy: "abstract",
      whyNot: "Nothing of it needs another system, only what the facade will tell.",
      hypothesis: hypothesis(
        "calls of partners about a booking",
        "400 a week",
        "80 a week",
        ahead(20),
        "they can look",
      ),
      plan: months(ahead(14), 5, 18_000),
      benefit: { low: 30_000, likely: 70_000, high: 120_000 },
      ramp: 6,
      needs: ["ledger-facade"],
      chance: 0.6,
      grade: "D",
      kill: "fewer than five partners look in the first quarter",
      checkpoint: ahead(8),
    },
    {
      id: "ledger-renewal",
      title: "Another core ledger",
      owner: "Ledger",
      state: "stopped",
      element: "core",
      systems: [BACKBONE],
      useCase: "settle",
      strategy: "replace",
      whyNot: "A layer was thought to come too late, and releases to stay rare.",
      hypothesis: hypothesis("days until a booking is seen", "1", "0", ahead(40), "the new one books at once"),
      plan: months(ahead(-16), 48, 95_000),
      benefit: { low: 400_000, likely: 1_100_000, high: 2_000_000 },
      ramp: 12,
      affected: 240_000,
      chance: 0.3,
      grade: "D",
      kill: "no vendor names a date for the first module within half a year",
      checkpoint: ahead(-10),
      actuals: months(ahead(-16), 6, 88_000).map((one) => ({ ...one, benefit: 0 })),
    },
  ];
}

function hypothesis(metric: string, from: string, to: string, by: string, because: string) {
  return { metric, from, to, by, because };
}

/** The mean length of a month. */
const MONTH = 30.44 * DAY;

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The same each month, from that of a day on. */
function months(
  day: string,
  count: number,
  cost: number,
): readonly { readonly month: string; readonly cost: number }[] {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return Array.from({ length: count }, (_, index) => {
    const at = year * 12 + month - 1 + index;
    return { month: `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`, cost };
  });
}
