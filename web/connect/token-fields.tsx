import type { Entered } from "./entered.ts";
import { type Host, HOSTS, newTokenAt } from "./hosts.ts";
import { SecretChoice } from "./secret-choice.tsx";

interface Props {
  readonly host: Host;
  readonly address: string;
  readonly entered: Entered;
  readonly onChange: (part: Partial<Entered>) => void;
}

export function TokenFields({ host, address, entered, onChange }: Props) {
  const words = HOSTS[host];
  const tokenPage = newTokenAt(host, address);
  return (
    <>
      <SecretChoice legend="Token" first="Paste it" entered={entered} hint="token-hint" onChange={onChange}>
        <label key="token" class="stacked">
          Token
          <input
            type="password"
            value={entered.token}
            required
            autocomplete="off"
            spellcheck={false}
            maxLength={1000}
            aria-describedby="token-hint"
            onInput={({ currentTarget }) => onChange({ token: currentTarget.value })}
          />
        </label>
      </SecretChoice>
      <p id="token-hint" class="small muted">
        {words.scopes} It is used for reading only, and is kept in a file that only you may read.{" "}
        {tokenPage !== null && (
          <a href={tokenPage} target="_blank" rel="noreferrer">
            Create one at {words.name}
          </a>
        )}
      </p>
    </>
  );
}
