import { useEffect } from "preact/hooks";

import type { Filters } from "../filters.ts";
import { plural } from "../format.ts";
import type { Scopes } from "../types.ts";
import { scopeWords } from "../words.ts";

const MOST_IN_A_LIST = 8;
/** Whether there was something to choose from when this browser last knew. */
const HAS_CHOICE = "headway-has-scopes";
const INDENT = "\u2003";

interface Props {
  readonly filters: Filters;
  /** `null` while nobody knows. */
  readonly scopes: Scopes | null;
  readonly onChoose: (change: Partial<Filters>) => void;
}

/** Something that can be looked at by itself. */
interface Choice {
  /** As it is shown and typed; no two are the same. */
  readonly words: string;
  /** Of how many teams it is a part, one in the other. */
  readonly depth: number;
  /** What else tells it from others. */
  readonly note: string;
  readonly change: Pick<Filters, "scope" | "service">;
}

interface Group {
  readonly title: string;
  readonly choices: readonly Choice[];
}

/** Teams, systems and services: a list while it is short, a search when it is long; nothing when there is no choice. */
export function ScopePicker({ filters, scopes, onChoose }: Props) {
  const groups = scopes === null ? [] : groupsOf(scopes).filter(({ choices }) => choices.length > 0);
  const [only] = groups;
  const hasChoice = only !== undefined && (groups.length > 1 || only.choices.length > 1);
  useEffect(() => {
    if (scopes !== null) localStorage.setItem(HAS_CHOICE, String(hasChoice));
  }, [scopes, hasChoice]);
  // The room it had the last time, so that nothing moves when it comes.
  if (scopes === null)
    return localStorage.getItem(HAS_CHOICE) === "true" ? <span class="scope-room" aria-hidden="true" /> : null;
  if (!hasChoice) return null;
  const choices = groups.flatMap((group) => group.choices);
  const all = `All ${plural(scopes.services.length, "service")}`;
  const chosen = scopeWords(filters);
  const choose = (words: string): void => {
    const found = choices.find((choice) => choice.words === words.trim());
    const change = words.trim() === "" ? { scope: null, service: null } : found?.change;
    if (change !== undefined && scopeWords({ ...filters, ...change }) !== chosen) onChoose(change);
  };
  return (
    <label class="field">
      {groups.length > 1 || only.title !== "Services" ? "scope" : "service"}
      {choices.length > MOST_IN_A_LIST ? (
        <Search chosen={chosen} all={all} choices={choices} onChoose={choose} />
      ) : (
        <List chosen={chosen} all={all} groups={groups} onChoose={choose} />
      )}
    </label>
  );
}

interface ListProps {
  readonly chosen: string | null;
  readonly all: string;
  readonly groups: readonly Group[];
  readonly onChoose: (words: string) => void;
}

function List({ chosen, all, groups, onChoose }: ListProps) {
  return (
    <select value={chosen ?? ""} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
      <option value="">{all}</option>
      {groups.map(({ title, choices }) => {
        const options = choices.map(({ words, depth }) => (
          <option key={words} value={words}>
            {INDENT.repeat(depth)}
            {words}
          </option>
        ));
        return groups.length === 1 ? (
          options
        ) : (
          <optgroup key={title} label={title}>
            {options}
          </optgroup>
        );
      })}
      {/* A service of a team is no choice of its own, and still what is looked at. */}
      {chosen !== null && !groups.some(({ choices }) => choices.some(({ words }) => words === chosen)) && (
        <option value={chosen}>{chosen}</option>
      )}
    </select>
  );
}

interface SearchProps {
  readonly chosen: string | null;
  readonly all: string;
  readonly choices: readonly Choice[];
  readonly onChoose: (words: string) => void;
}

function Search({ chosen, all, choices, onChoose }: SearchProps) {
  return (
    <>
      <input
        type="search"
        list="scopes"
        placeholder={all}
        value={chosen ?? ""}
        onInput={({ currentTarget }) => onChoose(currentTarget.value)}
      />
      <datalist id="scopes">
        {choices.map(({ words, note }) => (
          <option key={words} value={words} label={note === "" ? undefined : `${words} · ${note}`} />
        ))}
      </datalist>
    </>
  );
}

function groupsOf({ teams, systems, services }: Scopes): readonly Group[] {
  const choice = (change: Choice["change"], note: string, depth = 0): Choice => ({
    words: scopeWords(change) ?? "",
    depth,
    note,
    change,
  });
  return [
    {
      title: "Teams",
      choices: teams.map(({ scope, parent, depth, services: owned }) => {
        const part = parent === null ? "" : `part of ${parent}, `;
        return choice({ scope, service: null }, `${part}${plural(owned, "service")}`, depth);
      }),
    },
    {
      title: "Systems",
      choices: systems.map(({ scope, element, services: own }) => {
        const kind = element === null ? "" : `${element}, `;
        return choice({ scope, service: null }, `${kind}${plural(own, "service")}`);
      }),
    },
    {
      title: "Services",
      choices: services.map(({ name, team }) =>
        choice({ scope: null, service: name }, team === null ? "" : `team ${team}`),
      ),
    },
  ];
}
