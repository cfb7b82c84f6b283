import type { Programme } from "../types.ts";
import type { Choice, Entered, Field } from "./field.ts";
import { isOptionalIn } from "./field.ts";
import { known } from "./fields.ts";
import { OfWhom } from "./of-whom.tsx";
import type { Snapshots } from "./snapshots.ts";

interface Props {
  readonly field: Field;
  readonly entered: Entered;
  readonly page: Programme;
  readonly snapshots: Snapshots;
  readonly onEnter: (value: string) => void;
}

/** One field of a form, with what it means below it. */
export function Asked(props: Props) {
  const { field, entered } = props;
  const { hint, label, name, kind } = field;
  const value = entered[name] ?? "";
  if (kind === "many") return <Some {...props} value={value} />;
  const id = `hint-${name}`;
  return (
    <div class={kind === "long" || kind === "months" || kind === "actuals" || kind === "buckets" ? "whole-row" : ""}>
      <label>
        {label}
        <Control {...props} value={value} isOptional={isOptionalIn(field, entered)} describedBy={hint && id} />
      </label>
      {hint !== undefined && (
        <span class="small muted" id={id}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** The names that such a field offers. */
const OFFERS = "of-whom";

interface ControlProps extends Props {
  readonly value: string;
  readonly isOptional: boolean;
  readonly describedBy: string | undefined;
}

function Control(props: ControlProps) {
  const { field, value, isOptional, describedBy, onEnter } = props;
  const { kind } = field;
  const common = { required: !isOptional, value, "aria-describedby": describedBy };
  const isOnItsWay = field.choices === "snapshots" && props.snapshots === null;
  const typed = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }): void =>
    onEnter(currentTarget.value);
  switch (kind) {
    case "choice":
      return (
        <select {...common} aria-busy={isOnItsWay} onChange={typed}>
          <option value="">
            {field.choices === "snapshots" ? "nothing that was frozen" : isOptional ? "nobody said" : "choose …"}
          </option>
          {choicesOf(props).map((one) => (
            <option key={one.value} value={one.value}>
              {one.words}
            </option>
          ))}
          {isOnItsWay && <option disabled>what was frozen is on its way …</option>}
        </select>
      );
    case "long":
      return <textarea {...common} rows={2} maxLength={2000} onInput={typed} />;
    case "months":
    case "actuals":
    case "buckets":
      return <textarea value={value} rows={4} spellcheck={false} aria-describedby={describedBy} onInput={typed} />;
    case "number":
      return <input {...common} type="number" step="any" onInput={typed} />;
    case "day":
      return <input {...common} type="date" onInput={typed} />;
    default:
      if (field.isOfWhom !== true) return <input {...common} type="text" maxLength={300} onInput={typed} />;
      return (
        <>
          <input {...common} type="text" maxLength={300} list={OFFERS} onInput={typed} />
          <OfWhom id={OFFERS} entered={props.entered} page={props.page} />
        </>
      );
  }
}

function Some({ value, ...props }: Props & { readonly value: string }) {
  const { field, onEnter } = props;
  const chosen = value === "" ? [] : value.split("\n");
  const choices = choicesOf({ ...props, value });
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

function choicesOf({
  field: { choices = [] },
  page,
  snapshots,
  value,
}: Pick<ControlProps, "field" | "page" | "snapshots" | "value">): readonly Choice[] {
  if (typeof choices !== "string")
    return choices.map((one) => (typeof one === "string" ? { value: one, words: one } : one));
  if (choices !== "snapshots") return known(choices, page);
  // What a file names and nobody knows here stays what it is.
  const all = snapshots ?? [];
  const isKnown = value === "" || all.some((one) => one.value === value);
  const words = snapshots === null ? "what was chosen …" : `something else: ${value.slice(0, 12)} …`;
  return isKnown ? all : [...all, { value, words }];
}
