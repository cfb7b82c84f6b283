/** The sheet as a PDF of one A4 page, drawn here: no browser is needed, and its letters are in the file. */
import { createRequire } from "node:module";
import type { Instant } from "#metrics/time.ts";
import type { Number, Part, Sheet, Tone } from "./sheet.ts";
import { sparkPath } from "./spark.ts";

type Doc = PDFKit.PDFDocument;

/** Points of A4. */
const [WIDTH, HEIGHT] = [595.28, 841.89];
const MARGIN = 34;
const INNER = WIDTH - 2 * MARGIN;
/** Of the inner width: what, now, by week, signal or noise. */
const COLUMNS = [0.19, 0.25, 0.15, 0.41] as const;
/** How much smaller letters may become so that all of it stands on one page; the smallest text is then about 5 points high. */
const SCALES = [1.3, 1.2, 1.1, 1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7];

const COLOURS: Record<Tone | "ink" | "line", string> = {
  ink: "#1d2530",
  quiet: "#566273",
  line: "#c5ccd6",
  good: "#0b5cad",
  bad: "#a34a00",
  other: "#5b3fa0",
};

/** DejaVu Sans has Latin, Greek, Cyrillic and more, and may be given away inside a document. */
const FONTS = { plain: "DejaVuSansCondensed.ttf", strong: "DejaVuSansCondensed-Bold.ttf" } as const;
type Font = keyof typeof FONTS;

interface Pens {
  readonly doc: Doc;
  readonly scale: number;
}

/** @param madeAt what the file says of when it was made, so that the same sheet gives the same file. */
export async function pdf(sheet: Sheet, madeAt: Instant): Promise<Buffer> {
  const { default: PDFDocument } = await import("pdfkit");
  const fonts = fontFiles();
  const begin = (height: number): Doc => {
    const doc = new PDFDocument({
      size: [WIDTH, height],
      margin: MARGIN,
      font: fonts.plain,
      pdfVersion: "1.7",
      lang: "en",
      tagged: true,
      displayTitle: true,
      info: { Title: sheet.title, Creator: "Headway", CreationDate: new Date(madeAt), ModDate: new Date(madeAt) },
    });
    doc.registerFont("plain", fonts.plain).registerFont("strong", fonts.strong);
    return doc;
  };
  // On a sheet that has no end, and that nobody sees.
  const tried = begin(100 * HEIGHT);
  const scale = SCALES.find((size) => draw(sheet, { doc: tried, scale: size }) <= HEIGHT - MARGIN);
  const doc = begin(HEIGHT);
  const chunks: Buffer[] = [];
  doc.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => doc.on("end", resolve).on("error", reject));
  // What does not fit even in the smallest letters goes on, on a second page, rather than being left out.
  draw(sheet, { doc, scale: scale ?? Math.min(...SCALES) });
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

function fontFiles(): Record<Font, string> {
  const { resolve } = createRequire(import.meta.url);
  const { plain, strong } = FONTS;
  return { plain: resolve(`dejavu-fonts-ttf/ttf/${plain}`), strong: resolve(`dejavu-fonts-ttf/ttf/${strong}`) };
}

/** @returns how far down it came, in points from the top. */
function draw(sheet: Sheet, pens: Pens): number {
  const { doc, scale } = pens;
  const gap = 5 * scale;
  let y = MARGIN;
  const line = (tag: string, words: string, font: Font, size: number, colour: keyof typeof COLOURS): void => {
    if (words !== "") y = write(pens, { tag, words, font, size, colour, x: MARGIN, y, width: INNER }) + gap / 2;
  };
  line("H1", sheet.title, "strong", 15, "ink");
  line("P", sheet.about, "plain", 8, "quiet");
  line("P", sheet.sentence, "strong", 10.5, "ink");
  for (const note of sheet.notes) line("P", note, "plain", 7.5, "quiet");
  y += gap;
  for (const one of sheet.five) y = drawNumber(one, y, pens);
  rule(pens, y);
  y = drawParts(sheet.parts, y + gap, pens) + gap;
  rule(pens, y);
  y += gap;
  line("P", sheet.quality, "plain", 7, "quiet");
  line("P", sheet.foot, "plain", 7, "quiet");
  doc.y = y;
  return y;
}

