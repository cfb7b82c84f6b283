/** Events of one repository into the facts of its service. Pure, and the same whatever the order of the events. */
import { alertFacts } from "./alert-facts.ts";
import type { Aftermath } from "./aftermath.ts";
import { aftermath } from "./aftermath.ts";
import type { Beyond } from "./beyond.ts";
import { NOTHING_BEYOND } from "./beyond.ts";
import { changeFacts } from "./change-facts.ts";
import { commitFacts } from "./commit-facts.ts";
import { deploymentFacts } from "./deployment-facts.ts";
import type { CommitFact, ServiceFacts } from "./facts.ts";
import type { History } from "./history.ts";
import { incidentFacts } from "./incident-facts.ts";
import type { Override } from "./judgements.ts";
import { pipelineFacts } from "./pipeline-facts.ts";
import type { DeploymentRules, Part } from "./rules.ts";
import type { Walk } from "./walk.ts";
import { walk } from "./walk.ts";

/** What deploys on its own: a repository or a part of one, and the rules for its deployments. */
export interface Service {
  readonly name: string;
  readonly rules: DeploymentRules;
  readonly part: Part;
}

/** Where a fact belongs; the same for all facts of a service. */
export type Place = Pick<CommitFact, "source" | "repository" | "service">;

/** What was found on the way to the facts. */
export interface Study {
  readonly walk: Walk;
  readonly after: Aftermath;
  readonly facts: ServiceFacts;
}

/**
 * @param overrides what people say of its roll-outs, over what the signals say.
 * @returns empty lists when there is nothing.
 */
export function derive(history: History, service: Service, overrides: readonly Override[] = []): ServiceFacts {
  return study(history, service, overrides).facts;
}

/** @param beyond what is known beside the history, which may be the recent part of a longer one. */
export function study(
  history: History,
  { name, rules, part }: Service,
  overrides: readonly Override[] = [],
  beyond: Beyond = NOTHING_BEYOND,
): Study {
  const walked = walk(history, rules, part);
  const after = aftermath(walked, rules.hotfix, part, overrides);
  const { source, repository } = history.repository;
  const place = { source, repository, service: name };
  const facts = {
    commits: commitFacts(place, walked, after),
    changes: changeFacts(place, walked, after, beyond),
    deployments: deploymentFacts(place, walked, after, beyond),
    incidents: incidentFacts(place, walked, after),
    alerts: alertFacts(place, history, part),
    pipelines: pipelineFacts(place, walked, beyond),
    unplacedCommits: walked.owned?.unknown ?? null,
  };
  return { walk: walked, after, facts };
}
