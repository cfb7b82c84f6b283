/** What somebody asks of a Headway that runs, and who answers it. */
import { answerAgreement } from "#server/answers/agreement.ts";
import { answerAnnotations } from "#server/answers/annotations.ts";
import { answerBackboneWaits } from "#server/answers/backbone.ts";
import { answerBenchmark } from "#server/answers/benchmark.ts";
import { answerFlow } from "#server/answers/flow.ts";
import { answerGate } from "#server/answers/gate.ts";
import { answerChanges, answerDeployments, answerIncidents } from "#server/answers/listing.ts";
import { answerMeasures } from "#server/answers/measures.ts";
import type { Memory } from "#server/answers/memory.ts";
import { answerPipelines } from "#server/answers/pipelines.ts";
import { answerProgressService } from "#server/answers/progress-service.ts";
import { answerProgress } from "#server/answers/progress.ts";
import { answerWhy } from "#server/answers/reasons.ts";
import { answerRows } from "#server/answers/rows.ts";
import { answerSavingsLever } from "#server/answers/savings-lever.ts";
import { answerScopes } from "#server/answers/scopes.ts";
import { answerSeries } from "#server/answers/series.ts";
import { answerServices } from "#server/answers/services.ts";
import { contract } from "#server/contract.ts";
import type { Installation } from "#server/installation.ts";

/** Each as it is asked in `server/app.ts`. */
const ANSWERS = {
  "/api/agreement": answerAgreement,
  "/api/annotations": answerAnnotations,
  "/api/backbone/waits": answerBackboneWaits,
  "/api/benchmark": answerBenchmark,
  "/api/changes": answerChanges,
  "/api/deployments": answerDeployments,
  "/api/flow": answerFlow,
  "/api/gate": answerGate,
  "/api/incidents": answerIncidents,
  "/api/measures": answerMeasures,
  "/api/pipelines": answerPipelines,
  "/api/progress": answerProgress,
  "/api/progress/service": answerProgressService,
  "/api/rows": answerRows,
  "/api/savings/lever": answerSavingsLever,
  "/api/scopes": answerScopes,
  "/api/series": answerSeries,
  "/api/services": answerServices,
  "/api/why": answerWhy,
} as const;

/** What somebody asks, as an address says it. */
export interface Question {
  readonly path: keyof typeof ANSWERS;
  readonly query: Readonly<Record<string, string>>;
}

/** What is worked out anew with whatever happens. */
export const FLEETING: ReadonlySet<Question["path"]> = new Set(["/api/backbone/waits", "/api/savings/lever"]);

/** @throws BadRequest as the API does. */
export async function answered({ path, query }: Question, installation: Installation, memory: Memory) {
  // oxlint-disable-next-line no-unsafe-type-assertion -- the contract pairs each path with its schema, which the index hides from the compiler
  const answer = ANSWERS[path] as (installation: Installation, asked: unknown, memory: Memory) => Promise<unknown>;
  return answer(installation, contract[path].query.parse(query), memory);
}

const span = { from: "2026-02-15", to: "2026-05-15" };
const team = { ...span, scope: "team:payments" };
/** Lists of facts are told by many metrics; each list by one of its own. */
const BY_LIST = [
  "deployment-frequency",
  "unsuccessful-attempts",
  "lead-time-commit",
  "integration-frequency",
  "lead-time-change",
  "time-to-first-review",
  "direct-push-share",
  "change-size",
  "incident-recovery-time",
  "alerts-opened",
  "alert-remediation-time",
  "pipeline-success-rate",
  "time-to-green",
];

function asking(path: Question["path"], ...queries: readonly Question["query"][]): readonly Question[] {
  return queries.map((query) => ({ path, query }));
}

export const QUESTIONS: readonly Question[] = [
  ...asking(
    "/api/measures",
    span,
    { ...team, time: "working", interval: "month" },
    { ...span, service: "acme/shop", bots: "in", from: "2026-03-05" },
    { ...span, metric: "lead-time-change,pipeline-duration", told: "numbers" },
    { ...team, metric: "lead-time-change", told: "numbers", time: "working" },
    { ...span, metric: "deployment-frequency,change-fail-rate", interval: "day" },
    { ...span, scope: "system:tills", open: "dropped" },
    { ...span, scope: "use-case:instant", time: "working" },
    { ...span, against: "Spring" },
    { ...team, against: "Spring", metric: "lead-time-change,deployment-frequency,change-fail-rate" },
    {
      from: "2020-01-01",
      to: "2026-05-15",
      metric: "lead-time-change,pipeline-duration",
      told: "numbers",
      interval: "month",
    },
    {},
  ),
  ...asking("/api/services", span, { ...team, time: "working" }, { ...span, scope: "system:tills", bots: "out" }),
  ...asking(
    "/api/series",
    { ...span, each: "team", metric: "lead-time-change" },
    { ...span, each: "service", metric: "time-to-green", time: "working", interval: "month" },
    { ...span, each: "system", metric: "change-fail-rate", bots: "in" },
  ),
  ...asking(
    "/api/rows",
    { ...span, metric: "lead-time-change", order: "oldest" },
    { ...team, metric: "lead-time-change", label: "chore" },
    { ...span, metric: "change-fail-rate", order: "largest" },
    { ...span, metric: "change-size", authorKind: "bot", minLines: "2" },
    { ...span, metric: "pipeline-duration", pipeline: "CI" },
    ...BY_LIST.map((metric) => ({ ...span, metric, scope: "team:payments", order: "smallest", time: "working" })),
  ),
  ...asking("/api/flow", span, { ...team, bots: "in" }, { from: "2026-02-15", to: "2026-04-01", interval: "month" }),
  ...asking(
    "/api/agreement",
    { stage: "open", hours: "24", days: "90" },
    { stage: "review", hours: "5", days: "30", scope: "team:payments" },
  ),
  ...asking("/api/annotations", { scope: "team:payments" }, { service: "acme/shop" }),
  ...asking("/api/changes", span, { ...team, state: "open", sort: "age" }, { ...span, q: "4", sort: "lines" }),
  ...asking("/api/deployments", span, { ...team, sort: "recovery" }),
  ...asking("/api/incidents", span, { ...team, direction: "ascending" }),
  ...asking("/api/pipelines", span, { ...team, time: "working", sort: "runs" }),
  ...asking("/api/benchmark", span, team),
  ...asking("/api/why", span, { ...span, scope: "system:tills" }),
  ...asking("/api/progress", {}, { scope: "team:payments" }, { useCase: "instant" }),
  ...asking("/api/progress/service", { service: "acme/shop" }, { service: "web", to: "2026-04-20" }),
  ...asking("/api/gate", {}, { useCase: "instant" }),
  ...asking("/api/backbone/waits", {}, { system: "tills" }, { useCase: "instant" }),
  ...asking("/api/savings/lever", { lever: "L1" }, { lever: "L3" }),
  ...asking("/api/scopes", {}),
];
