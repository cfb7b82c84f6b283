/** A programme as a file: what may stand in it, read with every mistake at its line, and written so that it reads back the same. */
import { stringify } from "yaml";
import { z } from "zod";
import { ASSUMED_NAMES, BUCKETS, COST_KINDS } from "#metrics/programme/assumptions.ts";
import type { Surroundings } from "#metrics/programme/check.ts";
import { flaws } from "#metrics/programme/check.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import {
  ANSWERS,
  CONFIDENCES,
  ELEMENTS,
  GAPS,
  GRADES,
  INTERVENTIONS,
  PARTIES,
  STATES,
  STRATEGIES,
} from "#metrics/programme/programme.ts";
import { Day } from "./calendars.ts";
import { ConfigError } from "./errors.ts";
import { problems, sentence } from "./problems.ts";
import { readYaml } from "./yaml.ts";

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "This is no month. Write year and month, such as `2027-03`.");
const Year = z.coerce.string().regex(/^\d{4}$/, "This is no year. Write it with four digits, such as `2028`.");
const Name = z.string().trim().min(1, "This needs a name to be called by.").max(200);
const Id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "Use small letters, digits and hyphens, such as `api-layer`: links carry it.");
const Title = z.string().trim().min(1, "Say in a few words what it is.").max(200);
/** A role or a team: programmes outlive the people in them. */
const Owner = z.string().trim().min(1, "Say which role or team owns it, not which person.").max(100);
const Words = z.string().trim().min(1, "Say it in a sentence.").max(2000);
const Money = z.number().min(-1e12).max(1e12);
const Cost = z.number().min(0, "What something costs is not below 0.").max(1e12);
const Share = z.number().min(0, "A share lies between 0 and 1.").max(1, "A share lies between 0 and 1.");
const Range = z.strictObject({ low: Money, likely: Money, high: Money });
const Names = z.array(Name).max(500).default([]);
const ElementName = z.enum(ELEMENTS);
const optional = (most: number) => z.string().trim().min(1).max(most).nullable().default(null);

export const System = z.strictObject({
  name: Name,
  element: ElementName.nullable().default(null),
  technology: z.enum(["it", "ot"]).default("it"),
  owner: optional(100),
  vendor: optional(100),
  releases: optional(300),
  needs: Names,
});

export const ServiceElement = z.strictObject({
  service: Name,
  element: ElementName.nullable().default(null),
  suggested: optional(300),
});

/** Whoever says that nothing stands in the way need not prove it; whoever says that something does, has seen it. */
export const Finding = z
  .strictObject({
    system: Name,
    element: ElementName,
    gap: z.enum(GAPS),
    evidence: z.string().trim().max(2000).default(""),
    confidence: z.enum(CONFIDENCES),
    day: Day,
  })
  .refine(({ gap, evidence }) => gap === "none" || evidence !== "", {
    path: ["evidence"],
    message: "Say what shows that it stands in the way. Where nothing does (`none`) it may be left out.",
  });

export const UseCase = z.strictObject({
  id: Id,
  title: Title,
  owner: Owner,
  value: Range,
  elements: z.array(ElementName).min(1, "Say which elements of the backbone it needs."),
  systems: Names,
  services: Names,
  by: Year,
});

const Hypothesis = z.strictObject({ metric: Words, from: Words, to: Words, by: Day, because: Words });

export const Initiative = z.strictObject({
  id: Id,
  title: Title,
  owner: Owner,
  state: z.enum(STATES).default("idea"),
  element: ElementName,
  systems: Names,
  useCase: Id,
  strategy: z.enum(STRATEGIES),
  whyNot: optional(2000),
  hypothesis: Hypothesis.nullable().default(null),
  plan: z
    .array(z.strictObject({ month: Month, cost: Cost }))
    .max(240)
    .default([]),
  capitalised: Share.default(0),
  benefit: Range.nullable().default(null),
  ramp: z.int().min(0).max(120).default(0),
  affected: Cost.nullable().default(null),
  chance: Share,
  needs: z.array(Id).max(100).default([]),
  grade: z.enum(GRADES).default("D"),
  kill: optional(2000),
  checkpoint: Day.nullable().default(null),
  actuals: z
    .array(z.strictObject({ month: Month, cost: Cost, benefit: Money.default(0) }))
    .max(240)
    .default([]),
});

export const Consent = z.strictObject({
  id: Id,
  party: z.enum(PARTIES),
  about: z.union([z.literal("programme"), Id]),
  snapshot: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "A snapshot is named by its hash: 64 hexadecimal digits.")
    .nullable()
    .default(null),
  answer: z.enum(ANSWERS),
  day: Day,
});

