import "../programme/programme.css";

import { useEffect, useRef, useState } from "preact/hooks";

import { FormEnd, SignerName, useSigner } from "../access/signing.tsx";

/** What is asked for. */
export interface Asked {
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "long" | "number" | "month" | "date" | "choice" | "confirm";
  readonly isOptional?: boolean;
  readonly choices?: readonly { readonly value: string; readonly words: string }[];
  /** What stands there before somebody types. */
  readonly usual?: string;
}

export type Entered = Readonly<Record<string, string>>;

interface Props {
  readonly title: string;
  readonly fields: readonly Asked[];
  readonly action: string;
  readonly isBusy: boolean;
  readonly problem: string | null;
  readonly onSend: (entered: Entered, actor: string) => void;
  readonly onCancel: () => void;
}

/** Asks, and signs with a name. It comes into sight with its first field ready. */
export function AskForm({ title, fields, action, isBusy, problem, onSend, onCancel }: Props) {
  const usual = Object.fromEntries(fields.map((field) => [field.name, field.usual ?? ""]));
  const [entered, enter] = useState<Entered>(usual);
  const signer = useSigner();
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    place.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, []);
  const send = (event: Event): void => {
    event.preventDefault();
    signer.remember();
    onSend(entered, signer.actor);
  };
  return (
    <section class="decide programme-form" aria-label={title} ref={place}>
      <h3>{title}</h3>
      <form onSubmit={send}>
        {fields.map((field) => {
          const input = (
            <Input
              field={field}
              value={entered[field.name] ?? ""}
              onEnter={(value) => enter((before) => ({ ...before, [field.name]: value }))}
            />
          );
          return field.kind === "confirm" ? (
            <label key={field.name} class="tick confirm">
              {input} {field.label}
            </label>
          ) : (
            <label key={field.name}>
              {field.label}
              {input}
            </label>
          );
        })}
        <SignerName signer={signer} />
        <FormEnd action={action} isBusy={isBusy} problem={problem} onCancel={onCancel} />
      </form>
    </section>
  );
}

interface InputProps {
  readonly field: Asked;
  readonly value: string;
  readonly onEnter: (value: string) => void;
}

function Input({ field: { kind, isOptional = false, choices = [] }, value, onEnter }: InputProps) {
  const typed = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }): void =>
    onEnter(currentTarget.value);
  const common = { value, required: !isOptional };
  switch (kind) {
    case "choice":
      return (
        <select {...common} onChange={typed}>
          <option value="">{isOptional ? "none" : "choose …"}</option>
          {choices.map((one) => (
            <option key={one.value} value={one.value}>
              {one.words}
            </option>
          ))}
        </select>
      );
    case "long":
      return <textarea {...common} rows={3} spellcheck={false} onInput={typed} />;
    case "confirm":
      return (
        <input
          type="checkbox"
          required={!isOptional}
          checked={value === "yes"}
          onChange={({ currentTarget }) => onEnter(currentTarget.checked ? "yes" : "")}
        />
      );
    case "number":
      return <input {...common} type="number" step="any" onInput={typed} />;
    case "month":
      return <input {...common} type="text" pattern="\d{4}-\d\d" placeholder="2026-10" onInput={typed} />;
    case "date":
      return <input {...common} type="date" onInput={typed} />;
    case "text":
      return <input {...common} type="text" maxLength={300} onInput={typed} />;
  }
}

/** `null` of what nobody entered: unknown is not 0. */
export function numberIn(entered: Entered, name: string): number | null {
  const text = entered[name] ?? "";
  return text === "" ? null : Number(text);
}
