/** What a form asks for: fields in parts, the needed ones first. */
import type { Programme } from "../types.ts";

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

/** Text for each field of a thing; several of a list one to a line. */
export type Entered = Readonly<Record<string, string>>;

export interface Choice {
  readonly value: string;
  readonly words: string;
}

/** What a programme or the configuration knows by name; `snapshots`: what was frozen. */
export type Source =
  | "systems"
  | "services"
  | "teams"
  | "useCases"
  | "initiatives"
  | "about"
  | "assumed"
  | "practices"
  | "metrics"
  | "snapshots";

/** `many`: some of the choices; `months`: a line for each month; `optional` text and numbers may stay empty. */
export interface Field {
  /** `value.low` is a part of `value`. */
  readonly name: string;
  readonly label: string;
  /** What is meant, in one line. */
  readonly hint?: string;
  readonly kind: "text" | "long" | "number" | "day" | "choice" | "many" | "months" | "actuals" | "buckets";
  /** Where it depends on what else was typed, that decides. */
  readonly isOptional?: boolean | ((entered: Entered) => boolean);
  /** Of `text`: it offers the names of whom this can be assumed, beside which another can be typed. */
  readonly isOfWhom?: boolean;
  /** Of `choice` and `many`: the names, with other words for people, or where they are found. */
  readonly choices?: readonly (string | Choice)[] | Source;
}

/** Fields that belong together. */
export interface Part {
  /** `null`: what the form begins with. */
  readonly title: string | null;
  /** Why it is asked for. */
  readonly words?: string;
  /** It can wait, and is folded until somebody wants it. */
  readonly isLater?: boolean;
  readonly fields: readonly Field[];
}

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

export function isOptionalIn({ isOptional = false }: Field, entered: Entered): boolean {
  return typeof isOptional === "boolean" ? isOptional : isOptional(entered);
}
