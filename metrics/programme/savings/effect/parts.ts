/** An estimate by how far adoption lies back, and by team: what is behind the mean. */
import { counted } from "../../../words.ts";
import type { Cells } from "./cells.ts";
import { changeOf } from "./cells.ts";
import type { Grid } from "./grid.ts";
import { NEVER } from "./grid.ts";
import type { Decision } from "./method.ts";
import type { Pooled } from "./series.ts";
import type { Part } from "./types.ts";

/** Thirteen weeks since adoption share a part. */
const SPAN = 13;

interface Piece {
  readonly team: number;
  /** Weeks since adoption, the first one being 0. */
  readonly since: number;
  readonly weight: number;
  readonly change: number;
}

export function byTime(grid: Grid, decision: Decision): readonly Part[] {
  return grouped(
    piecesOf(grid, decision),
    ({ since }) => Math.floor(since / SPAN),
    (span) => (span === 0 ? `first ${counted(SPAN, "week")}` : `weeks ${span * SPAN + 1} to ${(span + 1) * SPAN}`),
  );
}

export function byTeam(grid: Grid, decision: Decision): readonly Part[] {
  return grouped(
    piecesOf(grid, decision),
    ({ team }) => team,
    (team) => grid.teams[team] ?? "",
  );
}

function piecesOf(grid: Grid, { cells, pooled }: Decision): readonly Piece[] {
  if (cells !== null) return compared(cells);
  return pooled === null ? [] : continued(grid, pooled);
}

function compared(cells: Cells): readonly Piece[] {
  return cells.cells.map((cell) => ({
    team: cell.team,
    since: cell.week - (cells.grid.adopted[cell.team] ?? NEVER),
    weight: cell.weight,
    change: changeOf(cells, cell),
  }));
}

function continued(grid: Grid, { series, asked }: Pooled): readonly Piece[] {
  return series.flatMap(({ team, weeks, rows, fit: { coefficients } }) =>
    weeks.flatMap((week, at) => {
      const [, , level = 0, since = 0] = rows[at] ?? [];
      if (level === 0 || week < asked.from || week >= asked.to) return [];
      const change = (coefficients[2] ?? 0) + (coefficients[3] ?? 0) * since;
      return [{ team, since: since - 1, weight: grid.weight[team * grid.weeks + week] ?? 0, change }];
    }),
  );
}

function grouped(
  pieces: readonly Piece[],
  keyOf: (piece: Piece) => number,
  wordsOf: (key: number) => string,
): readonly Part[] {
  const found = new Map<number, { weight: number; total: number; teamWeeks: number }>();
  for (const piece of pieces) {
    const part = found.get(keyOf(piece)) ?? { weight: 0, total: 0, teamWeeks: 0 };
    found.set(keyOf(piece), part);
    part.weight += piece.weight;
    part.total += piece.weight * piece.change;
    part.teamWeeks += 1;
  }
  return [...found]
    .toSorted(([a], [b]) => a - b)
    .map(([key, { weight, total, teamWeeks }]) => ({ words: wordsOf(key), teamWeeks, change: total / weight }));
}
