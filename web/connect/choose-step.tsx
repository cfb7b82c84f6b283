import { useState } from "preact/hooks";

import { Notice } from "../design/notice.tsx";
import { count, plural } from "../format.ts";
import type { Connected, Probed } from "../types.ts";
import { Grants } from "./grants.tsx";
import { type Host, HOSTS } from "./hosts.ts";
import { useCommand } from "./use-command.ts";

export interface Choice {
  /** `null`: some repositories instead. */
  readonly owner: string | null;
  readonly repositories: readonly string[];
  /** A regular expression; empty for the usual names. */
  readonly production: string;
}

interface Props {
  readonly host: Host;
  readonly probed: Probed;
  readonly first: Choice;
  readonly zone: string;
  readonly onBack: () => void;
  readonly onChosen: (choice: Choice, preview: Connected) => void;
}

/** What the API takes for a choice. */
export function bodyOf(held: string, { owner, repositories, production }: Choice, save: boolean) {
  return {
    held,
    save,
    ...(owner === null ? { repositories: [...repositories] } : { owner }),
    ...(production !== "" && { production }),
  };
}

export function ChooseStep({ host, probed, first, zone, onBack, onChosen }: Props) {
  const words = HOSTS[host];
  const [choice, setChoice] = useState<Choice>(first);
  const [isOwner, setIsOwner] = useState(probed.owners.length > 0 && first.repositories.length === 0);
  const { isBusy, problem, run } = useCommand("/api/connect");
  const chosen: Choice = isOwner
    ? { ...choice, owner: choice.owner ?? probed.owners[0]?.name ?? "" }
    : { ...choice, owner: null };
  const who = probed.by === "app" ? "The app" : "The token";
  const isNothing = isOwner ? chosen.owner === "" : chosen.repositories.length === 0;
  const change = (part: Partial<Choice>): void => setChoice({ ...choice, ...part });
  const next = (event: Event): void => {
    event.preventDefault();
    run(bodyOf(probed.held, chosen, false), (preview) => onChosen(chosen, preview));
  };
  return (
    <form class="steps" onSubmit={next}>
      <Grants probed={probed} zone={zone} />
      <fieldset>
        <legend>What to collect</legend>
        <label class="choice">
          <input type="radio" name="what" checked={isOwner} onChange={() => setIsOwner(true)} />A whole {words.owners},
          new {words.repositories} included
        </label>
        <label class="choice">
          <input type="radio" name="what" checked={!isOwner} onChange={() => setIsOwner(false)} />
          Some {words.repositories}
        </label>
      </fieldset>
      {isOwner ? (
        <label key="owner" class="stacked">
          {host === "github" ? "Organisation" : "Group"}
          <input
            value={chosen.owner ?? ""}
            list="owners"
            required
            maxLength={300}
            spellcheck={false}
            onInput={({ currentTarget }) => change({ owner: currentTarget.value.trim() })}
          />
          <datalist id="owners">
            {probed.owners.map(({ name }) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <span class="small muted">
            {probed.owners.length === 0
              ? `${who} names none; write the one you mean.`
              : `${who} sees ${probed.owners.map(({ name }) => name).join(", ")}.`}
          </span>
        </label>
      ) : (
        <Repositories
          key="repositories"
          probed={probed}
          who={who}
          chosen={choice.repositories}
          noun={words.repositories}
          onChoose={(repositories) => change({ repositories })}
        />
      )}
      <label class="stacked">
        Production environments
        <input
          value={choice.production}
          placeholder="^prod"
          maxLength={500}
          spellcheck={false}
          onInput={({ currentTarget }) => change({ production: currentTarget.value })}
        />
        <span class="small muted">
          A regular expression on their names. Empty: prod, production and live, also with a suffix such as prod-eu
          {host === "gitlab" && ", and what GitLab calls the production tier"}.
        </span>
      </label>
      {problem !== null && <Notice level="warning" title={problem} />}
      <div class="actions">
        <button type="button" class="button" onClick={onBack}>
          Back
        </button>
        <button type="submit" class="button primary" disabled={isBusy || isNothing}>
          {isBusy ? "Looking at the last 90 days …" : "Show what will be written"}
        </button>
      </div>
    </form>
  );
}

interface RepositoriesProps {
  readonly probed: Probed;
  /** What sees them. */
  readonly who: string;
  readonly chosen: readonly string[];
  readonly noun: string;
  readonly onChoose: (repositories: readonly string[]) => void;
}

/** A longer list is searched, not read. */
const SHOWN = 30;

function Repositories({ probed: { repositories, isWhole }, who, chosen, noun, onChoose }: RepositoriesProps) {
  const [search, setSearch] = useState("");
  const fitting = repositories.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  const turn = (name: string): void =>
    onChoose(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  return (
    <fieldset>
      <legend>
        {noun[0]?.toUpperCase()}
        {noun.slice(1)}, {count(chosen.length)} chosen
      </legend>
      <label class="stacked">
        Find
        <input value={search} spellcheck={false} onInput={({ currentTarget }) => setSearch(currentTarget.value)} />
      </label>
      <ul class="repositories">
        {fitting.slice(0, SHOWN).map(({ name, isArchived }) => (
          <li key={name}>
            <label class="choice">
              <input type="checkbox" checked={chosen.includes(name)} onChange={() => turn(name)} />
              <span class="source-text">{name}</span>
              {isArchived && <span class="muted small">archived</span>}
            </label>
          </li>
        ))}
      </ul>
      <p class="small muted">
        {fitting.length > SHOWN && `${plural(fitting.length - SHOWN, "more")} fit: type more of the name. `}
        {!isWhole &&
          `${who} sees more than these ${count(repositories.length)}, which changed last; add others in headway.yaml.`}
        {repositories.length === 0 && `${who} sees none.`}
      </p>
    </fieldset>
  );
}