export const Intervention = z.strictObject({
  id: Id,
  kind: z.enum(INTERVENTIONS),
  title: Title,
  teams: Names,
  from: Day,
  to: Day,
  hours: Cost.default(0),
  cost: Cost.default(0),
});

export const Assumption = z.strictObject({
  id: Id,
  what: z.enum(ASSUMED_NAMES),
  of: Name.nullable().default(null),
  value: Cost,
  low: Cost,
  high: Cost,
  source: Words,
  owner: Owner,
  validFrom: Day,
});

export const PaidCost = z.strictObject({
  id: Id,
  kind: z.enum(COST_KINDS),
  title: Title,
  team: Name.nullable().default(null),
  source: Words,
  owner: Owner,
  months: z
    .array(z.strictObject({ month: Month, cost: Cost }))
    .max(240)
    .default([]),
});

export const TimeStudy = z.strictObject({
  id: Id,
  kind: z.enum(["time-study", "survey"]),
  team: Name,
  from: Day,
  to: Day,
  hours: z.array(z.strictObject({ bucket: z.enum(BUCKETS), hours: Cost })).max(BUCKETS.length),
});

export const Wave = z.strictObject({
  id: Id,
  title: Title,
  useCase: Id.nullable().default(null),
  teams: Names,
  services: Names,
  from: Day,
  practices: Names,
});

export const Adoption = z.strictObject({ id: Id, team: Name, practice: Name, day: Day });

export const Milestone = z.strictObject({
  id: Id,
  title: Title,
  owner: Owner,
  scope: Name.default("organisation"),
  metric: Name,
  setOn: Day,
  from: Money.nullable().default(null),
  target: Money,
  due: Day,
});

export const Exemption = z.strictObject({
  id: Id,
  service: Name,
  practice: Name,
  part: optional(60),
  reason: Words,
  owner: Owner,
});

export const Drill = z.strictObject({ id: Id, service: Name, day: Day });

export const Vision = z.strictObject({
  sentence: Words,
  targets: z
    .array(z.strictObject({ id: Id, words: Words, by: Year }))
    .max(20)
    .default([]),
});

export const ProgrammeFile = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "Write a currency by its three letters, such as `EUR` (ISO 4217).")
    .default("EUR"),
  fiscalYearBegins: z.int().min(1, "Write the month as a number, 1 to 12.").max(12).default(1),
  vision: Vision.nullable().default(null),
  systems: z.array(System).max(1000).default([]),
  elements: z.array(ServiceElement).max(10_000).default([]),
  assessment: z.array(Finding).max(7000).default([]),
  useCases: z.array(UseCase).max(100).default([]),
  initiatives: z.array(Initiative).max(500).default([]),
  consents: z.array(Consent).max(2000).default([]),
  interventions: z.array(Intervention).max(2000).default([]),
  assumptions: z.array(Assumption).max(5000).default([]),
  costs: z.array(PaidCost).max(1000).default([]),
  timeStudies: z.array(TimeStudy).max(1000).default([]),
  waves: z.array(Wave).max(200).default([]),
  adoptions: z.array(Adoption).max(5000).default([]),
  milestones: z.array(Milestone).max(500).default([]),
  exemptions: z.array(Exemption).max(5000).default([]),
  drills: z.array(Drill).max(5000).default([]),
});

/**
 * @param file what the text is called in errors.
 * @throws ConfigError with one line for each mistake, all of them at once.
 */
export function parseProgramme(text: string, file: string, known: Surroundings): Programme {
  const { value, told } = readYaml(text, file, PROGRAMME);
  const result = ProgrammeFile.safeParse(value, { error: sentence });
  const found = result.success ? flaws(result.data, known) : problems(ProgrammeFile, value, result.error);
  if (result.success && found.length === 0) return result.data;
  throw new ConfigError("invalid", `${file} is not a valid programme.\n${told(found).join("\n")}`);
}

const PROGRAMME = {
  what: "a programme",
  emptyHint: "`headway programme export` writes what is there to begin with",
};

/** What is not said is left out, so that people see what they wrote. */
export function printProgramme(programme: Programme): string {
  const said = Object.entries(programme).filter(([, value]) => value !== null && !isEmpty(value));
  const short = said.map(([key, value]) => [key, Array.isArray(value) ? value.map(shortened) : value] as const);
  return `${HEAD}${stringify(Object.fromEntries(short), { lineWidth: 0 })}`;
}

const HEAD = `# The programme: edit it here or in the browser, and bring it back with
#   headway programme import FILE --dry-run
`;

function shortened(thing: unknown): unknown {
  if (typeof thing !== "object" || thing === null) return thing;
  return Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== null && !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return value === "" || (Array.isArray(value) && value.length === 0);
}
