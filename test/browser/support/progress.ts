/** What the stand-in server knows of progress: nothing was collected of any service. */
import { progressSentence } from "#metrics/programme/progress-words.ts";
import { STAGES } from "#metrics/programme/stage.ts";
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
