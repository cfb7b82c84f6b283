import type { Entered } from "./entered.ts";
import { APP_SCOPES, newAppAt } from "./hosts.ts";
import { SecretChoice } from "./secret-choice.tsx";

interface Props {
  readonly address: string;
  readonly entered: Entered;
  readonly onChange: (part: Partial<Entered>) => void;
}

/** The key is named and not shown: Headway reads the file itself, so that the browser never has it. */
export function AppFields({ address, entered, onChange }: Props) {
  const appPage = newAppAt(address);
  return (
    <>
      <label class="stacked">
        App ID
        <input
          value={entered.id}
          required
          pattern="\s*[\w.\-]+\s*"
          maxLength={100}
          autocomplete="off"
          spellcheck={false}
          placeholder="123456"
          aria-describedby="app-hint"
          onInput={({ currentTarget }) => onChange({ id: currentTarget.value })}
        />
      </label>
      <label class="stacked">
        Installation ID
        <input
          value={entered.installation}
          required
          pattern="\s*\d+\s*"
          maxLength={20}
          inputMode="numeric"
          autocomplete="off"
          placeholder="12345678"
          aria-describedby="app-hint"
          onInput={({ currentTarget }) => onChange({ installation: currentTarget.value })}
        />
      </label>
      <SecretChoice
        legend="Private key"
        first="Name its file on the machine on which Headway runs"
        entered={entered}
        hint="key-hint"
        onChange={onChange}
      >
        <label key="file" class="stacked">
          Private key file
          <input
            value={entered.keyFile}
            required
            maxLength={1000}
            autocomplete="off"
            spellcheck={false}
            placeholder="~/Downloads/headway.private-key.pem"
            aria-describedby="key-hint"
            onInput={({ currentTarget }) => onChange({ keyFile: currentTarget.value })}
          />
        </label>
      </SecretChoice>
      <p id="key-hint" class="small muted">
        Headway reads the key itself: this page never has it. It is kept in a file that only you may read, and the .pem
        file can go then.
      </p>
      <p id="app-hint" class="small muted">
        {APP_SCOPES}{" "}
        {appPage !== null && (
          <a href={appPage} target="_blank" rel="noreferrer">
            Create one at GitHub
          </a>
        )}
      </p>
    </>
  );
}
