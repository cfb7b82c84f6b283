/**
 * What a company declares of its renewal: its backbone, what it wants to do with it, and what it will change. Declared by people, so that it
 * is useful before anything was measured and for systems that have no repository.
 *
 * Days are `2026-11-28`, months `2026-11`, both in the organisation's zone; money is in the programme's currency; unknown is `null`.
 * Owners are roles or teams.
 */

import type { Assumption, Cost, TimeStudy } from "./assumptions.ts";
import type { Roadmap } from "./roadmap.ts";

/** Parts of a technology backbone, and how software is delivered on it. */
export const ELEMENTS = ["core", "integration", "data", "api", "infrastructure", "security", "delivery"] as const;
export type Element = (typeof ELEMENTS)[number];

/** How much an element stands in the way, from not at all to entirely. */
export const GAPS = ["none", "hinders", "blocks"] as const;
export type Gap = (typeof GAPS)[number];

export const CONFIDENCES = ["low", "medium", "high"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** How a gap can be closed: replace the system, put a layer of data and interfaces over it, or deliver better what is there. */
export const STRATEGIES = ["replace", "abstract", "deliver"] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** How far an initiative has come. */
export const STATES = ["idea", "analysed", "approved", "running", "done", "stopped"] as const;
export type State = (typeof STATES)[number];

/** In which somebody decided to spend money. */
export const DECIDED: readonly State[] = ["approved", "running", "done"];

/** From the best evidence to none: measured with a comparison, measured, stated by whoever knows it, assumed. */
export const GRADES = ["A", "B", "C", "D"] as const;
export type Grade = (typeof GRADES)[number];

/** Who must agree before money is spent. */
export const PARTIES = ["sponsor", "finance", "system-owner", "works-council", "security"] as const;
export type Party = (typeof PARTIES)[number];

export const ANSWERS = ["asked", "agreed", "refused"] as const;
export type Answer = (typeof ANSWERS)[number];

export const INTERVENTIONS = ["training", "coaching", "tooling", "ai-tooling", "reorganisation", "freeze"] as const;
export type InterventionKind = (typeof INTERVENTIONS)[number];

/** The least that is thought possible, what is likely, and the most. */
export interface Range {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

export interface Vision {
  /** In one sentence. */
  readonly sentence: string;
  /** For the next two to five years. */
  readonly targets: readonly { readonly id: string; readonly words: string; readonly by: string }[];
}

export interface System {
  readonly name: string;
  /** What it mainly is; `null`: nobody said. */
  readonly element: Element | null;
  /** Whether it runs in an office or moves machines. */
  readonly technology: "it" | "ot";
  readonly owner: string | null;
  readonly vendor: string | null;
  /** When it can change, in words, such as "every second Sunday"; `null`: at any time, or nobody said. */
  readonly releases: string | null;
  /** Systems it cannot work without. */
  readonly needs: readonly string[];
}

/** That an element of a system stands in the way, or does not. One for each system and element. */
export interface Finding {
  readonly system: string;
  readonly element: Element;
  readonly gap: Gap;
  /** What shows it; empty where nothing stands in the way and nobody wrote down what they saw. */
  readonly evidence: string;
  readonly confidence: Confidence;
  /** When it was looked at. */
  readonly day: string;
}

export interface UseCase {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  /** What it is worth in a year, once it is there. */
  readonly value: Range;
  readonly elements: readonly Element[];
  readonly systems: readonly string[];
  readonly services: readonly string[];
  /** The year in which it should be there. */
  readonly by: string;
}

/** What a person said that a service is of the backbone: one for each service. */
export interface ServiceElement {
  readonly service: string;
  /** `null`: what was suggested is wrong, and nothing else was said. */
  readonly element: Element | null;
  /** What the repository suggested then, by its evidence, `api: openapi`; `null`: nothing. */
  readonly suggested: string | null;
}

export interface Month {
  readonly month: string;
  readonly cost: number;
}

export interface Hypothesis {
  readonly metric: string;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly because: string;
}

export interface Initiative {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly state: State;
  readonly element: Element;
  readonly systems: readonly string[];
  readonly useCase: string;
  readonly strategy: Strategy;
  /** Why not each of the other two; `null`, as hypothesis, stop and checkpoint, while it is no more than an idea. */
  readonly whyNot: string | null;
  readonly hypothesis: Hypothesis | null;
  /** What it costs, month by month. The first is its beginning, the last its end. */
  readonly plan: readonly Month[];
  /** Of the cost, how much is an investment in the sense of the books, 0 to 1. */
  readonly capitalised: number;
  /** What it brings in a year, once it is fully used; `null` for an enabler, whose benefit is that of what it enables. */
  readonly benefit: Range | null;
  /** How many months after its end the benefit has come fully, growing evenly until then. */
  readonly ramp: number;
  /** What the teams that are changed by it cost in a month: they are slower for a while. `null`: nobody said, so no dip is counted. */
  readonly affected: number | null;
  /** How likely it is that it succeeds, 0 to 1. */
  readonly chance: number;
  /** Initiatives that must be finished before it begins. */
  readonly needs: readonly string[];
  readonly grade: Grade;
  /** On what it is stopped. */
  readonly kill: string | null;
  /** The day on which it is looked at next. */
  readonly checkpoint: string | null;
  readonly actuals: readonly { readonly month: string; readonly cost: number; readonly benefit: number }[];
}

export interface Consent {
  readonly id: string;
  readonly party: Party;
  /** `programme`, or the id of a wave or an initiative. */
  readonly about: string;
  /** The hash of what they saw; `null`: of nothing that was frozen. */
  readonly snapshot: string | null;
  readonly answer: Answer;
  readonly day: string;
}

export interface Intervention {
  readonly id: string;
  readonly kind: InterventionKind;
  readonly title: string;
  readonly teams: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly hours: number;
  readonly cost: number;
}

export interface Programme extends Roadmap {
  readonly currency: string;
  /** The month, 1 to 12, in which the fiscal year begins: quarters are counted from it. */
  readonly fiscalYearBegins: number;
  readonly vision: Vision | null;
  readonly systems: readonly System[];
  readonly elements: readonly ServiceElement[];
  readonly assessment: readonly Finding[];
  readonly useCases: readonly UseCase[];
  readonly initiatives: readonly Initiative[];
  readonly consents: readonly Consent[];
  readonly interventions: readonly Intervention[];
  readonly assumptions: readonly Assumption[];
  readonly costs: readonly Cost[];
  readonly timeStudies: readonly TimeStudy[];
}

/** A system as the configuration knows it. */
export type KnownSystem = Pick<System, "name" | "element" | "technology">;

/** With the systems that the configuration lists and the programme says nothing of. */
export function withSystems(programme: Programme, known: readonly KnownSystem[]): Programme {
  const declared = new Set(programme.systems.map(({ name }) => name.toLowerCase()));
  const rest = known.filter(({ name }) => !declared.has(name.toLowerCase()));
  const nothing = { owner: null, vendor: null, releases: null, needs: [] };
  return { ...programme, systems: [...programme.systems, ...rest.map((system) => ({ ...system, ...nothing }))] };
}

/** With another name for a system, wherever it is spoken of. */
export function withSystemCalled(programme: Programme, before: string, after: string): Programme {
  const named = (name: string): string => (name === before ? after : name);
  return {
    ...programme,
    systems: programme.systems.map((one) => ({ ...one, name: named(one.name), needs: one.needs.map(named) })),
    assessment: programme.assessment.map((one) => ({ ...one, system: named(one.system) })),
    useCases: programme.useCases.map((one) => ({ ...one, systems: one.systems.map(named) })),
    initiatives: programme.initiatives.map((one) => ({ ...one, systems: one.systems.map(named) })),
  };
}

/** A programme in which nobody has said anything yet. */
export const NOTHING: Programme = {
  currency: "EUR",
  fiscalYearBegins: 1,
  vision: null,
  systems: [],
  elements: [],
  assessment: [],
  useCases: [],
  initiatives: [],
  consents: [],
  interventions: [],
  assumptions: [],
  costs: [],
  timeStudies: [],
  waves: [],
  adoptions: [],
  milestones: [],
  exemptions: [],
  drills: [],
};
