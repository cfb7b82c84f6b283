/** Where a thing of the programme is changed: its form opens in its place, and whoever closes it goes on where they were. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { useQuestionBeforeLeaving } from "../router.ts";
import type { Programme } from "../types.ts";
import type { Entered, List } from "./field.ts";
import { keyOf } from "./fields.ts";
import type { Snapshots } from "./snapshots.ts";

export interface Edited {
  readonly list: List;
  /** `null`: a new one. */
  readonly thing: object | null;
  /** What is known of a new one, such as of which cell it is. */
  readonly given: Entered;
  /** What the form says it is about. */
  readonly title: string;
  /** Where it is opened, by which its button is found again. */
  readonly place: string;
}

/** How a form was closed. */
interface Left {
  /** Where it was open, and where to go on from: another place where the thing has another name now, or is new. */
  readonly from: string;
  readonly to: string;
  /** What became of it; `null`: nothing, it was cancelled. */
  readonly words: string | null;
}

/** What every part of the page is given that can be changed. */
export interface Desk {
  readonly page: Programme;
  readonly mayEdit: boolean;
  readonly edited: Edited | null;
  readonly left: Left | null;
  /** What can be agreed to. */
  readonly snapshots: Snapshots;
  readonly onEdit: (edited: Edited) => void;
  /** The form of what is edited, shown in its place. */
  readonly form: ComponentChildren;
}

/** What was typed into a form and is not kept. */
export interface Draft {
  readonly edited: Edited;
  readonly entered: Entered;
}

export interface Editing extends Pick<Desk, "edited" | "left"> {
  /** By the place of each form, until it is kept or cancelled: whoever opens another one loses nothing. */
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly draft: (draft: Draft) => void;
  /** Counts forms: one that opens where another one was open begins anew. */
  readonly turn: number;
  /** After another one was closed, or by itself. */
  readonly open: (edited: Edited, after?: Left) => void;
  readonly close: (left: Left) => void;
  /** Says what became of a form in whose place another one was opened meanwhile, and leaves that one open. */
  readonly note: (left: Left) => void;
  readonly isOpen: (edited: Edited) => boolean;
}

/** The place of a thing, and where a new one of a list is added. */
export function placeOf(list: List, thing: object): string {
  return `${list} ${keyOf(list, thing)}`;
}

export function newPlace(list: List): string {
  return `${list} +`;
}

/** @param reply the focus goes to what was kept as soon as an answer has it. */
export function useEditing(reply: Programme | null): Editing {
  const [edited, edit] = useState<Edited | null>(null);
  const [left, leave] = useState<Left | null>(null);
  const [turn, count] = useState(0);
  const newest = useRef(edited);
  newest.current = edited;
  const drafts = useRef(new Map<string, Draft>());
  useQuestionBeforeLeaving(() => drafts.current.size > 0);
  useLayoutEffect(() => {
    if (left === null || edited !== null) return;
    const [from, to] = [buttonAt(left.from), buttonAt(left.to)];
    const goal = to ?? from;
    const active = document.activeElement;
    // Whoever went on by themselves meanwhile is left alone.
    if (goal === null || active === goal || (active !== from && active !== document.body)) return;
    goal.focus({ preventScroll: true });
    goal.scrollIntoView({ block: "nearest" });
  }, [left, edited, reply]);
  const note = (how: Left): void => {
    drafts.current.delete(how.from);
    leave(how);
  };
  return {
    edited,
    left,
    turn,
    drafts: drafts.current,
    draft: (draft) => void drafts.current.set(draft.edited.place, draft),
    open: (next, after) => {
      if (after !== undefined) drafts.current.delete(after.from);
      leave(after ?? null);
      edit(next);
      count((before) => before + 1);
    },
    close: (how) => {
      note(how);
      edit(null);
    },
    note,
    isOpen: (one) => one === newest.current,
  };
}

function buttonAt(place: string): HTMLElement | null {
  return document.querySelector(`[data-place="${CSS.escape(place)}"]`);
}

interface OpenerProps extends Omit<Edited, "place" | "given"> {
  readonly desk: Desk;
  readonly place: string;
  readonly given?: Entered;
  readonly class: string;
  readonly hint?: string;
  readonly label?: string;
  readonly children: ComponentChildren;
}

/** A button that opens a form where it stands; who may not change anything reads its words. */
export function Opener({ desk, class: name, hint, label, children, given = {}, ...rest }: OpenerProps) {
  const { place } = rest;
  return (
    <button
      type="button"
      class={name}
      data-place={place}
      title={hint}
      aria-label={label}
      aria-expanded={desk.edited?.place === place}
      onClick={() => desk.onEdit({ ...rest, given })}
    >
      {children}
    </button>
  );
}

interface AddProps {
  readonly desk: Desk;
  readonly list: List;
  readonly title: string;
  readonly words: string;
}

/** Below a list: adds a new thing in its place, and says what became of the last one that was changed there. */
export function Add({ desk, list, title, words }: AddProps) {
  const place = newPlace(list);
  const { left } = desk;
  const isHere = left !== null && (left.from.startsWith(`${list} `) || left.to.startsWith(`${list} `));
  return (
    <>
      {isOpenAt(desk, place) && desk.form}
      <p class="add-thing">
        {desk.mayEdit && !isOpenAt(desk, place) && (
          <Opener desk={desk} list={list} thing={null} title={title} place={place} class="button">
            {words}
          </Opener>
        )}{" "}
        <span class="small" role="status">
          {isHere ? left.words : null}
        </span>
      </p>
    </>
  );
}

export function isOpenAt({ edited }: Desk, place: string): boolean {
  return edited?.place === place;
}

/** The row whose thing was kept last is marked, so that eyes find it again. */
export function isMarked({ left, edited }: Desk, place: string): boolean {
  return edited?.place === place || (edited === null && left?.words !== null && left?.to === place);
}
