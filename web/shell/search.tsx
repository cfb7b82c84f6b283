import type { RefObject } from "preact";
import { useState } from "preact/hooks";

import { chosen, DEFAULTS, type Filters, link } from "../filters.ts";
import { moment, plural } from "../format.ts";
import { itemLink } from "../items/listing.ts";
import { go } from "../router.ts";
import type { Hit } from "../types.ts";
import { useReply } from "../use-reply.ts";

interface Props {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly filters: Filters;
}

const KIND_WORDS = {
  service: "Service",
  change: "Change",
  deployment: "Deployment",
  incident: "Incident",
} as const satisfies Record<Hit["kind"], string>;

/** Finds anything that has a page of its own. Arrows choose, Enter opens, Escape closes. */
export function Search({ dialog, filters }: Props) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const q = text.trim();
  const { reply, problem, isStale } = useReply("/api/search", q === "" ? null : { q }, 0);
  const hits = q === "" || reply === null ? [] : reply.hits;
  const follow = (hit: Hit | undefined): void => {
    if (hit === undefined) return;
    dialog.current?.close();
    go(hrefOf(filters, hit));
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((before) => within(before + (event.key === "ArrowDown" ? 1 : -1), hits.length));
    }
    if (event.key === "Enter") {
      event.preventDefault();
      if (!isStale) follow(hits[at]);
    }
  };
  return (
    <dialog ref={dialog} class="how" aria-label="Search">
      <label class="search-field">
        <span class="hidden-text">Search services, changes, deployments and incidents</span>
        <input
          type="search"
          list={undefined}
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls="search-hits"
          aria-autocomplete="list"
          aria-activedescendant={hits[at] === undefined ? undefined : `hit-${at}`}
          placeholder="Service, number, title, id or commit"
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            setAt(0);
          }}
          onKeyDown={pressed}
        />
      </label>
      <p class="small muted" role="status">
        {problem !== null && !isStale ? problem.message : words(q, isStale, hits.length)}
      </p>
      <ul id="search-hits" class="hits" role="listbox" aria-label="Found">
        {hits.map((hit, index) => (
          // The field keeps the focus, and its keys do what a click does.
          // oxlint-disable-next-line click-events-have-key-events
          <li
            key={`${hit.kind} ${hit.service} ${hit.id}`}
            id={`hit-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => follow(hit)}
          >
            <span>
              <span class="muted">{KIND_WORDS[hit.kind]}</span> <strong>{hit.name}</strong>
              {hit.kind !== "service" && ` ${hit.title}`}
            </span>
            {hit.kind !== "service" && (
              <span class="small muted">
                {hit.service}
                {hit.at !== null && ` · ${moment(hit.at, "UTC")} UTC`}
              </span>
            )}
          </li>
        ))}
      </ul>
      <form method="dialog">
        <button class="button">Close</button>
      </form>
    </dialog>
  );
}

function words(q: string, isStale: boolean, found: number): string {
  if (q === "")
    return "A service by its name; a change, a deployment or an incident by number, title, id or commit, alone or with its service: “ledger 812”.";
  if (isStale) return "Searching";
  return found === 0 ? "Nothing is called so." : `${plural(found, "hit")}, of each kind at most 8.`;
}

function within(at: number, length: number): number {
  return length === 0 ? 0 : (at + length) % length;
}

/** A service is looked at on the page of its numbers; what is looked at beside it stays as it is for items. */
function hrefOf(filters: Filters, hit: Hit): string {
  return hit.kind === "service"
    ? link("delivery", { ...DEFAULTS, range: filters.range, service: hit.service })
    : itemLink(chosen(filters), hit.kind, hit);
}
