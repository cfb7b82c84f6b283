import type { Outcome } from "#metrics/events.ts";
import type { PipelineFact } from "#metrics/facts.ts";
import type { Selectable } from "kysely";
import { z } from "zod";
import type { FactTable } from "./fact-rows.ts";
import { flag } from "./fact-rows.ts";
import type { PipelineFactTable } from "./schema.ts";

export const pipelineTable: FactTable<PipelineFact, Selectable<PipelineFactTable>> = {
  table: "pipeline_fact",
  key: ["service_id", "id"],
  columns: [
    "service_id",
    "id",
    "name",
    "url",
    "sha",
    "branch",
    "on_default_branch",
    "outcome",
    "attempts",
    "created_at",
    "begun_at",
    "started_at",
    "finished_at",
    "paused_at",
    "resumed_at",
    "is_flaky",
    "broke_at",
    "green_at",
    "runner_minutes",
  ],
  lists: [
    ["finished_at", "finishedRuns"],
    ["broke_at", "breaks"],
  ],
  toRow: (serviceId, fact) => [
    serviceId,
    fact.id,
    fact.name,
    fact.url,
    fact.sha,
    fact.branch,
    flag(fact.onDefaultBranch),
    fact.outcome,
    fact.attempts,
    fact.createdAt,
    fact.begunAt,
    fact.startedAt,
    fact.finishedAt,
    fact.pausedAt,
    fact.resumedAt,
    fact.isFlaky === null ? null : flag(fact.isFlaky),
    fact.brokeAt,
    fact.greenAt,
    fact.runnerMinutes && JSON.stringify(fact.runnerMinutes.map(({ runner, minutes }) => [runner, minutes])),
  ],
  toFact: (row, { source, repository, service }) => ({
    source,
    repository,
    service,
    id: row.id,
    name: row.name,
    url: row.url,
    sha: row.sha,
    branch: row.branch,
    onDefaultBranch: row.on_default_branch === 1,
    outcome: outcome(row.outcome),
    attempts: row.attempts,
    createdAt: row.created_at,
    begunAt: row.begun_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    pausedAt: row.paused_at,
    resumedAt: row.resumed_at,
    isFlaky: row.is_flaky === null ? null : row.is_flaky === 1,
    brokeAt: row.broke_at,
    greenAt: row.green_at,
    runnerMinutes: row.runner_minutes === null ? null : pairs(row.runner_minutes),
  }),
};

const Pairs = z.array(z.tuple([z.string().nullable(), z.number()]));

function pairs(text: string): PipelineFact["runnerMinutes"] {
  return Pairs.parse(JSON.parse(text)).map(([runner, minutes]) => ({ runner, minutes }));
}

const OUTCOMES: readonly Outcome[] = ["success", "failure", "cancelled", "skipped", "running", "waiting"];

function outcome(text: string): Outcome {
  return OUTCOMES.find((known) => known === text) ?? "waiting";
}
