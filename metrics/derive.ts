/** Events of one repository into the facts of its service. Pure, and the same whatever the order of the events. */
import { alertFacts } from "./alert-facts.ts";
import { aftermath } from "./aftermath.ts";
import { changeFacts } from "./change-facts.ts";
import { commitFacts } from "./commit-facts.ts";
import { deploymentFacts } from "./deployment-facts.ts";
import type { CommitFact, ServiceFacts } from "./facts.ts";
import type { History } from "./history.ts";
import { incidentFacts } from "./incident-facts.ts";
import type { Override } from "./judgements.ts";
import { pipelineFacts } from "./pipeline-facts.ts";
import type { DeploymentRules, Part } from "./rules.ts";
import { walk } from "./walk.ts";

/** What deploys on its own: a repository or a part of one, and the rules for its deployments. */
export interface Service {
  readonly name: string;
  readonly rules: DeploymentRules;
  readonly part: Part;
}

/** Where a fact belongs; the same for all facts of a service. */
export type Place = Pick<CommitFact, "source" | "repository" | "service">;

/**
 * @param overrides what people say of its roll-outs, over what the signals say.
 * @returns empty lists when there is nothing.
 */
export function derive(
  history: History,
  { name, rules, part }: Service,
  overrides: readonly Override[] = [],
): ServiceFacts {
  const walked = walk(history, rules, part);
  const after = aftermath(walked, rules.hotfix, part, overrides);
  const { source, repository } = history.repository;
  const place = { source, repository, service: name };
  return {
    commits: commitFacts(place, walked, after),
    changes: changeFacts(place, walked, after),
    deployments: deploymentFacts(place, walked, after),
    incidents: incidentFacts(place, walked, after),
    alerts: alertFacts(place, history, part),
    pipelines: pipelineFacts(place, walked),
    unplacedCommits: walked.owned?.unknown ?? null,
  };
}
