/** The pipeline is the only way to production. */
import type { ActorKind } from "../../events.ts";
import type { DeploymentFact } from "../../facts.ts";
import { hoursBetween } from "../../time.ts";
import { duration } from "../../words.ts";
import { during } from "./evidence.ts";
import type { Part, Practice } from "./practice.ts";
import { HALF, USUAL } from "./practice.ts";
import { deploymentRow, isBelow, runRow, shareOf, unmeasurable } from "./readings.ts";
import { NO_DEPLOYMENTS, NO_RUNS, percent } from "./words.ts";

const byPipeline: Part = {
  ...USUAL,
  id: "by-pipeline",
  condition: ({ pipelineShare }) =>
    `At least ${percent(pipelineShare)} of the deployments to production are made by a pipeline and not by a person.`,
  threshold: ({ pipelineShare }) => pipelineShare,
  pace: ({ deployWeeks }) => deployWeeks,
  read: (evidence, week) => {
    const { deployers } = evidence.told;
    const all = evidence.deployments.facts;
    if (all.length === 0) return unmeasurable(NO_DEPLOYMENTS);
    if (all.every((deployment) => isByPipeline(deployment, deployers) === null)) return unmeasurable(NO_DEPLOYER);
    return shareOf(
      during(evidence.deployments, week).map((deployment) =>
        deploymentRow(deployment, isByPipeline(deployment, deployers)),
      ),
    );
  },
};

const NO_DEPLOYER =
  "Releases and pushes do not say what made them, nor do records of deployments that were read before that was collected. New records say it, and so does a rule that counts jobs or runs of pipelines as deployments.";

/** A job or run that is a deployment by a rule is a pipeline's; of others only what is told, and `null` where nothing is. */
export function isByPipeline(
  { id, route }: Pick<DeploymentFact, "id" | "route">,
  deployers: ReadonlyMap<string, ActorKind> | null,
): boolean | null {
  if (route === "job" || route === "run") return true;
  const deployer = deployers?.get(id);
  return deployer === undefined ? null : deployer !== "human";
}

const approvals: Part = {
  ...USUAL,
  id: "approval-wait",
  condition: ({ approvalHours }) =>
    `Beside it: half of the runs that pause pause for less than ${duration(approvalHours)}, be it for an approval, a manual step or a runner.`,
  threshold: HALF,
  isRequired: false,
  read: (evidence, week, { approvalHours }) => {
    const paused = evidence.runs.facts.some(({ pausedAt }) => pausedAt !== null);
    if (!paused)
      return unmeasurable(
        evidence.runs.facts.length === 0
          ? NO_RUNS
          : "No pause within a run is known: the jobs of a run are read only where a rule counts jobs as deployments.",
      );
    return shareOf(
      during(evidence.runs, week)
        .filter(({ pausedAt }) => pausedAt !== null)
        .map((run) => runRow(run, isBelow(hoursBetween(run.pausedAt, run.resumedAt), approvalHours))),
    );
  },
};

export const deploymentAutomation: Practice = {
  id: "deployment-automation",
  title: "Deployment automation",
  why: "What a pipeline does is the same every time, can be done at any time, and leaves a record.",
  source: "https://dora.dev/capabilities/deployment-automation/",
  parts: [byPipeline, approvals],
};
