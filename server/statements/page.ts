/** A statement on one printed page: what is said, what it rests on and how anybody checks it. */
import type { Printed } from "#metrics/programme/savings/statement/printed.ts";
import { fingerprint } from "./signing.ts";
import type { Verified } from "./verify.ts";

/** One file without anything from elsewhere. */
export function sheetPage({ head, figures, hash, count }: Verified): string {
  const { month, currency, version, key, previous } = head;
  const main = figures.filter(isMain);
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
th, td { border-bottom: 1px solid #bbb; padding: .15rem .25rem }
code { overflow-wrap: anywhere; font-size: 8pt }
@page { size: A4; margin: 12mm }
@media print { body { margin: 0; max-width: none } tr { break-inside: avoid } }
</style>
</head>
<body>
<main>
<h1>Statement of savings, ${text(month)}</h1>
<p>Money is in ${text(currency)}. Cash, capacity, avoided loss and value stand apart: they are never added. Released hours are never heads.</p>
<table>
<tbody>
${main.map((one) => row(one, currency)).join("\n")}
</tbody>
</table>
<p>${figures.length - main.length} further figures and ${count} rows are in the pack.</p>
<p>Check every digit without a database or a network: <code>headway verify headway-statement-${text(month)}.ndjson --key ${text(key)}</code></p>
<p>Signed with the key <code>${text(fingerprint(key))}</code>, by Headway ${text(version)}. Hash <code>${text(hash)}</code>${previous === "" ? "; the first statement" : `, after <code>${text(previous)}</code>`}.</p>
</main>
</body>
</html>
`;
}

/** What fits on a sheet: sums that are not 0, the last month of the books, and the headline. */
function isMain({ id, value }: Printed): boolean {
  if (/^savings\.(gross|net|cash|grade|baseline$|registered|deviation)/.test(id)) return true;
  if (/^effect\.lost\.(verdict|method|teams|saving\.(mean|low|high)|detectable)$/.test(id)) return true;
  return /^(ledger|placed)\./.test(id) && Number(value) !== 0;
}

function row({ words, value, unit }: Printed, currency: string): string {
  const name = { money: currency, hours: "h", lines: "", share: "%", number: "", text: "" }[unit];
  return `<tr><th scope="row">${text(words)}</th><td>${text(value)} ${text(name)}</td></tr>`;
}

/** Text stays text. */
function text(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
