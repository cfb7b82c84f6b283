/** Work in small pieces, and releases that carry few of them. */
import { sum } from "../../statistics/sum.ts";
import { during } from "./evidence.ts";
import type { Part, Practice } from "./practice.ts";
import { HALF, USUAL, WHOLE_WEEK } from "./practice.ts";
import { changeRow, deploymentRow, isWithin, NO_ITEMS, shareOf, unmeasurable, weekly } from "./readings.ts";
import { NO_DEPLOYMENTS, PLAIN_GIT } from "./words.ts";

const changeSize: Part = {
  ...USUAL,
  id: "change-size",
  condition: ({ changedLines }) => `Half of the merged changes have at most ${changedLines} changed lines.`,
  threshold: HALF,
  read: (evidence, week, { changedLines }) => {
    if (!evidence.hasHost) return unmeasurable(`${PLAIN_GIT} how many lines a change has.`);
    const changes = during(evidence.merged, week).filter(({ authorKind }) => authorKind !== "bot");
    return shareOf(
      changes.map((change) => changeRow(change, isWithin(linesOf(change), changedLines))),
      GENERATED_TOO,
    );
  },
};

const GENERATED_TOO =
  "Generated files are in it, since hosts tell the lines of a change as a whole: without them it can only be smaller. Without the changes of bots.";

function linesOf({ additions, deletions }: { readonly additions: number | null; readonly deletions: number | null }) {
  return additions === null || deletions === null ? null : additions + deletions;
}

const deploymentBatch: Part = {
  ...USUAL,
  id: "deployment-batch",
  condition: ({ changesPerDeployment }) =>
    `The deployments of a week that bring something bring at most ${changesPerDeployment} changes each, on average.`,
  counts: "weeks",
  threshold: WHOLE_WEEK,
  pace: ({ deployWeeks }) => deployWeeks,
  read: (evidence, week, { changesPerDeployment }) => {
    if (evidence.firstDeployedAt === null) return unmeasurable(NO_DEPLOYMENTS);
    // What came before the first deployment is no batch, and a rollback or a second deployment of the same commit brings nothing.
    const carried = during(evidence.deployments, week)
      .filter(({ previousDeployedAt }) => previousDeployedAt !== null)
      .map((deployment) => ({ deployment, size: sizeOf(deployment) }))
      .filter(({ size }) => size !== 0);
    const known = carried.flatMap(({ size }) => (size === null ? [] : [size]));
    if (known.length === 0)
      return carried.length === 0
        ? NO_ITEMS
        : shareOf(carried.map(({ deployment }) => deploymentRow(deployment, null)));
    return weekly(
      sum(known) <= changesPerDeployment * known.length,
      carried.map(({ deployment, size }) => deploymentRow(deployment, isWithin(size, changesPerDeployment))),
    );
  },
};

/** Changes; of a deployment that brought direct pushes only, their commits. */
function sizeOf({ changes, commits }: { readonly changes: number | null; readonly commits: number | null }) {
  return changes === 0 ? commits : changes;
}

export const smallBatches: Practice = {
  id: "small-batches",
  title: "Small batches",
  why: "What is small is reviewed soon, fails seldom, and when it fails is found soon.",
  source: "https://dora.dev/capabilities/working-in-small-batches/",
  parts: [changeSize, deploymentBatch],
};
