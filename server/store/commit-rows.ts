import type { CommitFact } from "#metrics/facts.ts";
import { hoursBetween } from "#metrics/time.ts";
import type { Selectable } from "kysely";
import type { FactTable } from "./fact-rows.ts";
import { actor, flag } from "./fact-rows.ts";
import type { CommitFactTable } from "./schema.ts";

export const commitTable: FactTable<CommitFact, Selectable<CommitFactTable>> = {
  table: "commit_fact",
  key: ["service_id", "sha"],
  columns: [
    "service_id",
    "sha",
    "title",
    "author_kind",
    "authored_at",
    "committed_at",
    "is_merge",
    "on_default_branch",
    "integrated",
    "is_revert",
    "is_direct",
    "change_number",
    "deployed_at",
    "deployment_id",
    "is_before_record",
  ],
  lists: [
    ["deployed_at", "deployed"],
    ["committed_at", "committed"],
  ],
  toRow: (serviceId, fact) => [
    serviceId,
    fact.sha,
    fact.title,
    fact.authorKind,
    fact.authoredAt,
    fact.committedAt,
    flag(fact.isMerge),
    flag(fact.onDefaultBranch),
    fact.integrated,
    flag(fact.isRevert),
    fact.isDirect === null ? null : flag(fact.isDirect),
    fact.changeNumber,
    fact.deployedAt,
    fact.deploymentId,
    flag(fact.isBeforeRecord),
  ],
  toFact: (row, { source, repository, service }) => ({
    source,
    repository,
    service,
    sha: row.sha,
    title: row.title,
    authorKind: actor(row.author_kind),
    authoredAt: row.authored_at,
    committedAt: row.committed_at,
    isMerge: row.is_merge === 1,
    onDefaultBranch: row.on_default_branch === 1,
    integrated: row.integrated,
    isRevert: row.is_revert === 1,
    isDirect: row.is_direct === null ? null : row.is_direct === 1,
    changeNumber: row.change_number,
    deployedAt: row.deployed_at,
    deploymentId: row.deployment_id,
    isBeforeRecord: row.is_before_record === 1,
    leadTimeHours: hoursBetween(row.authored_at, row.deployed_at),
  }),
};
