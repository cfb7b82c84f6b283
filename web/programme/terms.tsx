import { useState } from "preact/hooks";

import { FormEnd, SignerName, useSigner } from "../access/signing.tsx";
import { useCommand } from "../connect/use-command.ts";
import type { Programme } from "../types.ts";

interface Props {
  readonly page: Programme;
  readonly mayEdit: boolean;
  readonly onKept: (kept: { readonly version: Programme["version"] }) => void;
}

const MONTHS = [
  ...(["January", "February", "March", "April", "May", "June"] as const),
  ...(["July", "August", "September", "October", "November", "December"] as const),
];

/** In which currency all money is, and when the fiscal year begins, by whose quarters savings are told. */
export function Terms({ page, mayEdit, onKept }: Props) {
  const { currency, fiscalYearBegins } = page.programme;
  const [isOpen, open] = useState(false);
  return (
    <section class="section">
      <h2>Currency and fiscal year</h2>
      <p>
        Money is in {currency}. The fiscal year begins in {MONTHS[fiscalYearBegins - 1]}, and savings are told by its
        quarters.
      </p>
      {mayEdit && !isOpen && (
        <p>
          <button type="button" class="button" onClick={() => open(true)}>
            Change currency or fiscal year …
          </button>
        </p>
      )}
      {isOpen && (
        <TermsForm
          page={page}
          onDone={(kept) => {
            open(false);
            onKept(kept);
          }}
          onCancel={() => open(false)}
        />
      )}
    </section>
  );
}

function TermsForm({
  page,
  onDone,
  onCancel,
}: {
  readonly page: Programme;
  readonly onDone: Props["onKept"];
  readonly onCancel: () => void;
}) {
  const { programme, version } = page;
  const [currency, name] = useState(programme.currency);
  const [month, begin] = useState(programme.fiscalYearBegins);
  const signer = useSigner();
  const { isBusy, problem, run } = useCommand("/api/programme/set");
  const { actor } = signer;
  // Two things of the programme, each a version: the second follows the first.
  const calendar = (follows: number | null, done: Props["onKept"]): void =>
    run({ change: { list: "fiscalYearBegins", thing: month }, follows, actor }, done);
  const save = (event: Event): void => {
    event.preventDefault();
    signer.remember();
    const follows = version?.version ?? null;
    if (currency === programme.currency) return calendar(follows, onDone);
    run({ change: { list: "currency", thing: currency }, follows, actor }, (kept) =>
      month === programme.fiscalYearBegins ? onDone(kept) : calendar(kept.version?.version ?? null, onDone),
    );
  };
  return (
    <section class="decide programme-form" aria-label="Change currency or fiscal year">
      <form onSubmit={save}>
        <label>
          Currency, by its three letters: amounts that are there stay as they are, and are not converted
          <input
            type="text"
            required
            value={currency}
            pattern="[A-Z]{3}"
            maxLength={3}
            onInput={({ currentTarget }) => name(currentTarget.value.toUpperCase())}
          />
        </label>
        <label>
          The fiscal year begins in
          <select value={String(month)} onChange={({ currentTarget }) => begin(Number(currentTarget.value))}>
            {MONTHS.map((words, index) => (
              <option key={words} value={String(index + 1)}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <SignerName signer={signer} />
        <FormEnd action="Keep it" isBusy={isBusy} problem={problem} onCancel={onCancel} />
      </form>
    </section>
  );
}
