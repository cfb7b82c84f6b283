import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { baselinesChanged } from "../baselines.ts";
import { useCommand } from "../connect/use-command.ts";
import { addDays } from "../days.ts";
import { type Filters, link } from "../filters.ts";
import { type Signed, SignedForm } from "../judgements/signed-form.tsx";
import { go } from "../router.ts";
import { scopeWords } from "../words.ts";

interface Entered {
  readonly name: string;
  /** Empty: 26 weeks before the end. */
  readonly first: string;
  /** Empty: the last day of the last complete week. */
  readonly last: string;
}

const NOTHING: Entered = { name: "", first: "", last: "" };

/** Freezes the numbers of some days under a name, of whatever is looked at. */
export function FreezeForm({ filters }: { readonly filters: Filters }) {
  const [entered, enter] = useState<Entered | null>(null);
  const { isBusy, problem, run } = useCommand("/api/baselines/freeze");
  const isAllowed = useMay("/api/baselines/freeze");
  if (!isAllowed) return null;
  if (entered === null)
    return (
      <p>
        <button type="button" class="button" onClick={() => enter(NOTHING)}>
          Freeze a baseline …
        </button>
      </p>
    );
  const { name, first, last } = entered;
  const { scope, service, bots, open, time } = filters;
  const change = (part: Partial<Entered>): void => enter({ ...entered, ...part });
  const sign = (signed: Signed): void => {
    const whose = { ...(scope !== null && { scope }), ...(service !== null && { service }) };
    const window = { ...(first !== "" && { from: first }), ...(last !== "" && { to: addDays(last, 1) }) };
    run({ name, ...window, ...whose, bots, open, time, ...signed }, (frozen) => {
      enter(null);
      baselinesChanged();
      go(link("leadership", { ...filters, against: frozen.name }));
    });
  };
  return (
    <div class="decide">
      <p class="small">
        Of {scopeWords(filters) ?? "the organisation"}. It is never changed or deleted; it can be withdrawn. Best before
        anything is changed, and before its results are known.
      </p>
      <SignedForm action="Freeze" isBusy={isBusy} problem={problem} onCancel={() => enter(null)} onSign={sign}>
        <label>
          Name of the baseline
          <input
            type="text"
            required
            maxLength={60}
            value={name}
            onInput={({ currentTarget }) => change({ name: currentTarget.value })}
          />
        </label>
        <label>
          First day (empty: 26 weeks before the end)
          <input type="date" value={first} onInput={({ currentTarget }) => change({ first: currentTarget.value })} />
        </label>
        <label>
          Last day (empty: the end of the last complete week)
          <input
            type="date"
            min={first}
            value={last}
            onInput={({ currentTarget }) => change({ last: currentTarget.value })}
          />
        </label>
      </SignedForm>
    </div>
  );
}
