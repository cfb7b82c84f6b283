import { useState } from "preact/hooks";

import { Notice } from "../design/notice.tsx";
import type { Probed } from "../types.ts";
import { type Host, HOSTS, newTokenAt } from "./hosts.ts";
import { useCommand } from "./use-command.ts";

interface Props {
  readonly host: Host;
  readonly onHost: (host: Host) => void;
  readonly onProbed: (probed: Probed) => void;
}

export function TokenStep({ host, onHost, onProbed }: Props) {
  const words = HOSTS[host];
  const [url, setUrl] = useState("");
  const [isPasted, setPasted] = useState(true);
  const [token, setToken] = useState("");
  const [variable, setVariable] = useState(words.variable);
  const { isBusy, problem, run } = useCommand("/api/connect/probe");
  const address = url === "" ? words.url : url;
  const tokenPage = newTokenAt(host, address);

  const choose = (next: Host): void => {
    onHost(next);
    setUrl("");
    setVariable(HOSTS[next].variable);
  };
  const check = (event: Event): void => {
    event.preventDefault();
    const secret = isPasted ? { token } : { variable };
    setToken("");
    run({ host, ...(url !== "" && { url }), ...secret }, onProbed);
  };

  return (
    <form class="steps" onSubmit={check}>
      <fieldset>
        <legend>Host</legend>
        {(["github", "gitlab"] as const).map((each) => (
          <label key={each} class="choice">
            <input type="radio" name="host" checked={each === host} onChange={() => choose(each)} />
            {HOSTS[each].name}
          </label>
        ))}
      </fieldset>
      <label class="stacked">
        Address
        <input
          type="url"
          value={url}
          placeholder={words.url}
          maxLength={500}
          aria-describedby="address-hint"
          onInput={({ currentTarget }) => setUrl(currentTarget.value)}
        />
        <span id="address-hint" class="small muted">
          Leave it empty for {words.url.replace("https://", "")}. {words.ownUrl}
        </span>
      </label>
      <fieldset>
        <legend>Token</legend>
        <label class="choice">
          <input type="radio" name="secret" checked={isPasted} onChange={() => setPasted(true)} />
          Paste it
        </label>
        <label class="choice">
          <input type="radio" name="secret" checked={!isPasted} onChange={() => setPasted(false)} />
          Name the environment variable that holds it
        </label>
      </fieldset>
      {isPasted ? (
        <label key="token" class="stacked">
          Token
          <input
            type="password"
            value={token}
            required
            autocomplete="off"
            spellcheck={false}
            maxLength={1000}
            aria-describedby="token-hint"
            onInput={({ currentTarget }) => setToken(currentTarget.value)}
          />
        </label>
      ) : (
        <label key="variable" class="stacked">
          Environment variable
          <input
            value={variable}
            required
            pattern="[A-Za-z_][A-Za-z0-9_]*"
            spellcheck={false}
            aria-describedby="token-hint"
            onInput={({ currentTarget }) => setVariable(currentTarget.value)}
          />
        </label>
      )}
      <p id="token-hint" class="small muted">
        {words.scopes} It is used for reading only, and is kept in a file that only you may read.{" "}
        {tokenPage !== null && (
          <a href={tokenPage} target="_blank" rel="noreferrer">
            Create one at {words.name}
          </a>
        )}
      </p>
      {problem !== null && <Notice level="warning" title={problem} />}
      <div class="actions">
        <button type="submit" class="button primary" disabled={isBusy}>
          {isBusy ? `Asking ${words.name} …` : "Check the token"}
        </button>
      </div>
    </form>
  );
}
