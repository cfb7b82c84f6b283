/** What the stand-in server knows of progress: nothing was collected of any service. */
import { gate } from "#metrics/programme/gate.ts";
import { progressSentence } from "#metrics/programme/progress-words.ts";
import { STAGES } from "#metrics/programme/stage.ts";
import { ANSWERING, QUESTIONS } from "#metrics/programme/team-assessment.ts";
import type { Reply } from "#server/contract.ts";

import { NOW } from "./facts.ts";
import { iso } from "./series.ts";

export const noProgress: Reply<"/api/progress"> = {
  sentence: progressSentence([], null),
  until: iso(NOW),
  scope: "organisation",
  stages: STAGES.map(({ number, title, outcome }) => ({ number, title, outcome, services: 0 })),
  mandate: [{ id: "baseline-frozen", state: "not-met", words: "No baseline is frozen." }],
  practices: [],
  next: null,
  services: [],
  archived: 0,
};

const unknown = gate({
  services: [],
  teams: [],
  failRate: null,
  reworkRate: null,
  alertAge: null,
  savings: null,
  constraint: null,
  consents: [],
});

export const noGate: Reply<"/api/gate"> = {
  about: { kind: "programme", id: null, title: "The programme" },
  until: iso(NOW),
  ...unknown,
  conditions: unknown.conditions.map((one) => ({ ...one, missing: [...one.missing], shortfalls: [] })),
  against: null,
  notes: ["No baseline is frozen."],
  services: [],
  teams: [],
  savings: { earliest: null, missing: [] },
  rates: { fail: null, rework: null },
  consents: [],
};

export const noAssessments: Reply<"/api/assessments"> = {
  quarter: "2026-Q4",
  teams: [],
  roles: [...ANSWERING],
  questions: [...QUESTIONS],
  answers: [],
};
