/** Which of the rows behind a number are asked for, beside those of a window. */
import type { RowFilter } from "#metrics/attributes.ts";
import type { Lens } from "#metrics/lens.ts";
import type { Metric } from "#metrics/metric.ts";
import type { Query } from "../contract.ts";
import { BadRequest } from "./problem.ts";

type Asked = Pick<Query<"/api/rows">, keyof RowFilter>;

/**
 * @returns `null` where all are asked for.
 * @throws BadRequest when the rows of the metric have nothing of the kind.
 */
export function rowFilter(metric: Metric, asked: Asked): RowFilter | null {
  const label = asked.label ?? null;
  const authorKind = asked.authorKind ?? null;
  const [minLines, maxLines] = [asked.minLines ?? null, asked.maxLines ?? null];
  const pipeline = asked.pipeline ?? null;
  const ofChanges = label !== null || minLines !== null || maxLines !== null;
  if (ofChanges && metric.of !== "change")
    throw new BadRequest(
      `The rows of "${metric.id}" are no changes: only those have labels and lines. Leave out \`label\`, \`minLines\` and \`maxLines\`.`,
    );
  if (authorKind !== null && metric.of !== "change" && metric.of !== "commit")
    throw new BadRequest(
      `The rows of "${metric.id}" have no author: only changes and commits have one. Leave out \`authorKind\`.`,
    );
  if (pipeline !== null && metric.of !== "pipeline")
    throw new BadRequest(`The rows of "${metric.id}" are no runs of pipelines. Leave out \`pipeline\`.`);
  const isAll = !ofChanges && authorKind === null && pipeline === null;
  return isAll ? null : { label, authorKind, minLines, maxLines, pipeline };
}

/** Who asks for what bots did means it to count. */
export function lensOf<Of extends Lens & Asked>(asked: Of): Of {
  return asked.authorKind === undefined || asked.bots !== "default" ? asked : { ...asked, bots: "in" };
}