interface Written {
  /** What it is for whoever has it read aloud: a structure type of PDF. */
  readonly tag: string;
  readonly words: string;
  readonly font: Font;
  readonly size: number;
  readonly colour: keyof typeof COLOURS;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** @returns the end of it. */
function write({ doc, scale }: Pens, { tag, words, font, size, colour, x, y, width }: Written): number {
  doc.addStructure(
    doc.struct(tag, {}, () => {
      doc
        .font(font)
        .fontSize(size * scale)
        .fillColor(COLOURS[colour])
        .text(harmless(words), x, y, { width, lineGap: 0.5 * scale });
    }),
  );
  return doc.y;
}

function drawNumber({ title, value, label, tone, words, series }: Number, top: number, pens: Pens): number {
  const { scale } = pens;
  rule(pens, top);
  const y = top + 3 * scale;
  const gap = 8;
  const [a, b, c, d] = COLUMNS.map((share) => share * INNER);
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error("Four columns.");
  const common = { tag: "P", y, size: 8 } as const;
  const ends = [
    write(pens, { ...common, words: title, font: "strong", colour: "ink", x: MARGIN, width: a - gap }),
    write(pens, { ...common, words: value, font: "plain", colour: "ink", x: MARGIN + a, width: b - gap }),
  ];
  const height = 16 * scale;
  drawSpark(series, { x: MARGIN + a + b, y: y + scale, width: c - 2 * gap, height }, pens);
  ends.push(y + height);
  const [x, width] = [MARGIN + a + b + c, d];
  const end = label === null ? y : write(pens, { ...common, words: label, font: "strong", colour: tone, x, width });
  ends.push(
    words === null ? end : write(pens, { ...common, y: end, words, size: 7, font: "plain", colour: "ink", x, width }),
  );
  return Math.max(...ends) + 3 * scale;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The numbers stand beside it: to whoever has it read aloud it is nothing. */
function drawSpark(series: Number["series"], { x, y, width, height }: Box, { doc }: Pens): void {
  const path = sparkPath(series, width, height);
  if (path === "") return;
  doc.markContent("Artifact", { type: "Layout" });
  doc.save().translate(x, y).path(path).lineWidth(1).lineCap("round").strokeColor(COLOURS.good).stroke().restore();
  doc.endMarkedContent();
}

/** In two columns: each part goes below whatever ends first, so that it is read from left to right. */
function drawParts(parts: readonly Part[], top: number, pens: Pens): number {
  const gutter = 18;
  const width = (INNER - gutter) / 2;
  const ends = [top, top];
  for (const part of parts) {
    const side = Number((ends[1] ?? top) < (ends[0] ?? top));
    ends[side] = drawPart(part, { x: MARGIN + side * (width + gutter), y: ends[side] ?? top, width }, pens);
  }
  return Math.max(...ends);
}

function drawPart(
  { title, sentence, rows, missing }: Part,
  { x, y: top, width }: Omit<Box, "height">,
  pens: Pens,
): number {
  const { scale } = pens;
  const common = { tag: "P", x, width, size: 7.5, colour: "ink" } as const;
  let y = write(pens, { ...common, tag: "H2", words: title, font: "strong", size: 9.5, y: top }) + scale;
  if (sentence !== "") y = write(pens, { ...common, words: sentence, font: "plain", y }) + 2 * scale;
  for (const { name, words, tone } of rows) {
    y = write(pens, { ...common, words: name, font: "strong", colour: tone === "quiet" ? "ink" : tone, y });
    y = write(pens, { ...common, words, font: "plain", y }) + 2 * scale;
  }
  for (const one of missing) y = write(pens, { ...common, words: one, font: "plain", colour: "quiet", y }) + 2 * scale;
  return y + 6 * scale;
}

function rule({ doc, scale }: Pens, y: number): void {
  doc.markContent("Artifact", { type: "Layout" });
  doc
    .moveTo(MARGIN, y)
    .lineTo(WIDTH - MARGIN, y)
    .lineWidth(0.5 * scale)
    .strokeColor(COLOURS.line)
    .stroke();
  doc.endMarkedContent();
}

/** A line end in a name would be one on paper, too. */
function harmless(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, " ");
}
