/** What can be said of each thing of a programme, as a form asks for it; and from what was typed to the thing and back. */
import type { Programme } from "../types.ts";
import { ASSUMED_WORDS, BUCKETS, COST_KINDS } from "./assumed-words.ts";
import { amountIn } from "./lines.ts";

export type List =
  | "systems"
  | "assessment"
  | "useCases"
  | "initiatives"
  | "consents"
  | "interventions"
  | "assumptions"
  | "costs"
  | "timeStudies"
  | "waves"
  | "adoptions"
  | "milestones"
  | "exemptions"
  | "drills";

/** `many`: some of the choices; `months`: a line for each month; `optional` text and numbers may stay empty. */
export interface Field {
  /** `value.low` is a part of `value`. */
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "long" | "number" | "day" | "choice" | "many" | "months" | "actuals" | "buckets";
  readonly isOptional?: boolean;
  /** Of `choice` and `many`: the names, or where they are found. */
  readonly choices?: readonly string[] | Source;
}

/** What a programme or the configuration knows by name. */
export type Source =
  | "systems"
  | "services"
  | "teams"
  | "useCases"
  | "initiatives"
  | "about"
  | "assumed"
  | "practices"
  | "metrics";

/** As people read them. */
type Element = Programme["systems"][number]["cells"][number]["element"];
export const ELEMENT_WORDS: Readonly<Record<Element, string>> = {
  core: "core",
  integration: "integration",
  data: "data",
  api: "API",
  infrastructure: "infrastructure",
  security: "security",
  delivery: "delivery",
};
// oxlint-disable-next-line no-unsafe-type-assertion -- an object that is written here has no other keys
export const ELEMENTS = Object.keys(ELEMENT_WORDS) as readonly Element[];
const text = (name: string, label: string, isOptional = false): Field => ({ name, label, kind: "text", isOptional });
const number = (name: string, label: string, isOptional = false): Field => ({
  name,
  label,
  kind: "number",
  isOptional,
});
const choice = (name: string, label: string, choices: Field["choices"], isOptional = false): Field => ({
  name,
  label,
  kind: "choice",
  isOptional,
  ...(choices !== undefined && { choices }),
});
const many = (name: string, label: string, choices: readonly string[] | Source): Field => ({
  name,
  label,
  kind: "many",
  choices,
});

