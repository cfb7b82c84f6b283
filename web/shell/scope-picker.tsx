import { useEffect, useState } from "preact/hooks";

import type { Filters } from "../filters.ts";
import { plural } from "../format.ts";
import type { Scopes } from "../types.ts";
import { scopeWords } from "../words.ts";

const MOST_IN_A_LIST = 8;
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
  /** Without what it is: `payments` of `Team payments`. */
  readonly name: string;
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

/** Teams, systems, use cases and services: a list while it is short, a search when it is long. It is always there, so that nothing moves when it comes. */
export function ScopePicker({ filters, scopes, onChoose }: Props) {
  if (scopes === null) return <span class="scope-room" aria-hidden="true" />;
  const groups = groupsOf(scopes).filter(({ choices }) => choices.length > 0);
  const [only] = groups;
  if (only === undefined) return null;
  if (groups.length === 1 && only.choices.length === 1) return <Single name={only.choices[0]?.words ?? ""} />;
  const choices = groups.flatMap((group) => group.choices);
  const all = `All ${plural(scopes.services.length, "service")}`;
  const chosen = scopeWords(filters);
  const choose = (words: string): void => {
    const found = choices.find((choice) => choice.words === words.trim());
    const change = words.trim() === "" ? { scope: null, service: null } : found?.change;
    if (change !== undefined && scopeWords({ ...filters, ...change }) !== chosen) onChoose(change);
  };
  const title = groups.length > 1 || only.title !== "Services" ? "scope" : "service";
  if (choices.length > MOST_IN_A_LIST)
    return <Search title={title} chosen={chosen} all={all} choices={choices} onChoose={choose} />;
  return (
    <label class="field">
      {title}
      <List chosen={chosen} all={all} groups={groups} onChoose={choose} />
    </label>
  );
}

/** What is looked at where there is nothing else. */
function Single({ name }: { readonly name: string }) {
  return (
    <label class="field">
      service
      <select disabled>
        <option>{name}</option>
      </select>
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
  readonly title: string;
  readonly chosen: string | null;
  readonly all: string;
  readonly choices: readonly Choice[];
  readonly onChoose: (words: string) => void;
}

/** What is written in full is chosen at once; Enter takes what is nearest to the beginning of a name. */
function Search({ title, chosen, all, choices, onChoose }: SearchProps) {
  const [missed, miss] = useState<string | null>(null);
  // What is being written, until something is chosen or the field is left.
  const [text, write] = useState<string | null>(null);
  useEffect(() => write(null), [chosen]);
  const pressed = (event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }): void => {
    const sought = event.currentTarget.value.trim();
    if (event.key !== "Enter" || sought === "") return;
    event.preventDefault();
    const found = bestOf(choices, sought);
    miss(found === null ? sought : null);
    if (found === null) return;
    write(null);
    onChoose(found.words);
  };
  return (
    <>
      <label class="field">
        {title}
        <input
          type="search"
          list="scopes"
          placeholder={all}
          value={text ?? chosen ?? ""}
          aria-describedby="scope-missed"
          onInput={({ currentTarget }) => {
            miss(null);
            write(currentTarget.value);
            onChoose(currentTarget.value);
          }}
          onBlur={() => {
            miss(null);
            write(null);
          }}
          onKeyDown={pressed}
        />
      </label>
      <datalist id="scopes">
        {choices.map(({ words, note }) => (
          <option key={words} value={words} label={note === "" ? undefined : `${words} · ${note}`} />
        ))}
      </datalist>
      <span id="scope-missed" class="small" role="status">
        {missed !== null && `Nothing is called “${missed}”.`}
      </span>
    </>
  );
}

/**
 * The choice that is shown as the text, else is called so, else begins with it, else has a word that does, else holds it; `null` where
 * none does. A team that is called so comes before the services whose names only begin like it.
 */
export function bestOf<One extends Pick<Choice, "words" | "name">>(choices: readonly One[], text: string): One | null {
  const sought = text.toLowerCase();
  const nearness = (one: One): number => {
    const words = one.words.toLowerCase();
    if (words === sought) return 0;
    if (one.name.toLowerCase() === sought) return 1;
    if (words.startsWith(sought)) return 2;
    if (words.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(sought))) return 3;
    return words.includes(sought) ? 4 : 5;
  };
  const [best] = choices.map((one) => ({ one, far: nearness(one) })).toSorted((a, b) => a.far - b.far);
  return best === undefined || best.far === 5 ? null : best.one;
}

function groupsOf({ teams, systems, useCases = [], services }: Scopes): readonly Group[] {
  const choice = (name: string, change: Choice["change"], note: string, depth = 0): Choice => ({
    words: scopeWords(change) ?? "",
    name,
    depth,
    note,
    change,
  });
  return [
    {
      title: "Teams",
      choices: teams.map(({ name, scope, parent, depth, services: owned }) => {
        const part = parent === null ? "" : `part of ${parent}, `;
        return choice(name, { scope, service: null }, `${part}${plural(owned, "service")}`, depth);
      }),
    },
    {
      title: "Systems",
      choices: systems.map(({ name, scope, element, services: own }) => {
        const kind = element === null ? "" : `${element}, `;
        return choice(name, { scope, service: null }, `${kind}${plural(own, "service")}`);
      }),
    },
    {
      title: "Use cases",
      choices: useCases.map(({ scope, title, services: needed }) =>
        choice(title, { scope, service: null }, `${title}, ${plural(needed.length, "service")}`),
      ),
    },
    {
      title: "Services",
      choices: services.map(({ name, team }) =>
        choice(name, { scope: null, service: name }, team === null ? "" : `team ${team}`),
      ),
    },
  ];
}
