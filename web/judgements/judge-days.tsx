import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { useCommand } from "../connect/use-command.ts";
import { addDays } from "../days.ts";
import type { Scopes } from "../types.ts";
import { type Signed, SignedForm } from "./signed-form.tsx";

interface Props {
  readonly scopes: Scopes | null;
  readonly onDone: () => void;
}

const KINDS = {
  days: "Exclude the days from every number",
  label: "Exclude changes with a label",
  note: "Note what happened",
  adoption: "Note the adoption of a way to work",
} as const;
type Kind = keyof typeof KINDS;

interface Entered {
  readonly kind: Kind;
  readonly label: string;
  readonly title: string;
  readonly first: string;
  readonly last: string;
  readonly scope: string;
  readonly rebases: boolean;
}

const NOTHING: Entered = {
  kind: "days",
  label: "",
  title: "",
  first: "",
  last: "",
  scope: "organisation",
  rebases: false,
};

/** Leaves days or labels out of the numbers, or notes what happened. */
export function JudgeDays({ scopes, onDone }: Props) {
  const [entered, enter] = useState<Entered | null>(null);
  const { isBusy, problem, run } = useCommand("/api/judgements/add");
  const isAllowed = useMay("/api/judgements/add");
  if (!isAllowed) return null;
  if (entered === null)
    return (
      <p>
        <button type="button" class="button" onClick={() => enter(NOTHING)}>
          Exclude days or labels, or note what happened …
        </button>
      </p>
    );
  const { kind, first, last, scope } = entered;
  const change = (part: Partial<Entered>): void => enter({ ...entered, ...part });
  const sign = (signed: Signed): void =>
    run(bodyOf(entered, signed), () => {
      enter(null);
      onDone();
    });
  return (
    <div class="decide">
      <SignedForm action="Decide" isBusy={isBusy} problem={problem} onCancel={() => enter(null)} onSign={sign}>
        <label>
          Decision
          <select value={kind} onChange={({ currentTarget: { value } }) => change({ kind: kindIn(value) })}>
            {Object.entries(KINDS).map(([each, words]) => (
              <option key={each} value={each}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <What entered={entered} onChange={change} />
        <Day
          words={kind === "label" ? "Merged from (empty: ever)" : "First day"}
          value={first}
          isRequired={kind !== "label"}
          onDay={(day) => change({ first: day })}
        />
        {kind !== "adoption" && (
          <Day
            words={kind === "label" ? "Last day (empty: for ever)" : "Last day (empty: only the first)"}
            value={last}
            min={first}
            isRequired={false}
            onDay={(day) => change({ last: day })}
          />
        )}
        <label>
          Of
          <select value={scope} onChange={({ currentTarget }) => change({ scope: currentTarget.value })}>
            <option value="organisation">every service</option>
            <Group label="Teams" scopes={scopes?.teams ?? []} />
            <Group label="Systems" scopes={scopes?.systems ?? []} />
            <Group label="Services" scopes={scopes?.services ?? []} />
          </select>
        </label>
      </SignedForm>
    </div>
  );
}

interface PartProps {
  readonly entered: Entered;
  readonly onChange: (part: Partial<Entered>) => void;
}

/** The label, or the name of a note; nothing for days. */
function What({ entered: { kind, label, title, rebases }, onChange }: PartProps) {
  switch (kind) {
    case "days":
      return null;
    case "label":
      return <Text words="Label" value={label} most={100} onText={(text) => onChange({ label: text })} />;
    case "note":
      return <Text words="Name in charts" value={title} most={80} onText={(text) => onChange({ title: text })} />;
    case "adoption":
      return (
        <>
          <Text words="Name in charts" value={title} most={80} onText={(text) => onChange({ title: text })} />
          <label class="tick">
            <input
              type="checkbox"
              checked={rebases}
              onChange={({ currentTarget }) => onChange({ rebases: currentTarget.checked })}
            />
            The process changed on this day: limits of normal variation start anew
          </label>
        </>
      );
  }
}

interface TextProps {
  readonly words: string;
  readonly value: string;
  readonly most: number;
  readonly onText: (text: string) => void;
}

function Text({ words, value, most, onText }: TextProps) {
  return (
    <label>
      {words}
      <input
        type="text"
        required
        maxLength={most}
        value={value}
        onInput={({ currentTarget }) => onText(currentTarget.value)}
      />
    </label>
  );
}

interface DayProps {
  readonly words: string;
  readonly value: string;
  readonly min?: string;
  readonly isRequired: boolean;
  readonly onDay: (day: string) => void;
}

function Day({ words, value, min = "", isRequired, onDay }: DayProps) {
  return (
    <label>
      {words}
      <input
        type="date"
        required={isRequired}
        min={min}
        value={value}
        onInput={({ currentTarget }) => onDay(currentTarget.value)}
      />
    </label>
  );
}

interface GroupProps {
  readonly label: string;
  readonly scopes: readonly { readonly scope: string; readonly name: string }[];
}

function Group({ label, scopes }: GroupProps) {
  if (scopes.length === 0) return null;
  return (
    <optgroup label={label}>
      {scopes.map(({ scope, name }) => (
        <option key={scope} value={scope}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}

function kindIn(text: string): Kind {
  return text === "label" || text === "note" || text === "adoption" ? text : "days";
}

function bodyOf({ kind, label, title, first, last, scope, rebases }: Entered, signed: Signed) {
  const to = last === "" ? undefined : addDays(last, 1);
  const about = { scope, ...signed };
  switch (kind) {
    case "days":
      return { kind, from: first, ...(to !== undefined && { to }), ...about };
    case "note":
      return { kind, title, from: first, ...(to !== undefined && { to }), ...about };
    case "adoption":
      return { kind, title, from: first, rebases, ...about };
    case "label":
      return { kind, label, ...(first !== "" && { from: first }), ...(to !== undefined && { to }), ...about };
  }
}
