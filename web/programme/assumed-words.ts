/** What can be assumed, paid and studied, as people read it. */
import type { Programme } from "../types.ts";

type Assumption = Programme["programme"]["assumptions"][number];

export const ASSUMED_WORDS: Readonly<Record<Assumption["what"], { readonly title: string; readonly unit: string }>> = {
  rate: { title: "What an hour of work costs, blended", unit: "money an hour" },
  "role-share": { title: "The role's share of all hours", unit: "share" },
  capacity: { title: "Productive hours of a team", unit: "hours a week" },
  responders: { title: "How many work on a failure at a time", unit: "people" },
  "handling-cap": { title: "The longest that a failure is worked on", unit: "hours" },
  "manual-deployment": { title: "Work for a deployment that no pipeline does", unit: "hours" },
  approval: { title: "Work for an approval that a run waits for", unit: "hours" },
  return: { title: "To come back to work that had to wait", unit: "hours" },
  "invisible-share": { title: "Hours of which no change tells", unit: "share" },
  "ci-price": { title: "What a minute of a runner costs", unit: "money a minute" },
  delay: { title: "What a week of delay costs", unit: "money a week" },
  downtime: { title: "What an hour of downtime costs", unit: "money an hour" },
};

export const COST_KINDS: readonly Programme["programme"]["costs"][number]["kind"][] = [
  "ci",
  "infrastructure",
  "licences",
  "contractors",
  "overtime",
  "downtime",
];

type Study = Programme["programme"]["timeStudies"][number];

export const BUCKETS: readonly Study["hours"][number]["bucket"][] = [
  "new-value",
  "planned-maintenance",
  "unplanned-rework",
  "security-remediation",
  "toil",
  "other",
];
