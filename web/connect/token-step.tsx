import { useState } from "preact/hooks";

import { Notice } from "../design/notice.tsx";
import type { By, Probed } from "../types.ts";
import { AppFields } from "./app-fields.tsx";
import { bodyOf, type Entered, nothingEntered } from "./entered.ts";
import { type Host, HOSTS } from "./hosts.ts";
import { TokenFields } from "./token-fields.tsx";
import { useCommand } from "./use-command.ts";

interface Props {
  readonly host: Host;
  readonly onHost: (host: Host) => void;
  readonly onProbed: (probed: Probed) => void;
}

export function TokenStep({ host, onHost, onProbed }: Props) {
  const words = HOSTS[host];
  const [entered, setEntered] = useState<Entered>(() => nothingEntered(host, "token"));
  const { isBusy, problem, run } = useCommand("/api/connect/probe");
  const { by, url } = entered;
  const address = url === "" ? words.url : url;

  const change = (part: Partial<Entered>): void => setEntered({ ...entered, ...part });
  const choose = (next: Host): void => {
    onHost(next);
    setEntered(nothingEntered(next, "token"));
  };
  const letInBy = (next: By): void => setEntered({ ...nothingEntered(host, next), url });
  const check = (event: Event): void => {
    event.preventDefault();
    change({ token: "" });
    run(bodyOf(host, entered), onProbed);
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
          onInput={({ currentTarget }) => change({ url: currentTarget.value })}
        />
        <span id="address-hint" class="small muted">
          Leave it empty for {words.url.replace("https://", "")}. {words.ownUrl}
        </span>
      </label>
      {host === "github" && (
        <fieldset>
          <legend>Headway is let in by</legend>
          <label class="choice">
            <input type="radio" name="by" checked={by === "token"} onChange={() => letInBy("token")} />A token, of a
            person
          </label>
          <label class="choice">
            <input type="radio" name="by" checked={by === "app"} onChange={() => letInBy("app")} />A GitHub App, which
            belongs to an organisation and outlives who made it
          </label>
        </fieldset>
      )}
      {by === "app" ? (
        <AppFields key="app" address={address} entered={entered} onChange={change} />
      ) : (
        <TokenFields key="token" host={host} address={address} entered={entered} onChange={change} />
      )}
      {problem !== null && <Notice level="warning" title={problem} />}
      <div class="actions">
        <button type="submit" class="button primary" disabled={isBusy}>
          {isBusy ? `Asking ${words.name} …` : by === "app" ? "Check the app" : "Check the token"}
        </button>
      </div>
    </form>
  );
}
