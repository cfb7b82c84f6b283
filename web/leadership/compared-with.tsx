import { period } from "../format.ts";
import type { Measures } from "../types.ts";

/** With which baseline a page compares, and what weakens that; nothing where none was asked for. */
export function ComparedWith({ reply: { against, zone } }: { readonly reply: Measures }) {
  if (against === null) return null;
  const { name, window, frozenAt, signer, notes } = against;
  return (
    <section class="section small muted">
      <p>
        Compared with the baseline “{name}” ({period(window.from, window.to, zone)}), frozen on {frozenAt.slice(0, 10)}{" "}
        by {signer}.
      </p>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </section>
  );
}
