/** Events of one repository into the facts of its service. Pure, and the same whatever the order of the events. */
import { aftermath } from "./aftermath.ts";
import { changeFacts } from "./change-facts.ts";
import { commitFacts } from "./commit-facts.ts";
import { deploymentFacts } from "./deployment-facts.ts";
import type { CommitFact, ServiceFacts } from "./facts.ts";
import type { History } from "./history.ts";
import { incidentFacts } from "./incident-facts.ts";
import type { DeploymentRules } from "./rollouts.ts";
import { walk } from "./walk.ts";

/** What deploys on its own, and the rules for its deployments. */
export interface Service {
  readonly name: string;
  readonly rules: DeploymentRules;
}

/** Where a fact belongs; the same for all facts of a service. */
export type Place = Pick<CommitFact, "source" | "repository" | "service">;

/** Empty lists when there is nothing. */
export function derive(history: History, { name, rules }: Service): ServiceFacts {
  const walked = walk(history, rules);
  const after = aftermath(walked);
  const { source, repository } = history.repository;
  const place = { source, repository, service: name };
  return {
    commits: commitFacts(place, walked, after),
    changes: changeFacts(place, walked, after),
    deployments: deploymentFacts(place, walked, after, rules),
    incidents: incidentFacts(place, walked, after),
  };
}
