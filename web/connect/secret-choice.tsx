import type { ComponentChildren } from "preact";

import type { Entered } from "./entered.ts";

interface Props {
  readonly legend: string;
  /** What else one can do than name an environment variable. */
  readonly first: string;
  readonly entered: Entered;
  readonly hint: string;
  readonly onChange: (part: Partial<Entered>) => void;
  readonly children: ComponentChildren;
}

/** Either a field for a secret, which is the child, or the name of the environment variable that holds it. */
export function SecretChoice({ legend, first, entered: { isNamed, variable }, hint, onChange, children }: Props) {
  return (
    <>
      <fieldset>
        <legend>{legend}</legend>
        <label class="choice">
          <input type="radio" name="secret" checked={!isNamed} onChange={() => onChange({ isNamed: false })} />
          {first}
        </label>
        <label class="choice">
          <input type="radio" name="secret" checked={isNamed} onChange={() => onChange({ isNamed: true })} />
          Name the environment variable that holds it
        </label>
      </fieldset>
      {isNamed ? (
        <label key="variable" class="stacked">
          Environment variable
          <input
            value={variable}
            required
            pattern="[A-Za-z_][A-Za-z0-9_]*"
            spellcheck={false}
            aria-describedby={hint}
            onInput={({ currentTarget }) => onChange({ variable: currentTarget.value })}
          />
        </label>
      ) : (
        children
      )}
    </>
  );
}
