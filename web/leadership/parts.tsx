import { SaveRows } from "../design/save-as.tsx";
import { Go } from "../design/go.tsx";
import type { Leadership } from "../types.ts";
import { unbroken } from "../format.ts";

type Part = Leadership["parts"][number];

/** A part that is told in words: one sentence, a few rows, and what is missing for more. */
export function PartPanel({ part: { id, title, sentence, rows, missing, page } }: { readonly part: Part }) {
  return (
    <section class="section part">
      <h2>{title}</h2>
      <div class="panel">
        {sentence !== "" && <p>{unbroken(sentence)}</p>}
        <Told rows={rows} />
        <Missing missing={missing} />
        <div class="tools card-foot">
          {page !== null && <Go to={page}>More of it</Go>}
          {rows.length > 0 && <SaveRows name={`leadership-${id}`} title={title} rows={rows} />}
        </div>
      </div>
    </section>
  );
}

/** Rows in words; a sign only repeats what they say. */
export function Told({ rows }: Pick<Part, "rows">) {
  if (rows.length === 0) return null;
  return (
    <dl class="told">
      {rows.map(({ name, words, tone }) => (
        <div key={`${name} ${words}`}>
          <dt class={tone === null ? "" : tone === "good" ? "verdict-better" : "verdict-worse"}>
            {tone !== null && <span aria-hidden="true">{tone === "good" ? "▲ " : "▼ "}</span>}
            {name}
          </dt>
          <dd>{unbroken(words)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What cannot be said yet, and where to begin. */
export function Missing({ missing }: { readonly missing: Part["missing"] }) {
  if (missing.length === 0) return null;
  return (
    <ul class="missing">
      {missing.map(({ what, todo }) => (
        <li key={what}>
          {what} <span class="muted">{todo}</span>
        </li>
      ))}
    </ul>
  );
}