/** In the order in which people think of them. */
export const FIELDS: Readonly<Record<List, readonly Field[]>> = {
  systems: [
    text("name", "Name"),
    choice("element", "What it mainly is", ELEMENTS, true),
    choice("technology", "IT, or OT that moves machines", ["it", "ot"]),
    text("owner", "Owner (a role or team)", true),
    text("vendor", "Vendor", true),
    text("releases", "When it can change", true),
    many("needs", "Cannot work without", "systems"),
  ],
  assessment: [
    choice("system", "System", "systems"),
    choice("element", "Element", ELEMENTS),
    choice("gap", "Does it stand in the way?", ["none", "hinders", "blocks"]),
    { name: "evidence", label: "What shows it", kind: "long" },
    choice("confidence", "How sure are you?", ["low", "medium", "high"]),
    { name: "day", label: "Looked at on", kind: "day" },
  ],
  useCases: [
    text("title", "Title"),
    text("owner", "Owner (a role or team)"),
    number("value.low", "Worth a year, at least"),
    number("value.likely", "… likely"),
    number("value.high", "… at most"),
    many("elements", "Elements it needs", ELEMENTS),
    many("systems", "Systems it needs (none: all)", "systems"),
    many("services", "Services that deliver it", "services"),
    text("by", "By the year"),
  ],
  initiatives: [
    text("title", "Title"),
    text("owner", "Owner (a role or team)"),
    choice("state", "How far it is", ["idea", "analysed", "approved", "running", "done", "stopped"]),
    choice("useCase", "For the use case", "useCases"),
    choice("element", "Element", ELEMENTS),
    many("systems", "Systems it changes", "systems"),
    choice("strategy", "Strategy", ["replace", "abstract", "deliver"]),
    { name: "whyNot", label: "Why not the other two strategies", kind: "long" },
    text("hypothesis.metric", "Hypothesis: this metric …"),
    text("hypothesis.from", "… goes from"),
    text("hypothesis.to", "… to"),
    { name: "hypothesis.by", label: "… by", kind: "day" },
    text("hypothesis.because", "… because"),
    { name: "plan", label: "Plan: a line for each month, such as 2027-01 12000", kind: "months" },
    number("benefit.low", "Brings a year, at least (empty: an enabler)", true),
    number("benefit.likely", "… likely", true),
    number("benefit.high", "… at most", true),
    number("ramp", "Months until it brings all of that"),
    number("affected", "What the teams it changes cost a month", true),
    number("capitalised", "Share of the cost that is an investment, 0 to 1"),
    number("chance", "Chance that it succeeds, 0 to 1"),
    many("needs", "Needs first", "initiatives"),
    choice("grade", "Evidence, A (measured with a comparison) to D (assumed)", ["A", "B", "C", "D"]),
    text("kill", "It is stopped when"),
    { name: "checkpoint", label: "Looked at next on", kind: "day" },
    {
      name: "actuals",
      label: "What came: a line for each month, such as 2027-01 11000 0 (cost, benefit)",
      kind: "actuals",
    },
  ],
  consents: [
    choice("party", "Who", ["sponsor", "finance", "system-owner", "works-council", "security"]),
    choice("about", "To what", "about"),
    choice("answer", "Answer", ["asked", "agreed", "refused"]),
    { name: "day", label: "On", kind: "day" },
    text("snapshot", "Hash of what they saw", true),
  ],
  interventions: [
    choice("kind", "Kind", ["training", "coaching", "tooling", "ai-tooling", "reorganisation", "freeze"]),
    text("title", "What"),
    many("teams", "For the teams", "teams"),
    { name: "from", label: "From", kind: "day" },
    { name: "to", label: "To", kind: "day" },
    number("hours", "Hours it takes of them"),
    number("cost", "What it costs"),
  ],
  assumptions: [
    choice("what", "What is assumed", "assumed"),
    text("of", "Of which role, team, runner, use case or service (empty: all)", true),
    number("value", "Value"),
    number("low", "At least"),
    number("high", "At most"),
    { name: "validFrom", label: "Holds from", kind: "day" },
    text("source", "Where it is from"),
    text("owner", "Owner (a role or team)"),
  ],
  costs: [
    text("title", "What is paid for"),
    choice("kind", "Kind", COST_KINDS),
    choice("team", "Whose it is", "teams", true),
    { name: "months", label: "A line for each month, such as 2027-01 12000", kind: "months" },
    text("source", "Where it is from"),
    text("owner", "Owner (a role or team)"),
  ],
  timeStudies: [
    choice("kind", "Kind", ["time-study", "survey"]),
    choice("team", "Of the team", "teams"),
    { name: "from", label: "From", kind: "day" },
    { name: "to", label: "To", kind: "day" },
    {
      name: "hours",
      label: `Hours of all who took part together, a line for each of ${BUCKETS.join(", ")}, such as toil 12`,
      kind: "buckets",
    },
  ],
  waves: [
    text("title", "Title"),
    choice("useCase", "For the use case", "useCases", true),
    { name: "from", label: "Begins on", kind: "day" },
    many("teams", "Teams", "teams"),
    many("services", "Services beside those of the teams", "services"),
    many("practices", "Practices it adopts (none: all)", "practices"),
  ],
  adoptions: [
    choice("team", "Team", "teams"),
    choice("practice", "Practice", "practices"),
    { name: "day", label: "Adopts it on", kind: "day" },
  ],
  milestones: [
    text("title", "Title"),
    text("owner", "Owner (a role or team)"),
    choice("metric", "Metric", "metrics"),
    text("scope", "Of (organisation, team:NAME, system:NAME or service:NAME)"),
    number("from", "From (in the metric's unit, counts a week)", true),
    number("target", "To"),
    { name: "setOn", label: "Set on", kind: "day" },
    { name: "due", label: "Due on", kind: "day" },
  ],
  exemptions: [
    choice("service", "Not asked of the service", "services"),
    choice("practice", "Practice", "practices"),
    text("part", "Only this part of it, by its id", true),
    { name: "reason", label: "Why", kind: "long" },
    text("owner", "Owner (a role or team)"),
  ],
  drills: [
    choice("service", "A deployment was taken back as a drill, of the service", "services"),
    { name: "day", label: "On", kind: "day" },
  ],
};

/** What a form begins with where nothing else is known. Nothing of an assessment: whoever has not looked must not have said something. */
export const USUAL: Readonly<Record<string, string>> = {
  technology: "it",
  state: "idea",
  strategy: "deliver",
  grade: "D",
  answer: "asked",
  kind: "training",
  capitalised: "0",
  chance: "0.7",
  ramp: "6",
  hours: "0",
  cost: "0",
  scope: "organisation",
};

export type Entered = Readonly<Record<string, string>>;

/** Text for each field of a thing; several of a list one to a line. */
export function enteredOf(list: List, thing: object): Entered {
  return Object.fromEntries(FIELDS[list].map((field) => [field.name, textOf(field, valueAt(thing, field.name))]));
}

