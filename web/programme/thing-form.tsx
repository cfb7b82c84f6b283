import "./programme.css";

import { useState } from "preact/hooks";

import type { Body, CommandReply } from "#server/contract.ts";

import { FormEnd, SignerName, useSigner } from "../access/signing.tsx";
import { useCommand } from "../connect/use-command.ts";
import type { Programme } from "../types.ts";
import type { Entered, Field, List } from "./fields.ts";
import { enteredOf, FIELDS, known, thingOf, USUAL } from "./fields.ts";
import { mistakeIn, refusal } from "./mistakes.ts";
import { TakingOut } from "./taking-out.tsx";

export interface Edited {
  readonly list: List;
  /** `null`: a new one. */
  readonly thing: object | null;
  /** What is known of a new one, such as of which cell it is. */
  readonly given: Entered;
  /** What the form says it is about. */
  readonly title: string;
}

interface Props {
  readonly edited: Edited;
  readonly page: Programme;
  /** The day that it is. */
  readonly today: string;
  readonly onDone: (kept: CommandReply<"/api/programme/set">) => void;
  readonly onCancel: () => void;
}

/** Asks for what can be said of one thing, and keeps it as a version of the programme. */
export function ThingForm({ edited: { list, thing, given, title }, page, today, onDone, onCancel }: Props) {
  const days = Object.fromEntries(FIELDS[list].filter(({ kind }) => kind === "day").map(({ name }) => [name, today]));
  const [entered, enter] = useState<Entered>(thing === null ? { ...USUAL, ...days, ...given } : enteredOf(list, thing));
  const signer = useSigner();
  const { actor } = signer;
  const { isBusy, problem, run } = useCommand("/api/programme/set");
  const removal = useCommand("/api/programme/remove");
  const [mistake, tell] = useState<string | null>(null);
  const follows = page.version?.version ?? null;
  const save = (event: Event): void => {
    event.preventDefault();
    const wrong = mistakeIn(list, entered);
    tell(wrong);
    if (wrong !== null) return;
    signer.remember();
    // oxlint-disable-next-line no-unsafe-type-assertion -- the server says what is wrong with what was typed
    const change = { list, thing: thingOf(list, entered, thing) } as Body<"/api/programme/set">["change"];
    const instead = thing === null ? {} : { instead: keyOf(list, thing) };
    run({ change, ...instead, follows, actor }, onDone);
  };
  const remove = (reason: string): void => {
    // Where nobody logged in, the form asks for a name, and for nothing else that a thing which goes would need.
    tell(actor.trim() === "" ? "Say who you are: the history keeps who took it out." : null);
    if (actor.trim() === "") return;
    signer.remember();
    if (thing !== null) removal.run({ list, key: keyOf(list, thing), follows, reason, actor }, onDone);
  };
  const refused = problem ?? removal.problem;
  return (
    <section class="decide programme-form" aria-label={title}>
      <h2>{title}</h2>
      <form onSubmit={save}>
        {FIELDS[list].map((field) => (
          <Asked
            key={field.name}
            field={field}
            value={entered[field.name] ?? ""}
            page={page}
            onEnter={(value) => enter((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
        <SignerName signer={signer} />
        <FormEnd
          action="Keep it"
          isBusy={isBusy || removal.isBusy}
          problem={mistake ?? (refused === null ? null : refusal(refused, list))}
          onCancel={onCancel}
        >
          {thing !== null && <TakingOut isBusy={isBusy || removal.isBusy} onTake={remove} />}
        </FormEnd>
      </form>
    </section>
  );
}

/** What tells things of a list apart where it is not their id. */
const KEYS: Partial<Readonly<Record<List, readonly string[]>>> = {
  systems: ["name"],
  assessment: ["system", "element"],
  assumptions: ["id", "validFrom"],
};

/** As the API speaks of it. */
function keyOf(list: List, thing: object): string {
  const names = KEYS[list] ?? ["id"];
  return names.map((name) => String(Reflect.get(thing, name))).join(" ");
}

interface AskedProps {
  readonly field: Field;
  readonly value: string;
  readonly page: Programme;
  readonly onEnter: (value: string) => void;
}

function Asked({ field, value, page, onEnter }: AskedProps) {
  const { label, kind, isOptional = false } = field;
  const common = { required: !isOptional, value };
  const typed = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }): void =>
    onEnter(currentTarget.value);
  if (kind === "many") return <Some field={field} value={value} page={page} onEnter={onEnter} />;
  return (
    <label>
      {label}
      {kind === "choice" ? (
        <select {...common} onChange={typed}>
          <option value="">{isOptional ? "nobody said" : "choose …"}</option>
          {choicesOf(field, page).map((one) => (
            <option key={one.value} value={one.value}>
              {one.words}
            </option>
          ))}
        </select>
      ) : kind === "long" ? (
        <textarea {...common} rows={2} maxLength={2000} onInput={typed} />
      ) : kind === "months" || kind === "actuals" || kind === "buckets" ? (
        <textarea value={value} rows={4} spellcheck={false} onInput={typed} />
      ) : kind === "number" ? (
        <input {...common} type="number" step="any" onInput={typed} />
      ) : kind === "day" ? (
        <input {...common} type="date" onInput={typed} />
      ) : (
        <input {...common} type="text" maxLength={300} onInput={typed} />
      )}
    </label>
  );
}

function Some({ field, value, page, onEnter }: AskedProps) {
  const chosen = value === "" ? [] : value.split("\n");
  const choices = choicesOf(field, page);
  if (choices.length === 0) return null;
  const turn = (one: string): void =>
    onEnter((chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]).join("\n"));
  return (
    <fieldset>
      <legend>{field.label}</legend>
      {choices.map((one) => (
        <label key={one.value} class="tick">
          <input type="checkbox" checked={chosen.includes(one.value)} onChange={() => turn(one.value)} />
          {one.words}
        </label>
      ))}
    </fieldset>
  );
}

function choicesOf({ choices = [] }: Field, page: Programme): ReturnType<typeof known> {
  return typeof choices === "string" ? known(choices, page) : choices.map((one) => ({ value: one, words: one }));
}
