/** What Chart.js does not draw by itself, in plain canvas. */
import type { Colours } from "./colours.ts";
import type { Band, Whisker } from "./picture.ts";

export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where normal variation lies, and its centre, between two places. */
export function drawBand(
  ink: CanvasRenderingContext2D,
  area: Area,
  limits: Band,
  y: (value: number) => number,
  fill: string,
  line: string,
): void {
  const top = Math.max(area.top, y(limits.upper));
  const bottom = Math.min(area.bottom, y(limits.lower));
  ink.save();
  ink.fillStyle = fill;
  ink.fillRect(area.left, top, area.right - area.left, bottom - top);
  ink.strokeStyle = line;
  ink.setLineDash([2, 3]);
  stroke(ink, area.left, y(limits.centre), area.right, y(limits.centre));
  ink.restore();
}

const MOST_LETTERS = 26;
/** Names over each other; more have only their line. */
const MOST_ROWS = 3;

/** A note as it is drawn. */
export interface Flag {
  readonly title: string;
  /** Where it begins and ends, in pixels. */
  readonly from: number;
  readonly to: number;
  /** Limits start anew with it. */
  readonly isStrong: boolean;
}

/** What people noted: a line where it begins, a shade where it lasts, and its name beside it where there is room. */
export function drawFlags(
  ink: CanvasRenderingContext2D,
  area: Area,
  flags: readonly Flag[],
  { ink: line, surface: ground, family, size }: Colours,
): void {
  ink.save();
  ink.font = `${size}px ${family}`;
  ink.textBaseline = "top";
  const ends: number[] = [];
  for (const { title, from, to, isStrong } of flags) {
    ink.strokeStyle = line;
    ink.fillStyle = line;
    ink.lineWidth = isStrong ? 2 : 1;
    ink.setLineDash(isStrong ? [] : [4, 3]);
    if (to > from) {
      ink.globalAlpha = 0.1;
      ink.fillRect(from, area.top, to - from, area.bottom - area.top);
      ink.globalAlpha = 1;
    }
    stroke(ink, from, area.top, from, area.bottom);
    const text = title.length > MOST_LETTERS ? `${title.slice(0, MOST_LETTERS - 1)}…` : title;
    const width = ink.measureText(text).width + 6;
    const left = from + width + 2 > area.right ? Math.max(area.left, from - width - 2) : from + 2;
    const row = rowFor(ends, left);
    if (row >= MOST_ROWS) continue;
    ends[row] = left + width;
    const top = area.top + 2 + row * (size + 4);
    ink.fillStyle = ground;
    ink.fillRect(left, top, width, size + 3);
    ink.fillStyle = line;
    ink.fillText(text, left + 3, top + 2);
  }
  ink.restore();
}

/** The first row in which nothing stands there. */
function rowFor(ends: readonly number[], left: number): number {
  const free = ends.findIndex((end) => end < left);
  return free === -1 ? ends.length : free;
}

/** The 95 % interval of one point. */
export function drawWhisker(
  ink: CanvasRenderingContext2D,
  area: Area,
  x: number,
  { low, high }: Whisker,
  y: (value: number) => number,
  colour: string,
): void {
  const [top, bottom] = [Math.max(area.top, y(high)), y(low)];
  ink.save();
  ink.strokeStyle = colour;
  ink.globalAlpha = 0.55;
  stroke(ink, x, top, x, bottom);
  if (top > area.top) stroke(ink, x - 3, top, x + 3, top);
  stroke(ink, x - 3, bottom, x + 3, bottom);
  ink.restore();
}

/** A diamond over a bar outside normal variation. */
export function drawDiamond(ink: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  ink.save();
  ink.translate(x, y);
  ink.rotate(Math.PI / 4);
  ink.fillStyle = colour;
  ink.fillRect(-4, -4, 8, 8);
  ink.restore();
}

/** "running" beside its point, inside the chart. */
export function drawNote(
  ink: CanvasRenderingContext2D,
  area: Area,
  text: string,
  x: number,
  colour: string,
  font: string,
): void {
  ink.save();
  ink.font = font;
  ink.fillStyle = colour;
  ink.textBaseline = "top";
  ink.textAlign = x > (area.left + area.right) / 2 ? "right" : "left";
  ink.fillText(
    text,
    x > (area.left + area.right) / 2 ? Math.min(area.right, x + 8) : Math.max(area.left, x - 8),
    area.top - 14,
  );
  ink.restore();
}

/** The filling of a bar that is not a whole period. */
export function hatch(ink: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = 6;
  tile.height = 6;
  const brush = tile.getContext("2d");
  if (brush === null) return colour;
  brush.strokeStyle = colour;
  brush.lineWidth = 1.5;
  stroke(brush, -1, 7, 7, -1);
  stroke(brush, -4, 4, 4, -4);
  stroke(brush, 2, 10, 10, 2);
  return ink.createPattern(tile, "repeat") ?? colour;
}

function stroke(ink: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  ink.beginPath();
  ink.moveTo(fromX, fromY);
  ink.lineTo(toX, toY);
  ink.stroke();
}
