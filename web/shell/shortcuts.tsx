import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { chosen, type Filters, link } from "../filters.ts";
import { go } from "../router.ts";
import { CopyLink } from "./copy-link.tsx";
import { actOf, GO_KEYS } from "./keys.ts";
import { Search } from "./search.tsx";

/** Keys that people press by accident, or that their software presses for them, can be switched off (WCAG 2.1.4). */
const OFF = "headway-keys-off";
const WAIT_MS = 1500;

/** The search, the map of the keyboard, and the keys that open them. */
export function Shortcuts({ filters }: { readonly filters: Filters }) {
  const search = useRef<HTMLDialogElement>(null);
  const help = useRef<HTMLDialogElement>(null);
  const now = useRef(filters);
  now.current = filters;

  useEffect(() => {
    let waitingSince = -Infinity;
    const pressed = (event: KeyboardEvent): void => {
      const isWaiting = event.timeStamp - waitingSince < WAIT_MS;
      waitingSince = -Infinity;
      if (isOff() || event.defaultPrevented) return;
      const act = actOf(
        {
          key: event.key,
          hasModifier: event.ctrlKey || event.metaKey || event.altKey,
          isTyping: isField(event.target),
        },
        isWaiting,
      );
      if (act.do === "nothing") return;
      event.preventDefault();
      if (act.do === "wait") waitingSince = event.timeStamp;
      else if (act.do === "go") go(link(act.path, chosen(now.current)));
      else open(act.do === "search" ? search.current : help.current);
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);

  return (
    <>
      <span class="tools">
        <button type="button" class="quiet" onClick={() => open(search.current)}>
          Search
        </button>
        <button type="button" class="quiet" onClick={() => open(help.current)}>
          Keys
        </button>
        <CopyLink />
      </span>
      <Search dialog={search} filters={filters} />
      <Help dialog={help} />
    </>
  );
}

function open(dialog: HTMLDialogElement | null): void {
  if (dialog !== null && document.querySelector("dialog[open]") === null) dialog.showModal();
}

/** Whether letters are text there. A tick box takes none, and keeps the focus for a moment when its dialog has closed. */
function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input:not([type='checkbox'], [type='radio']), select, textarea") !== null
  );
}

function isOff(): boolean {
  return localStorage.getItem(OFF) !== null;
}

function Help({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }) {
  const [off, setOff] = useState(isOff);
  const turn = (isOn: boolean): void => {
    if (isOn) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "");
    setOff(!isOn);
  };
  return (
    <dialog ref={dialog} class="how" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl class="facts">
        <div>
          <dt>
            <kbd>/</kbd>
          </dt>
          <dd>Search services, changes, deployments and incidents</dd>
        </div>
        <div>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>This map</dd>
        </div>
        {GO_KEYS.map(({ key, title }) => (
          <div key={key}>
            <dt>
              <kbd>g</kbd> <kbd>{key}</kbd>
            </dt>
            <dd>{title}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>Tab</kbd>, <kbd>Enter</kbd>
          </dt>
          <dd>Reach and open everything else; wide tables scroll by arrows when they have the focus</dd>
        </div>
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>Close what is open</dd>
        </div>
      </dl>
      <label class="field">
        <input type="checkbox" checked={!off} onChange={({ currentTarget }) => turn(currentTarget.checked)} />
        Single keys do something in this browser
      </label>
      <form method="dialog">
        <button class="button">Close</button>
      </form>
    </dialog>
  );
}
