/** A statement on one printed page: what is said, what it rests on and how anybody checks it. */
import { dateOf } from "#metrics/calendar.ts";
import { periodWords } from "#metrics/programme/savings/statement/period.ts";
import type { Printed } from "#metrics/programme/savings/statement/printed.ts";
import { UNKNOWN } from "#metrics/programme/savings/statement/printed.ts";
import { fingerprint } from "./signing.ts";
import type { Verified } from "./verify.ts";

/** One file without anything from elsewhere. */
/** @param issuedAt as the database has it: the file itself does not say it. */
export function sheetPage({ head, figures, hash, count, rows }: Verified, issuedAt: number): string {
  const { month, currency, version, key, previous, zone } = head;
  const main = figures.filter((one) => isMain(one, month));
  const rowsShown = folded(main, currency);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Statement of savings, ${text(month)}</title>
<style>
:root { color-scheme: light }
body { font: 9pt/1.3 system-ui, sans-serif; max-width: 46rem; margin: 1.5rem auto; padding: 0 1rem; color: #111; background: #fff }
h1 { font-size: 15pt; margin: 0 0 .3rem }
table { width: 100%; border-collapse: collapse; font-size: 8pt }
th { text-align: start; font-weight: 400; width: 46% }
td { text-align: end; font-variant-numeric: tabular-nums }
td.said { white-space: normal }
th, td { border-bottom: 1px solid #bbb; padding: .1rem .25rem }
.signed { margin-block-start: 1rem }
.signed th { width: 40%; padding-block: 1rem .1rem }
code { overflow-wrap: anywhere; font-size: 7pt }
td.said { overflow-wrap: anywhere }
p { margin-block: .5em }
@page { size: A4; margin: 9mm }
@media print { body { margin: 0; max-width: none; font-size: 8pt; line-height: 1.2 } table { font-size: 7.5pt } p { margin-block: .35em } .signed { margin-block-start: .3rem } tr { break-inside: avoid } }
</style>
</head>
<body>
<main>
<h1>Statement of savings, ${text(month)}</h1>
<p><strong>${text(periodWords(rows))}</strong></p>
<p>Issued on ${dateOf(issuedAt, zone)}. Whoever issued it, and who agreed to each line, stands on the page Ledger and in the audit: this file names nobody.</p>
${said(figures, month)
  .map((words) => `<p>${text(words)}</p>`)
  .join("\n")}
<p>Money is in ${text(currency)}. Cash, capacity, avoided loss and value stand apart: they are never added. Released hours are never heads.</p>
<table>
<tbody>
${rowsShown.map(row).join("\n")}
</tbody>
</table>
<p>${figures.length - main.length} further figures and ${count} rows are in the pack.</p>
<p>Check every digit without a database or a network: <code>headway verify headway-statement-${text(month)}.ndjson --key KEY</code>, where KEY is the key that finance gave you by another way than this page and the pack: who forges a statement names a key as well.</p>
<p>Signed with the key <code>${text(fingerprint(key))}</code>, by Headway ${text(version)}. Hash <code>${text(hash)}</code>${previous === "" ? "; the first statement" : `, after <code>${text(previous)}</code>`}.</p>
<table class="signed">
<tbody>
<tr><th scope="row">For finance: name, day, signature</th><td></td></tr>
<tr><th scope="row">For the programme: name, day, signature</th><td></td></tr>
</tbody>
</table>
</main>
</body>
</html>
`;
}

/** What a reader would otherwise look for in vain. */
function said(figures: readonly Printed[], month: string): readonly string[] {
  const valueOf = (id: string): string => figures.find((one) => one.id === id)?.value ?? UNKNOWN;
  const agreed = figures.filter(({ id }) => /^ledger\..*\.agreed\.lines$/.test(id));
  const verdict = valueOf("effect.lost.verdict");
  const isEstimated = valueOf("effect.lost.saving.mean") !== UNKNOWN;
  return [
    ...(agreed.every(({ value }) => value === "0") ? ["Finance has agreed to: 0 lines."] : []),
    ...(valueOf(`books.${month}.actual`) === UNKNOWN ? [`The books say nothing of ${month}.`] : []),
    ...(verdict !== UNKNOWN && isEstimated
      ? [
          `Gross and net rest on hours that were estimated, not on the sum of levers. Whether there is an effect at all: ${verdict}. They are printed whatever that says.`,
        ]
      : []),
  ];
}

/** What fits on a sheet: sums that are not 0, the books of the month, and the headline with what limits it. */
function isMain({ id, value }: Printed, month: string): boolean {
  if (
    /^savings\.(gross|net|cash|grade|cap\.|programme|baseline$|baseline\.(hash|frozen)|registered$|registered\.frozen|deviation)/.test(
      id,
    )
  )
    return true;
  if (id.startsWith(`books.${month}.`)) return true;
  if (/^effect\.lost\.(verdict|method|teams|saving\.(mean|low|high)|detectable)$/.test(id)) return true;
  return /^(ledger|placed)\./.test(id) && Number(value) !== 0;
}

interface Row {
  readonly words: string;
  readonly values: readonly string[];
  /** What says something may be long. */
  readonly isSaid: boolean;
}

/** As many reasons and deviations as fit; the pack has all of them. */
const MOST_LISTED = 6;

/** What belongs together stands in one row: money, hours and lines of the same, and a figure with its interval. */
function folded(figures: readonly Printed[], currency: string): readonly Row[] {
  const found = new Map<string, Row>();
  const listed = new Map<string, number>();
  for (const { id, words, value, unit } of figures) {
    const [, list] = /^savings\.(cap|deviation)\./.exec(id) ?? [];
    const place = list === undefined ? 0 : (listed.get(list) ?? 0) + 1;
    if (list !== undefined) listed.set(list, place);
    if (place > MOST_LISTED) continue;
    const key = id
      .replace(/\.(likely|p10|p50|p90|lines|amount|hours|hash|frozen)$/, "")
      .replace(/\.saving\.(mean|low|high)$/, ".saving");
    const before = found.get(key);
    const [, tenth] = /\.(p10|p50|p90)$/.exec(id) ?? [];
    const name = {
      money: currency,
      hours: "h",
      lines: value === "1" ? "line" : "lines",
      share: "%",
      number: "",
      text: "",
    };
    const said = [tenth?.toUpperCase() ?? partOf(id), value, name[unit]].filter((part) => part !== "").join(" ");
    found.set(key, {
      words: before?.words ?? words.replace(/, as stated$|: lines finance agreed to$/, (end) => WITHOUT[end] ?? ""),
      values: [...(before?.values ?? []), said],
      isSaid: unit === "text" || (before?.isSaid ?? false),
    });
  }
  return [...found.values()];
}

const WITHOUT: Readonly<Record<string, string>> = { ": lines finance agreed to": ": agreed to, in the month" };

function partOf(id: string): string {
  if (id.endsWith(".likely")) return "as stated";
  if (id.endsWith(".saving.low")) return "90 % interval from";
  if (id.endsWith(".saving.high")) return "to";
  if (id.endsWith(".hash")) return "SHA-256";
  return id.endsWith(".frozen") ? "frozen on" : "";
}

function row({ words, values, isSaid }: Row): string {
  return `<tr><th scope="row">${text(words)}</th><td${isSaid ? ' class="said"' : ""}>${text(values.join("; "))}</td></tr>`;
}

/** Text stays text. */
function text(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
