import { useState } from "preact/hooks";

import { type Column, Table } from "../design/table.tsx";
import { Add, type Desk, isMarked, isOpenAt, Opener, placeOf } from "./desk.tsx";
import type { List } from "./field.ts";

/** Things of one list, each a line that opens its form. */
interface Props<T extends object> {
  readonly desk: Desk;
  readonly list: List;
  readonly title: string;
  readonly add: string;
  readonly things: readonly T[];
  readonly nameOf: (thing: T) => string;
  readonly columns: readonly Column<T>[];
}

/** So many are shown before somebody wants all: the page has fifteen lists. */
const FIRST = 8;

export function Things<T extends object>({ desk, list, title, add, things, nameOf, columns }: Props<T>) {
  const [wantsAll, want] = useState(false);
  const at = (thing: T): string => placeOf(list, thing);
  const isSought = (thing: T): boolean => isMarked(desk, at(thing));
  const isWhole = wantsAll || things.length <= FIRST + 2 || things.slice(FIRST).some(isSought);
  const shown = isWhole ? things : things.slice(0, FIRST);
  const name: Column<T> = {
    title: "What",
    align: "start",
    cell: (thing) =>
      desk.mayEdit ? (
        <Opener desk={desk} list={list} thing={thing} title={nameOf(thing)} place={at(thing)} class="quiet title-cell">
          {nameOf(thing)}
        </Opener>
      ) : (
        nameOf(thing)
      ),
    sortBy: nameOf,
  };
  return (
    <section class="section">
      <h2 id={list}>{title}</h2>
      {things.length === 0 ? (
        <p class="muted">None yet.</p>
      ) : (
        <div class="panel">
          <Table
            caption={title}
            columns={[name, ...columns]}
            rows={shown}
            keyOf={at}
            isMarked={isSought}
            below={(thing) => (isOpenAt(desk, at(thing)) ? desk.form : null)}
          />
        </div>
      )}
      {shown.length < things.length && (
        <p>
          <button type="button" class="button" onClick={() => want(true)}>
            Show all {things.length}
          </button>
        </p>
      )}
      <Add desk={desk} list={list} title={add.replace(/ …$/, "")} words={add} />
    </section>
  );
}
