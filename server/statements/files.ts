/** A statement in the forms in which people hand it on. Each says by which command the pack is checked. */
import { periodFigure } from "./period.ts";
import type { Printed } from "#metrics/programme/savings/statement/printed.ts";
import { UNKNOWN } from "#metrics/programme/savings/statement/printed.ts";
import { csvCell } from "../csv.ts";
import type { Reply } from "../contract.ts";
import type { StoredStatement } from "../store/statements.ts";
import type { StatementForm } from "./forms.ts";
import { sheetPage } from "./page.ts";
import { workbook } from "./workbook.ts";
import type { Verified } from "./verify.ts";

type File = NonNullable<Reply<"/api/savings/statement">["file"]>;

const TYPES: Readonly<Record<StatementForm, string>> = {
  pack: "application/x-ndjson",
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  html: "text/html",
};

/** @param verified `null` of a pack that is handed out as it is. */
export async function fileOf(
  { month, content, madeAt }: Pick<StoredStatement, "month" | "content" | "madeAt">,
  verified: Verified | null,
  as: StatementForm,
): Promise<File> {
  const name = `headway-statement-${month}.${as === "pack" ? "ndjson" : as}`;
  const file = { name, type: TYPES[as] };
  if (as === "pack" || verified === null) return { ...file, encoding: "utf8", body: content };
  switch (as) {
    case "csv":
      return { ...file, encoding: "utf8", body: csv(verified) };
    case "html":
      return { ...file, encoding: "utf8", body: sheetPage(verified, madeAt) };
    case "xlsx":
      return { ...file, encoding: "base64", body: (await workbook(verified)).toString("base64") };
  }
}

/** Printed figures as they are printed, with a point before decimals: digits are no text that could run, even below 0. */
function csv({ figures, head, rows: from }: Verified): string {
  const unitOf = { money: head.currency, share: "%", hours: "hours", lines: "lines", number: "", text: "" };
  const rows = [periodFigure(from), ...figures].map(({ id, words, value, unit }) =>
    [head.month, csvCell(id), csvCell(words), valueOf({ value, unit }), unitOf[unit]].join(","),
  );
  return `${["month,id,words,value,unit", ...rows].join("\n")}\n`;
}

function valueOf({ value, unit }: Pick<Printed, "value" | "unit">): string {
  if (unit === "text") return csvCell(value);
  return value === UNKNOWN ? "" : value;
}
