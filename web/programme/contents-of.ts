/** What the page of the backbone holds, in its order, with how many there are. Pure, so that it can be tested. */
import type { Programme } from "../types.ts";

export interface Entry {
  /** Of the heading that it leads to. */
  readonly id: string;
  readonly title: string;
  /** How many there are; `null`: it is nothing that is counted. */
  readonly count: string | null;
}

export interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

export function contentsOf({ programme, looked, openings }: Programme): readonly Group[] {
  const of = (id: keyof Programme["programme"], title: string): Entry => {
    const things: unknown = programme[id];
    return { id, title, count: Array.isArray(things) ? String(things.length) : null };
  };
  const plain = (id: string, title: string): Entry => ({ id, title, count: null });
  return [
    {
      title: "What stands in the way",
      entries: [
        { id: "assessment", title: "Assessment", count: `${looked.known} of ${looked.of}` },
        ...(openings.length === 0 ? [] : [{ id: "openings", title: "What of what", count: String(openings.length) }]),
        plain("measured-title", "What changes waited for"),
        plain("elements-title", "What repositories suggest"),
      ],
    },
    {
      title: "What is wanted and done",
      entries: [
        of("useCases", "Use cases"),
        of("initiatives", "Initiatives"),
        ...(programme.initiatives.length === 0 ? [] : [plain("portfolio-title", "Portfolio")]),
        of("consents", "Consent"),
        of("interventions", "Interventions"),
      ],
    },
    {
      title: "When and how far",
      entries: [
        of("waves", "Waves"),
        of("adoptions", "Adoption dates"),
        of("milestones", "Milestones"),
        of("exemptions", "Not asked for"),
        of("drills", "Rollback drills"),
      ],
    },
    {
      title: "What no host can tell",
      entries: [of("assumptions", "Assumptions"), of("costs", "Costs by month"), of("timeStudies", "Time studies")],
    },
    { title: "Records", entries: [plain("history", "History"), plain("file", "As a file")] },
  ];
}

type Step = Programme["firstAssessment"][number];

/** Where on the page each step of a first assessment is taken. */
const PLACES: Readonly<Record<Step["id"], string>> = {
  vision: "vision",
  systems: "assessment",
  assessment: "assessment",
  "use-cases": "useCases",
  initiatives: "initiatives",
  sponsor: "consents",
};

export function placeOfStep({ id }: Step): string {
  return PLACES[id];
}
