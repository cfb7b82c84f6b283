/** Which of the rows behind a number are asked for, beside those of a window. */
import type { Lens } from "#metrics/lens.ts";
import type { ListName } from "#metrics/lists.ts";
import type { Metric } from "#metrics/metric.ts";
import type { Window } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import type { Query } from "../contract.ts";
import type { RowFilter } from "../store/matching.ts";
import type { Store } from "../store/store.ts";
import type { OwnedPlace, Rows } from "./columns.ts";
import { BadRequest } from "./problem.ts";
import type { Pace } from "./turns.ts";

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

/** Rows of some services, of a window and maybe beyond it. */
interface Listed {
  readonly rows: Pick<Rows, "at" | "place">;
  readonly places: readonly OwnedPlace[];
  readonly window: Window;
  readonly list: ListName;
}

/** Which rows are asked for: those of each service are in the order of its facts. */
export async function rowsAsked(
  store: Store,
  { rows: { at, place }, places, window, list }: Listed,
  filter: RowFilter,
  pace: Pace,
): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  const ofPlace = places.map((): number[] => []);
  for (let row = 0; row < at.length; row++) if (within(at[row] ?? 0, window)) ofPlace[place[row] ?? 0]?.push(row);
  for (const [index, one] of places.entries()) {
    const own = ofPlace[index] ?? [];
    if (own.length === 0) continue;
    const matches = await store.matches(list, one, window, filter);
    let next = 0;
    for (const row of own) {
      const instant = at[row] ?? 0;
      while ((matches[next]?.[0] ?? Infinity) < instant) next++; // not in the times of the service here
      const [matchedAt, is] = matches[next] ?? [Infinity, 0];
      if (matchedAt !== instant) continue;
      if (is === 1) found.add(row);
      next++;
    }
    await pace.rest();
  }
  return found;
}
