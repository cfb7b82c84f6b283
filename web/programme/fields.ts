/** From what was typed to a thing of a programme and back. */
import type { Programme } from "../types.ts";
import { ASSUMED_WORDS } from "./assumed-words.ts";
import type { Choice, Entered, Field, List, Source } from "./field.ts";
import { isOptionalIn } from "./field.ts";
import { FORMS } from "./forms.ts";
import { amountIn } from "./lines.ts";

/** All that a form of a list asks for. */
export function fieldsOf(list: List): readonly Field[] {
  return FORMS[list].flatMap(({ fields }) => fields);
}

/** Text for each field of a thing; several of a list one to a line. */
export function enteredOf(list: List, thing: object): Entered {
  return Object.fromEntries(fieldsOf(list).map((field) => [field.name, textOf(field, valueAt(thing, field.name))]));
}

/**
 * The thing that was typed. What it says wrongly, the server tells.
 *
 * @param before the thing that is changed; what a form does not ask for stays as it is.
 */
export function thingOf(list: List, entered: Entered, before: object | null): Record<string, unknown> {
  const thing: Record<string, unknown> = { ...before };
  for (const field of fieldsOf(list)) {
    const [name = "", part] = field.name.split(".");
    const value = valueOf(field, entered);
    if (part === undefined) thing[name] = value;
    else thing[name] = { ...toObject(thing[name]), [part]: value };
  }
  // An enabler says nothing of its benefit, and an idea nothing of what is expected. Half of it is told before it is sent.
  if (list === "initiatives")
    for (const name of ["benefit", "hypothesis"])
      if (Object.values(toObject(thing[name])).every((value) => value === null)) thing[name] = null;
  if (before === null && TITLED.includes(list)) thing["id"] = idOf(entered["title"] ?? "");
  const parts = ID_PARTS[list];
  if (before === null && parts !== undefined) thing["id"] = idOf(parts.map((name) => entered[name] ?? "").join(" "));
  return thing;
}

/** What tells things of a list apart where it is not their id. */
const KEYS: Partial<Readonly<Record<List, readonly string[]>>> = {
  systems: ["name"],
  assessment: ["system", "element"],
  assumptions: ["id", "validFrom"],
};

/** As the API speaks of it. */
export function keyOf(list: List, thing: object): string {
  const names = KEYS[list] ?? ["id"];
  return names.map((name) => String(Reflect.get(thing, name))).join(" ");
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

/** What can be chosen of what is known by name; of `snapshots` nothing, which the page of the programme does not know. */
export function known(source: Source, { programme, known: named }: Programme): readonly Choice[] {
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
    case "snapshots":
      return [];
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

function valueOf(field: Field, entered: Entered): unknown {
  const { kind, name } = field;
  const trimmed = (entered[name] ?? "").trim();
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
  // What may stay empty under a condition is no unknown.
  if (trimmed === "" && isOptionalIn(field, entered)) return field.isOptional === true ? null : "";
  return kind === "number" && trimmed !== "" ? Number(trimmed) : trimmed;
}
