/** What the stand-in server knows of a programme. */
import { assessed, assessedShare, openings } from "#metrics/programme/assessment.ts";
import { USUAL_TERMS } from "#metrics/programme/business-case.ts";
import { cautions } from "#metrics/programme/check.ts";
import { firstAssessment } from "#metrics/programme/first-assessment.ts";
import { funnel, portfolio } from "#metrics/programme/portfolio.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import { NOTHING } from "#metrics/programme/programme.ts";
import { criticalPath } from "#metrics/programme/schedule.ts";
import { backboneSentence } from "#metrics/programme/words.ts";
import type { Reply } from "#server/contract.ts";
import { contract } from "#server/contract.ts";
import { aFinding, anInitiative, aProgramme, aSystem, aUseCase } from "#test/metrics/programme/declared.ts";

type Told = Reply<"/api/programme">;

const some = aProgramme({
  vision: {
    sentence: "A customer gets an answer on the day they ask.",
    targets: [{ id: "day", words: "Every service deploys weekly", by: "2028" }],
  },
  systems: [
    aSystem("mainframe", { element: "core", owner: "Core banking", vendor: "A vendor", releases: "four times a year" }),
    aSystem("crm", { needs: ["mainframe"] }),
    aSystem("payments hub", { element: "integration", technology: "ot" }),
  ],
  assessment: [
    aFinding("mainframe"),
    aFinding("mainframe", { element: "data", gap: "hinders", evidence: "Nightly copies only." }),
    aFinding("crm", { element: "api", gap: "hinders", confidence: "low" }),
    aFinding("crm", { element: "security", gap: "none", evidence: "Audited in autumn." }),
  ],
  useCases: [
    aUseCase("instant", { title: "Instant payments" }),
    aUseCase("advice", { title: "Advice in the branch", elements: ["api"], systems: ["crm"] }),
    aUseCase("onboarding", { title: "Onboarding in a day", elements: ["data"] }),
  ],
  initiatives: [
    anInitiative("layer", { title: "A layer over the mainframe", systems: ["mainframe"], benefit: null }),
    anInitiative("app", {
      title: "Payments in seconds",
      systems: ["mainframe"],
      needs: ["layer"],
      benefit: { low: 200_000, likely: 400_000, high: 700_000 },
      chance: 0.7,
      affected: 90_000,
      state: "running",
      actuals: [{ month: "2027-01", cost: 9000, benefit: 0 }],
    }),
  ],
});

const known: Told["known"] = {
  systems: ["mainframe"],
  services: ["payments"],
  teams: ["money"],
  practices: [{ id: "trunk-based", title: "Trunk-based development" }],
  metrics: [{ id: "lead-time-change", title: "Lead time" }],
};

function answerOf(programme: Programme, version: Told["version"]): Told {
  return contract["/api/programme"].reply.parse({
    version,
    sentence: backboneSentence(programme),
    programme,
    known,
    cautions: cautions(programme),
    looked: assessedShare(programme),
    firstAssessment: firstAssessment(programme),
    systems: assessed(programme),
    openings: openings(programme),
    portfolio: portfolio(programme).map(({ initiative: { id }, ...judged }) => ({ id, ...judged })),
    funnel: funnel(programme.initiatives),
    criticalPath: criticalPath(programme.initiatives),
    terms: USUAL_TERMS,
  });
}

export const nothingSaid = answerOf(NOTHING, null);
export const someSaid = answerOf(some, {
  version: 3,
  hash: "0".repeat(64),
  actor: "Transformation office",
  madeAt: "2026-11-20T09:00:00.000Z",
  reason: null,
});
