import { type ComponentChildren, Fragment } from "preact";
import { useState } from "preact/hooks";

import { Go } from "./go.tsx";
import { type Direction, type Sortable, sorted } from "./sort.ts";

export interface Column<T> {
  readonly title: string;
  readonly align: "start" | "end";
  readonly cell: (row: T) => ComponentChildren;
  /** `null`: this column has no order of its own. */
  readonly sortBy: ((row: T) => Sortable) | null;
}

/** An order that the server makes: by which column, and the address of the same rows by another one. */
export interface Ordered {
  readonly by: string | null;
  readonly direction: Direction;
  /** By the title of the column. */
  readonly links: ReadonlyMap<string, string>;
}

interface Props<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** Where the rows are only a page of all: then sorting them here would lie. */
  readonly ordered?: Ordered;
  /** What stands below a row, as wide as the table is seen; `null`: nothing. */
  readonly below?: (row: T) => ComponentChildren;
  /** Whether eyes should find this row again. */
  readonly isMarked?: (row: T) => boolean;
}

/** A table that scrolls by itself when the page is narrow; the first column names the row. */
export function Table<T>({ caption, columns, rows, keyOf, ordered, below, isMarked }: Props<T>) {
  const [own, setOrder] = useState<{ title: string; direction: Direction } | null>(null);
  const order = ordered === undefined ? own : { title: ordered.by, direction: ordered.direction };
  const by = columns.find(({ title }) => title === order?.title)?.sortBy;
  const shown = order !== null && by ? sorted(rows, by, order.direction) : rows;
  const turn = (title: string): void =>
    setOrder({
      title,
      direction: order?.title === title && order.direction === "descending" ? "ascending" : "descending",
    });

  return (
    <div
      class={below === undefined ? "scroller" : "scroller has-below"}
      role="region"
      aria-label={caption}
      tabIndex={0}
    >
      <table>
        <caption class="hidden-text">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, align, sortBy }) => (
              <th
                key={title}
                scope="col"
                class={align}
                aria-sort={order?.title === title ? order.direction : undefined}
              >
                {ordered?.links.has(title) === true ? (
                  <Go class="sort" to={ordered.links.get(title) ?? ""}>
                    {title}
                    <SortSign direction={order?.title === title ? order.direction : null} />
                  </Go>
                ) : sortBy === null ? (
                  title
                ) : (
                  <SortButton title={title} direction={order?.title === title ? order.direction : null} onTurn={turn} />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => {
            const more = below?.(row) ?? null;
            return (
              <Fragment key={keyOf(row)}>
                <tr class={isMarked?.(row) === true ? "marked" : undefined}>
                  {columns.map(({ title, align, cell }, index) =>
                    index === 0 ? (
                      <th key={title} scope="row" class={align}>
                        {cell(row)}
                      </th>
                    ) : (
                      <td key={title} class={align}>
                        {cell(row)}
                      </td>
                    ),
                  )}
                </tr>
                {more !== null && (
                  <tr class="below-row">
                    <td colSpan={columns.length}>
                      <div>{more}</div>
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface SortProps {
  readonly title: string;
  readonly direction: Direction | null;
  readonly onTurn: (title: string) => void;
}

function SortButton({ title, direction, onTurn }: SortProps) {
  return (
    <button type="button" class="sort" onClick={() => onTurn(title)}>
      {title}
      <SortSign direction={direction} />
    </button>
  );
}

function SortSign({ direction }: { readonly direction: Direction | null }) {
  return (
    <span class="sort-sign" aria-hidden="true">
      {direction === null ? "↕" : direction === "ascending" ? "↑" : "↓"}
    </span>
  );
}
