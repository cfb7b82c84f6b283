import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { Fold } from "../design/fold.tsx";
import { moment } from "../format.ts";
import type { Ledger } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { Sealed } from "./lines.tsx";
import { FreezeBaseline, FreezePlan, WithdrawRecord } from "./freeze.tsx";

interface Props {
  readonly ledger: Ledger;
  readonly zone: string;
  readonly revision: number;
  readonly onChange: () => void;
}

/** What was frozen before anybody looked, and what can be. */
export function Records({ ledger: { known, currency }, zone, revision, onChange }: Props) {
  const { reply } = useReply("/api/savings/records", {}, revision);
  const [open, turn] = useState<string | null>(null);
  const [asked, ask] = useState<"baseline" | "plan" | { readonly withdraw: string } | null>(null);
  const mayFreeze = useMay("/api/savings/records/freeze");
  const mayWithdraw = useMay("/api/savings/records/withdraw");
  if (reply === null) return null;
  const onCancel = (): void => ask(null);
  const onDone = (): void => {
    ask(null);
    onChange();
  };
  return (
    <section class="section">
      <h2>Frozen before results</h2>
      {reply.length === 0 && (
        <p class="muted">
          Nothing yet. A baseline record says how the time before was, a plan how a saving will be measured: both before
          anybody knows how it comes out.
        </p>
      )}
      {reply.map(({ name, kind, scope, frozenAt, actor, seal, notes, hash, text, isIntact, withdrawal }) => (
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
              {seal !== null && (
                <li>
                  Signed by {actor}.
                  <Sealed seal={seal} />
                </li>
              )}
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
            {mayWithdraw && withdrawal === null && asked === null && (
              <button type="button" class="button" onClick={() => ask({ withdraw: name })}>
                Withdraw “{name}” …
              </button>
            )}
          </Fold>
        </div>
      ))}
      {mayFreeze && asked === null && (
        <p>
          <button type="button" class="button" onClick={() => ask("baseline")}>
            Freeze a baseline record …
          </button>{" "}
          <button type="button" class="button" onClick={() => ask("plan")}>
            Freeze a plan …
          </button>
        </p>
      )}
      {asked === "baseline" && (
        <FreezeBaseline scopes={known.scopes} currency={currency} onDone={onDone} onCancel={onCancel} />
      )}
      {asked === "plan" && <FreezePlan onDone={onDone} onCancel={onCancel} />}
      {asked !== null && typeof asked === "object" && (
        <WithdrawRecord name={asked.withdraw} onDone={onDone} onCancel={onCancel} />
      )}
    </section>
  );
}
