import { Fold } from "../design/fold.tsx";
import { moment } from "../format.ts";
import { useReply } from "../use-reply.ts";
import { useState } from "preact/hooks";

/** What was frozen before anybody looked. */
export function Records({ zone, revision }: { readonly zone: string; readonly revision: number }) {
  const { reply } = useReply("/api/savings/records", {}, revision);
  const [open, turn] = useState<string | null>(null);
  if (reply === null || reply.length === 0) return null;
  return (
    <section class="section">
      <h2>Frozen before results</h2>
      {reply.map(({ name, kind, scope, frozenAt, actor, notes, hash, text, isIntact, withdrawal }) => (
        <div key={name}>
          <Fold
            title={`${kind === "baseline" ? "Baseline" : "Plan"} “${name}”`}
            words={`${scope}, frozen ${moment(frozenAt, zone)} by ${actor}${withdrawal === null ? "" : ", withdrawn"}${isIntact ? "" : ", changed since"}`}
            isOpen={open === name}
            onTurn={() => turn(open === name ? null : name)}
          >
            <ul>
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
              {withdrawal !== null && (
                <li>
                  Withdrawn by {withdrawal.actor}: {withdrawal.reason}
                </li>
              )}
            </ul>
            <p>
              SHA-256 <code class="secret">{hash}</code> of
            </p>
            <pre class="scroller" tabIndex={0}>
              {text}
            </pre>
          </Fold>
        </div>
      ))}
    </section>
  );
}
