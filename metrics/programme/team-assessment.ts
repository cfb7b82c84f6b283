/**
 * What teams say of themselves once a quarter: what no host can tell. It is kept apart from what is measured, and never made into one number with it. A role answers together,
 * never a person.
 */
export const ANSWERING = ["team", "engineering", "product", "operations", "security"] as const;

/** From 1, not at all, to 5, entirely; `null`: it was not asked. */
export const [LEAST_AGREED, MOST_AGREED] = [1, 5];

export interface Question {
  readonly id: string;
  readonly title: string;
  /** What is agreed to, so that more is always better. */
  readonly statement: string;
  readonly source: string;
}

const DORA = "https://dora.dev/capabilities/";

/** In the order in which they are asked: of the team and its surroundings, then of what DORA found to matter that no host tells of. */
export const QUESTIONS: readonly Question[] = [
  {
    id: "culture",
    title: "Culture",
    statement: "Whoever brings bad news is thanked, and what fails is looked into without blame.",
    source: DORA,
  },
  {
    id: "leadership",
    title: "Leadership",
    statement: "Leaders say where to go and why, and leave the way to those who go it.",
    source: DORA,
  },
  {
    id: "customer-focus",
    title: "Customer focus",
    statement: "We hear from those who use what we build, and change our plans by it.",
    source: DORA,
  },
  {
    id: "deployment-pain",
    title: "Deployments without pain",
    statement: "Deployments disturb nobody: no nights, no weekends, no fear.",
    source: `${DORA}well-being/`,
  },
  {
    id: "external-approval",
    title: "Change approval",
    statement: "A change needs nobody's approval outside the team to reach production.",
    source: `${DORA}streamlining-change-approval/`,
  },
  {
    id: "business-value",
    title: "Link to business value",
    statement: "Of everything we work on we know which business result it is for.",
    source: DORA,
  },
  {
    id: "team-stability",
    title: "Team stability",
    statement: "The same people worked together all quarter, on the same services.",
    source: DORA,
  },
  {
    id: "loosely-coupled",
    title: "Loosely coupled teams",
    statement: "We change, test and deploy our services without waiting for another team.",
    source: DORA,
  },
  {
    id: "test-automation",
    title: "Test automation",
    statement: "When the tests pass we are ready to release; when they fail, something is broken.",
    source: `${DORA}test-automation/`,
  },
  {
    id: "test-data",
    title: "Test data",
    statement: "We get the data that a test needs at once, and none that is a secret.",
    source: DORA,
  },
  {
    id: "monitoring",
    title: "Monitoring",
    statement: "We see that something goes wrong before those who use it tell us.",
    source: DORA,
  },
  {
    id: "maintainability",
    title: "Code maintainability",
    statement: "We find, change and reuse code of other teams without asking first.",
    source: `${DORA}code-maintainability/`,
  },
  {
    id: "documentation",
    title: "Documentation",
    statement: "What we need to know is written down where we look for it, and it is right.",
    source: DORA,
  },
  {
    id: "tools",
    title: "Choice of tools",
    statement: "We choose the tools that we work with.",
    source: DORA,
  },
  {
    id: "database-changes",
    title: "Database changes",
    statement: "Changes of databases are made in the same way as changes of code.",
    source: DORA,
  },
  {
    id: "learning",
    title: "Learning",
    statement: "Time for learning is part of the plan, and we use it.",
    source: DORA,
  },
  {
    id: "experiments",
    title: "Experiments",
    statement: "We may try an idea of our own without asking for permission.",
    source: DORA,
  },
];

/** The quarter of a day such as 2026-11-28: 2026-Q4. */
export function quarterOf(day: string): string {
  const [year = "", month = ""] = day.split("-");
  return `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

/** Of each team, quarter and role the last answer, in the order in which they came first. @param all oldest first. */
export function inForce<Answer extends { readonly team: string; readonly quarter: string; readonly role: string }>(
  all: readonly Answer[],
): readonly Answer[] {
  return [...new Map(all.map((one) => [JSON.stringify([one.team, one.quarter, one.role]), one])).values()];
}
