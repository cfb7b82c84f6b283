import { Go } from "../design/go.tsx";
import { SaveRows } from "../design/save-as.tsx";
import { money, NONE } from "../format.ts";
import type { Savings } from "../types.ts";
import type { Looked } from "./page.tsx";
import { hours, intervalWords, LEDGER_WORDS, savingsLink } from "./words.ts";

interface Props {
  readonly figures: NonNullable<Savings["figures"]>;
  readonly currency: string;
  readonly advice: string;
  readonly looked: Looked;
}

/** Four ledgers beside each other, which are never added. */
export function Ledgers({ figures: { ledgers, levers }, currency, advice, looked }: Props) {
  const titleOf = (id: string): string => levers.find((lever) => lever.id === id)?.title ?? id;
  return (
    <section class="section">
      <h2>Four ledgers, never added</h2>
      <div class="ledgers">
        {ledgers.map((ledger) => {
          const { title, words } = LEDGER_WORDS[ledger.name];
          return (
            <article key={ledger.name} class="panel">
              <h3>{title}</h3>
              <p>
                <strong>
                  {ledger.money === null ? NONE : intervalWords(ledger.money, (value) => money(value, currency))}
                </strong>
              </p>
              {ledger.hours !== null && <p>{intervalWords(ledger.hours, hours)}</p>}
              <p class="small muted">{words}</p>
              <p class="small">
                {ledger.levers.map((id, index) => (
                  <span key={id}>
                    {index > 0 && " · "}
                    <Go to={savingsLink({ ...looked, lever: id, team: null, week: null })}>{titleOf(id)}</Go>
                  </span>
                ))}
              </p>
              {ledger.name === "capacity" && <p class="small">{advice}</p>}
            </article>
          );
        })}
      </div>
      <SaveRows name="savings-ledgers" title="Ledgers" rows={ledgers} />
    </section>
  );
}
