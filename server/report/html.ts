/** The sheet as one file of HTML that needs nothing else and prints to one page. */
import type { Number, Part, Sheet, Tone } from "./sheet.ts";
import { sparkPath } from "./spark.ts";

const SPARK = { width: 110, height: 22 } as const;

const SIGNS: Record<Tone, string> = { good: "▲", bad: "▼", other: "◆", quiet: "○" };

export function html({ title, about, sentence, notes, five, parts, quality, foot }: Sheet): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${text(title)}</h1>
<p class="quiet">${text(about)}</p>
<p class="lead">${text(sentence)}</p>
${notes.map((note) => `<p class="small quiet">${text(note)}</p>`).join("\n")}
</header>
<section>
<h2>Five numbers</h2>
<div class="scroll" role="region" aria-label="Five numbers" tabindex="0">
<table>
<thead><tr><th scope="col">What</th><th scope="col">Now</th><th scope="col">By week</th><th scope="col">Signal or noise</th></tr></thead>
<tbody>
${five.map(numberRow).join("\n")}
</tbody>
</table>
</div>
</section>
<div class="parts">
${parts.map(partText).join("\n")}
</div>
<footer class="small quiet">
${quality === "" ? "" : `<p>${text(quality)}</p>`}
<p>${text(foot)}</p>
</footer>
</main>
</body>
</html>
`;
}

function numberRow({ title, value, label, tone, words, series }: Number): string {
  const said = label === null ? "" : `<span class="${tone}">${SIGNS[tone]} ${text(label)}</span>`;
  return `<tr><th scope="row">${text(title)}</th><td>${text(value)}</td><td>${spark(series)}</td><td>${said}${words === null ? "" : ` <span class="small">${text(words)}</span>`}</td></tr>`;
}

/** The numbers stand beside it: it is looked at, not read. */
function spark(series: Number["series"]): string {
  const { width, height } = SPARK;
  const path = sparkPath(series, width, height);
  if (path === "") return "";
  return `<svg aria-hidden="true" viewBox="-2 -2 ${width + 4} ${height + 4}" width="${width + 4}" height="${height + 4}"><path d="${path}"/></svg>`;
}

function partText({ title, sentence, rows, missing }: Part): string {
  const items = [
    ...rows.map(
      ({ name, words, tone }) =>
        `<li><strong class="${tone}">${tone === "quiet" ? "" : `${SIGNS[tone]} `}${text(name)}</strong>: ${text(words)}</li>`,
    ),
    ...missing.map((one) => `<li class="quiet">${text(one)}</li>`),
  ];
  return `<section class="part">
<h2>${text(title)}</h2>
${sentence === "" ? "" : `<p>${text(sentence)}</p>`}
${items.length === 0 ? "" : `<ul>${items.join("\n")}</ul>`}
</section>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text that stays text: a service may be called anything. */
function text(written: string): string {
  return (
    written
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, " ")
      .replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)
  );
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2530; --quiet: #566273; --line: #d5dbe3; --paper: #fff; --good: #0b5cad; --bad: #a34a00; --other: #5b3fa0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --quiet: #a3afbf; --line: #36404d; --paper: #12171e; --good: #7db8f5; --bad: #f0a35e; --other: #b9a5f0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 1060px; margin: 0 auto; padding: 24px 16px; }
h1 { font-size: 24px; margin: 0 0 4px; }
h2 { font-size: 16px; margin: 16px 0 4px; }
p { margin: 4px 0; }
ul { margin: 4px 0; padding-left: 20px; }
.lead { font-size: 18px; font-weight: 600; margin: 8px 0; }
.small { font-size: 13px; }
.quiet { color: var(--quiet); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.other { color: var(--other); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 560px; }
th, td { border-top: 1px solid var(--line); padding: 4px 12px 4px 0; text-align: left; vertical-align: top; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
thead th { color: var(--quiet); font-weight: 400; font-size: 13px; border-top: 0; }
svg path { fill: none; stroke: var(--good); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 360px), 1fr)); column-gap: 32px; }
footer { border-top: 1px solid var(--line); margin-top: 16px; padding-top: 8px; }
@page { size: A4; margin: 12mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --quiet: #444; --line: #bbb; --paper: #fff; --good: #0b5cad; --bad: #a34a00; --other: #5b3fa0; }
  body { font-size: 8.5pt; line-height: 1.3; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 14pt; }
  h2 { font-size: 10pt; margin-top: 8pt; }
  .lead { font-size: 10.5pt; }
  .small, thead th { font-size: 7.5pt; }
  .scroll { overflow: visible; }
  table { min-width: 0; }
  .parts { grid-template-columns: 1fr 1fr; column-gap: 16pt; }
  .part, tr { break-inside: avoid; }
}
`;
