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
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Statement of savings, ${text(month)}</title>
<style>
:root { color-scheme: light }
body { font: 10pt/1.35 system-ui, sans-serif; max-width: 46rem; margin: 1.5rem auto; padding: 0 1rem; color: #111; background: #fff }
h1 { font-size: 15pt; margin: 0 0 .3rem }
table { width: 100%; border-collapse: collapse; font-size: 9pt }
th { text-align: start; font-weight: 400 }
td { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap }
td.said { white-space: normal }
th, td { border-bottom: 1px solid #bbb; padding: .15rem .25rem }
.signed { margin-block-start: 1rem }
.signed th { width: 40%; padding-block: 1.4rem .15rem }
code { overflow-wrap: anywhere; font-size: 8pt }
@page { size: A4; margin: 12mm }
@media print { body { margin: 0; max-width: none } tr { break-inside: avoid } }
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
${main.map((one) => row(one, currency)).join("\n")}
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

function row({ words, value, unit }: Printed, currency: string): string {
  const name = { money: currency, hours: "h", lines: "", share: "%", number: "", text: "" }[unit];
  return `<tr><th scope="row">${text(words)}</th><td${unit === "text" ? ' class="said"' : ""}>${text(value)} ${text(name)}</td></tr>`;
}

/** Text stays text. */
function text(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
