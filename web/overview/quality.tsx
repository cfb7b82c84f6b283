import { count, NONE, share } from "../format.ts";
import { SaveRows } from "../design/save-as.tsx";
import type { Quality } from "../types.ts";

/** How far the numbers can be trusted: a result like the others. */
export function DataQuality({ quality }: { readonly quality: readonly Quality[] }) {
  if (quality.length === 0) return null;
  return (
    <section class="section">
      <h2>Data quality</h2>
      <dl class="panel strip">
        {quality.map(({ id, title, value, unit, note }) => (
          <div key={id}>
            <dt>{title}</dt>
            <dd class="strip-value">{value === null ? NONE : unit === "share" ? share(value) : count(value)}</dd>
            <dd class="small muted">{note}</dd>
          </div>
        ))}
      </dl>
      <SaveRows name="data-quality" title="Data quality" rows={quality} />
    </section>
  );
}
