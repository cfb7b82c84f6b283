import { useState } from "preact/hooks";

import { useCommand } from "../connect/use-command.ts";
import { addDays } from "../days.ts";
import { type Signed, SignedForm } from "./signed-form.tsx";

interface Props {
  readonly services: readonly string[];
  readonly onDone: () => void;
}

interface Entered {
  readonly kind: "days" | "note";
  readonly first: string;
  readonly last: string;
  /** Empty: every service. */
  readonly service: string;
}

const NOTHING: Entered = { kind: "days", first: "", last: "", service: "" };

/** Leaves days out of the numbers, or notes what happened on them. */
export function JudgeDays({ services, onDone }: Props) {
  const [entered, enter] = useState<Entered | null>(null);
  const { isBusy, problem, run } = useCommand("/api/judgements/add");
  if (entered === null)
    return (
      <p>
        <button type="button" class="button" onClick={() => enter(NOTHING)}>
          Exclude days or note what happened …
        </button>
      </p>
    );
  const { kind, first, last, service } = entered;
  const change = (part: Partial<Entered>): void => enter({ ...entered, ...part });
  const sign = (signed: Signed): void => {
    const to = addDays(last === "" ? first : last, 1);
    run({ kind, from: first, to, ...(service !== "" && { service }), ...signed }, () => {
      enter(null);
      onDone();
    });
  };
  return (
    <div class="decide">
      <SignedForm action="Decide" isBusy={isBusy} problem={problem} onCancel={() => enter(null)} onSign={sign}>
        <label>
          Decision
          <select
            value={kind}
            onChange={({ currentTarget: { value } }) => change({ kind: value === "note" ? "note" : "days" })}
          >
            <option value="days">Exclude the days from every number</option>
            <option value="note">Only note what happened</option>
          </select>
        </label>
        <label>
          First day
          <input
            type="date"
            required
            value={first}
            onInput={({ currentTarget }) => change({ first: currentTarget.value })}
          />
        </label>
        <label>
          Last day (empty: only the first)
          <input
            type="date"
            min={first}
            value={last}
            onInput={({ currentTarget }) => change({ last: currentTarget.value })}
          />
        </label>
        <label>
          Of
          <select value={service} onChange={({ currentTarget }) => change({ service: currentTarget.value })}>
            <option value="">every service</option>
            {services.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </SignedForm>
    </div>
  );
}
