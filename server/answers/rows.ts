/** The rows behind a number: what was observed, what each adds, and why it counts or not. */
import { measure } from "#metrics/measure.ts";
import { counted, duration } from "#metrics/words.ts";
import type { CommitFact, DeploymentFact } from "#metrics/facts.ts";
import { overlap } from "#metrics/grid.ts";
import { within } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { Memory } from "./memory.ts";
import type { Observed } from "./observations.ts";
import { observed } from "./observations.ts";
import { BadRequest } from "./problem.ts";
import { askedMetrics, askedServices, askedWindow, clockOf, reaches } from "./scope.ts";

export async function answerRows(
  installation: Installation,
  query: Query<"/api/rows">,
  memory = new Memory(installation.store),
): Promise<Reply<"/api/rows">> {
  const [metric] = askedMetrics(query.metric);
  if (metric === undefined || query.metric.includes(","))
    throw new BadRequest("Rows belong to one metric: name one in `metric`.");
  const window = askedWindow(query, installation.config.timezone, installation.now());
  const services = await askedServices(installation, query.service);
  const reach = await reaches(installation, services, memory);
  const facts = await memory.facts(services, [metric], window);
  const seen = overlap(window, reach[clockOf(metric)]);
  const all = observed(metric, facts, reach.until).filter(
    ({ observation: { at } }) => seen !== null && within(at, seen),
  );
  const observations = all.map(({ observation }) => observation);
  const whole = measure(metric, observations, seen);
  return {
    metric: metric.id,
    window: { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() },
    whole,
    total: all.length,
    counted: whole.n,
    rows: ordered(all, query.order)
      .slice(query.offset, query.offset + query.limit)
      .map(toRow),
  };
}

function ordered(all: readonly Observed[], order: Query<"/api/rows">["order"]): readonly Observed[] {
  const size = ({ observation }: Observed) => observation.value ?? -1;
  switch (order) {
    case "oldest":
      return all;
    case "newest":
      return all.toReversed();
    case "largest":
      return all.toSorted((a, b) => size(b) - size(a));
    case "smallest":
      return all.toSorted((a, b) => size(a) - size(b));
  }
}

function toRow(row: Observed): Reply<"/api/rows">["rows"][number] {
  const { at, value } = row.observation;
  const common = {
    kind: row.kind,
    service: row.fact.service,
    at: new Date(at).toISOString(),
    value,
    counted: value !== null,
  };
  return row.kind === "commit"
    ? { ...common, id: row.fact.sha, title: row.fact.title, url: null, why: whyCommit(row.fact) }
    : { ...common, id: row.fact.id, title: row.fact.id, url: row.fact.url, why: whyDeployment(row.fact) };
}

function whyCommit({ deploymentId, leadTimeHours, authoredAt, isRevert, integrated }: CommitFact): string {
  const carried = deploymentId === null ? "Not deployed yet." : `First contained in ${deploymentId}.`;
  if (deploymentId !== null && authoredAt === null)
    return `${carried} Its author date is missing, so it has no lead time.`;
  if (deploymentId !== null && leadTimeHours === null)
    return `${carried} Its author date is after that: a clock was wrong, so it has no lead time.`;
  const waited = leadTimeHours === null ? "" : ` ${duration(leadTimeHours)} after it was authored.`;
  return [
    isRevert ? "Takes something back." : "",
    integrated === null ? "" : `A step of the default branch that brought ${counted(integrated, "commit")}.`,
    `${carried}${waited}`,
  ]
    .filter(Boolean)
    .join(" ");
}

function whyDeployment({
  commits,
  changes,
  failedBy,
  recoveredAt,
  isRework,
  deployedAt,
  patchedAt,
  isFeatureRelease,
}: DeploymentFact): string {
  const after = (at: number) => duration((at - (deployedAt ?? at)) / 3_600_000);
  const parts = [
    `Carried ${commits} ${commits === 1 ? "commit" : "commits"} and ${changes} ${changes === 1 ? "change" : "changes"} first.`,
  ];
  if (failedBy.length > 0)
    parts.push(
      `Failed (${failedBy.join(", ")})${recoveredAt === null ? ", not recovered yet." : `, recovered after ${after(recoveredAt)}.`}`,
    );
  if (isRework) parts.push("Was made to repair.");
  if (isFeatureRelease)
    parts.push(patchedAt === null ? "Not patched so far." : `First patched after ${after(patchedAt)}.`);
  return parts.join(" ");
}
