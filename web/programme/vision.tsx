import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { CommandReply } from "#server/contract.ts";

import { FormEnd, SignerName, useSigner } from "../access/signing.tsx";
import { useCommand } from "../connect/use-command.ts";
import { useQuestionBeforeLeaving } from "../router.ts";
import type { Programme } from "../types.ts";
import { directionOf, enteredDirection, type EnteredDirection } from "./direction.ts";
import { targetMistake } from "./mistakes.ts";

interface Props {
  readonly page: Programme;
  readonly mayEdit: boolean;
  readonly onKept: (kept: CommandReply<"/api/programme/set">) => void;
}

/** What the programme is for, and in what money and which quarters it is told. */
export function Vision({ page, mayEdit, onKept }: Props) {
  const [isOpen, open] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  // Whoever works by keyboard goes on where the form was opened.
  useLayoutEffect(() => {
    if (!isOpen && wasOpen.current) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const { vision, currency, fiscalYearBegins } = page.programme;
  if (isOpen)
    return (
      <DirectionForm
        page={page}
        onDone={(kept) => {
          open(false);
          onKept(kept);
        }}
        onCancel={() => open(false)}
      />
    );
  if (vision === null && !mayEdit) return null;
  return (
    <section class="section" aria-labelledby="vision">
      <h2 id="vision">The vision</h2>
      {vision === null ? (
        <p class="muted">Nobody has said yet what all of it is for.</p>
      ) : (
        <>
          <p>
            <strong>{vision.sentence}</strong>
          </p>
          {vision.targets.length > 0 && (
            <ul>
              {vision.targets.map(({ id, words, by }) => (
                <li key={id}>
                  {words}, by {by}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <p class="small muted">
        Money is in {currency}. The fiscal year begins in {MONTHS[fiscalYearBegins - 1]}, and savings are told by its
        quarters.
      </p>
      {mayEdit && (
        <p>
          <button ref={button} type="button" class="button" onClick={() => open(true)}>
            {vision === null ? "Say the vision …" : "Change the vision …"}
          </button>
        </p>
      )}
    </section>
  );
}

const month = new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" });
const MONTHS = Array.from({ length: 12 }, (_, index) => month.format(Date.UTC(2026, index, 1)));

interface FormProps {
  readonly page: Programme;
  readonly onDone: Props["onKept"];
  readonly onCancel: () => void;
}

function DirectionForm({ page, onDone, onCancel }: FormProps) {
  const { programme, version } = page;
  const [entered, enter] = useState<EnteredDirection>(() => enteredDirection(programme));
  const [begun] = useState(entered);
  useQuestionBeforeLeaving(() => entered !== begun);
  const signer = useSigner();
  const first = useRef<HTMLTextAreaElement>(null);
  const { isBusy, problem, run } = useCommand("/api/programme/set", "always");
  const [mistake, tell] = useState<string | null>(null);
  // Before the picture: whoever types on would else type into nothing.
  useLayoutEffect(() => first.current?.focus(), []);
  const typed =
    (name: keyof EnteredDirection) =>
    ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }): void =>
      enter((before) => ({ ...before, [name]: value }));
  const save = (event: Event): void => {
    event.preventDefault();
    const wrong = targetMistake(entered.targets);
    tell(wrong);
    if (wrong !== null) return;
    signer.remember();
    const change = { list: "direction" as const, thing: directionOf(entered, programme) };
    run({ change, follows: version?.version ?? null, actor: signer.actor }, onDone);
  };
  return (
    <section class="decide programme-form" aria-label="The vision">
      <h2>The vision</h2>
      <form onSubmit={save}>
        <label class="whole-row">
          What all of it is for, in one sentence
          <textarea ref={first} rows={2} maxLength={2000} value={entered.sentence} onInput={typed("sentence")} />
        </label>
        <label class="whole-row">
          Targets for the next two to five years: a line for each, the year first, such as 2029 Every service is
          deployed weekly
          <textarea rows={4} value={entered.targets} onInput={typed("targets")} />
        </label>
        <label>
          Currency, by its three letters (amounts are not converted)
          <input
            type="text"
            required
            maxLength={3}
            pattern="[A-Za-z]{3}"
            value={entered.currency}
            onInput={typed("currency")}
          />
        </label>
        <label>
          The fiscal year begins in
          <select value={entered.fiscalYearBegins} onChange={typed("fiscalYearBegins")}>
            {MONTHS.map((name, index) => (
              <option key={name} value={String(index + 1)}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <SignerName signer={signer} />
        <FormEnd action="Keep it" isBusy={isBusy} problem={mistake ?? problem} onCancel={onCancel} />
      </form>
    </section>
  );
}