/**
 * The thing that was typed. What it says wrongly, the server tells.
 *
 * @param before the thing that is changed; what a form does not ask for stays as it is.
 */
export function thingOf(list: List, entered: Entered, before: object | null): Record<string, unknown> {
  const thing: Record<string, unknown> = { ...before };
  for (const field of FIELDS[list]) {
    const [name = "", part] = field.name.split(".");
    const value = valueOf(field, entered[field.name] ?? "");
    if (part === undefined) thing[name] = value;
    else thing[name] = { ...toObject(thing[name]), [part]: value };
  }
  // An enabler says nothing of its benefit; a benefit of which a part is missing is for the server to refuse.
  if (list === "initiatives" && Object.values(toObject(thing["benefit"])).every((value) => value === null))
    thing["benefit"] = null;
  if (before === null && TITLED.includes(list)) thing["id"] = idOf(entered["title"] ?? "");
  const parts = ID_PARTS[list];
  if (before === null && parts !== undefined) thing["id"] = idOf(parts.map((name) => entered[name] ?? "").join(" "));
  return thing;
}

const TITLED: readonly List[] = ["useCases", "initiatives", "interventions", "costs", "waves", "milestones"];

/** Of things without a title: what their id is made of. */
const ID_PARTS: Partial<Readonly<Record<List, readonly string[]>>> = {
  consents: ["party", "about", "day"],
  assumptions: ["what", "of"],
  timeStudies: ["kind", "team", "from"],
  adoptions: ["team", "practice"],
  exemptions: ["service", "practice", "part"],
  drills: ["service", "day"],
};

/** An id that links can carry. */
export function idOf(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
}

/** What can be chosen of what is known by name. */
export function known(
  source: Source,
  { programme, known: named }: Programme,
): readonly { readonly value: string; readonly words: string }[] {
  const titled = (things: readonly { id: string; title: string }[]) =>
    things.map(({ id, title }) => ({ value: id, words: title }));
  switch (source) {
    case "systems": {
      const all = new Set([...programme.systems.map(({ name }) => name), ...named.systems]);
      return [...all].map((name) => ({ value: name, words: name }));
    }
    case "services":
    case "teams":
      return named[source].map((name) => ({ value: name, words: name }));
    case "useCases":
    case "initiatives":
      return titled(programme[source]);
    case "assumed":
      return Object.entries(ASSUMED_WORDS).map(([value, { title, unit }]) => ({ value, words: `${title} (${unit})` }));
    case "about":
      return [
        { value: "programme", words: "the programme" },
        ...titled([...programme.waves, ...programme.initiatives]),
      ];
    case "practices":
    case "metrics":
      return titled(named[source]);
  }
}

function valueAt(thing: object, name: string): unknown {
  const [whole = "", part] = name.split(".");
  const value = partOf(thing, whole);
  return part === undefined ? value : partOf(value, part);
}

function partOf(thing: unknown, name: string): unknown {
  return Reflect.get(toObject(thing), name);
}

function toObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

function textOf({ kind }: Field, value: unknown): string {
  if (!Array.isArray(value)) return typeof value === "string" || typeof value === "number" ? String(value) : "";
  const isTable = kind === "months" || kind === "actuals" || kind === "buckets";
  const lines = isTable ? value.map(lineOf) : value;
  return lines.join("\n");
}

/** `2027-01 12000`, and what came besides where something did; `toil 12`. */
function lineOf(month: unknown): string {
  return COLUMNS.flatMap((name) => {
    const part = partOf(month, name);
    return typeof part === "string" || typeof part === "number" ? [part] : [];
  }).join(" ");
}

/** In the order in which they stand in a line. */
const COLUMNS = ["month", "cost", "benefit", "bucket", "hours"];

function valueOf({ kind, isOptional = false }: Field, typed: string): unknown {
  const trimmed = typed.trim();
  if (kind === "many") return trimmed === "" ? [] : trimmed.split("\n");
  if (kind === "months" || kind === "actuals")
    return trimmed === ""
      ? []
      : trimmed.split("\n").map((line) => {
          const [month, cost = "", benefit = "0"] = line.trim().split(/[\s:;]+/);
          return { month, cost: amountIn(cost), ...(kind === "actuals" && { benefit: amountIn(benefit) }) };
        });
  if (kind === "buckets")
    return trimmed === ""
      ? []
      : trimmed.split("\n").map((line) => {
          const [bucket, hours = ""] = line.trim().split(/[\s:;]+/);
          return { bucket, hours: amountIn(hours) };
        });
  if (trimmed === "" && isOptional) return null;
  return kind === "number" && trimmed !== "" ? Number(trimmed) : trimmed;
}
