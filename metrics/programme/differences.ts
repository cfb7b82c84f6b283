/** What one version of a programme has that another has not, thing by thing. */
import type { Json } from "../baselines/canonical.ts";
import { canonical } from "../baselines/canonical.ts";
import type { Programme } from "./programme.ts";

/** The lists of which a programme is made, and what tells two things of one apart. */
export const LISTS = {
  systems: ["name"],
  elements: ["service"],
  assessment: ["system", "element"],
  useCases: ["id"],
  initiatives: ["id"],
  consents: ["id"],
  interventions: ["id"],
  assumptions: ["id", "validFrom"],
  costs: ["id"],
  timeStudies: ["id"],
  waves: ["id"],
  adoptions: ["id"],
  milestones: ["id"],
  exemptions: ["id"],
  drills: ["id"],
} as const satisfies { readonly [L in List]: readonly (keyof Programme[L][number])[] };
export const LIST_NAMES = [
  "systems",
  "elements",
  "assessment",
  "useCases",
  "initiatives",
  "consents",
  "interventions",
  "assumptions",
  "costs",
  "timeStudies",
  "waves",
  "adoptions",
  "milestones",
  "exemptions",
  "drills",
] as const satisfies readonly List[];
/** Parts of a programme of which there is one. */
export type Part = "currency" | "fiscalYearBegins" | "vision";
export type List = Exclude<keyof Programme, Part>;

export interface Difference {
  readonly list: List | Part;
  /** What is meant: an id or a name; the whole thing where there is only one. */
  readonly key: string;
  readonly verb: "added" | "changed" | "removed";
  readonly fields: readonly { readonly name: string; readonly before: string | null; readonly after: string | null }[];
}

/** In the order of the lists; none where both say the same. */
export function differences(before: Programme, after: Programme): readonly Difference[] {
  return [
    ...ofPart("currency", before.currency, after.currency),
    ...ofPart("fiscalYearBegins", before.fiscalYearBegins, after.fiscalYearBegins),
    ...ofPart("vision", before.vision, after.vision),
    ...LIST_NAMES.flatMap((list) => ofList(list, before, after)),
  ];
}

/** What tells a thing apart from the others of its list. */
export function keyOf(list: List, thing: object): string {
  return LISTS[list].map((field) => String(Reflect.get(thing, field))).join(" ");
}

function ofPart(list: Part, before: unknown, after: unknown): Difference[] {
  const [was, is] = [textOf(before), textOf(after)];
  if (was === is) return [];
  const verb = was === null ? "added" : is === null ? "removed" : "changed";
  return [{ list, key: list, verb, fields: [{ name: list, before: was, after: is }] }];
}

function ofList(list: List, before: Programme, after: Programme): Difference[] {
  const [was, is] = [keyed(list, before), keyed(list, after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key): Difference[] => {
    const [old, now] = [was.get(key), is.get(key)];
    const fields = fieldsOf(old ?? {}, now ?? {});
    if (fields.length === 0) return [];
    return [{ list, key, verb: old === undefined ? "added" : now === undefined ? "removed" : "changed", fields }];
  });
}

function keyed(list: List, programme: Programme): ReadonlyMap<string, object> {
  return new Map(programme[list].map((thing: object) => [keyOf(list, thing), thing]));
}

function fieldsOf(before: object, after: object): Difference["fields"] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [was, is] = [textOf(Reflect.get(before, name)), textOf(Reflect.get(after, name))];
    return was === is ? [] : [{ name, before: was, after: is }];
  });
}

/** As a person reads it: text as it is, anything else as JSON. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  // oxlint-disable-next-line no-unsafe-type-assertion -- a programme is made of what JSON can say
  return typeof value === "string" ? value : canonical(value as Json);
}
