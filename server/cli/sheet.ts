/** The page for leadership as a file: Markdown, HTML or PDF. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Reply } from "../contract.ts";
import { html } from "../report/html.ts";
import { markdown } from "../report/markdown.ts";
import { pdf } from "../report/pdf.ts";
import { sheetOf } from "../report/sheet.ts";
import type { Arguments } from "./args.ts";
import { oneOf } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { createScreen, write } from "./screen.ts";
import { UsageError } from "./usage.ts";

const FORMATS = ["md", "html", "pdf"] as const;
export type SheetFormat = (typeof FORMATS)[number];

/** @returns `null` where it is to be read in the terminal. @throws UsageError */
export function askedSheet(
  { options: { format, out, page }, json }: Arguments,
  stdout: Effects["stdout"],
): SheetFormat | null {
  if (page === undefined && (format ?? out) !== undefined)
    throw new UsageError(
      `--${format === undefined ? "out" : "format"} belongs to --page leadership. Rows as files are \`headway export\`.`,
    );
  if (format === undefined) {
    if (out === undefined) return null;
    const named = FORMATS.find((known) => out.toLowerCase().endsWith(`.${known}`));
    if (named === undefined) throw new UsageError(`Say which file that is: --format ${FORMATS.join(", --format ")}.`);
    return refuseJson(named, json);
  }
  const asked = refuseJson(oneOf("format", format, FORMATS), json);
  if (asked === "pdf" && out === undefined && stdout.isTTY === true)
    throw new UsageError("A PDF is nothing for a terminal. Say where to put it: --out leadership.pdf.");
  return asked;
}

function refuseJson(format: SheetFormat, json: boolean): SheetFormat {
  if (json) throw new UsageError(`--json and --format ${format} exclude each other. Keep one of them.`);
  return format;
}

/** Writes it where it was asked for. @throws UsageError when the file cannot be written, or is there. */
export async function deliverSheet(
  page: Reply<"/api/leadership">,
  format: SheetFormat,
  { options: { out }, overwrite }: Arguments,
  effects: Effects,
): Promise<void> {
  const content = await contentOf(page, format, effects.now());
  if (out === undefined) return write(effects.stdout, content);
  const file = resolve(effects.cwd, out);
  try {
    await writeFile(file, content, { flag: overwrite ? "w" : "wx" });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new UsageError(
      `${file} ${WHY[code] ?? `cannot be written (${code}). Name a file that this user may write`}.`,
      {
        cause: error,
      },
    );
  }
  await createScreen(effects.stdout, effects.env).print(`Wrote ${file}.`);
}

const WHY: Readonly<Record<string, string>> = {
  EEXIST: "is there already. Name another one, or add --overwrite",
  ENOENT: "is in a folder that is not there. Make the folder, or name another one",
  EISDIR: "is a folder. Name a file in it",
};

async function contentOf(page: Reply<"/api/leadership">, format: SheetFormat, now: number): Promise<string | Buffer> {
  const sheet = sheetOf(page, new Date(now).toISOString());
  switch (format) {
    case "md":
      return markdown(sheet);
    case "html":
      return html(sheet);
    case "pdf":
      return pdf(sheet, now);
  }
}
