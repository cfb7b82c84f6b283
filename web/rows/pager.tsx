import { Go } from "../design/go.tsx";
import { count, plural } from "../format.ts";
import type { Order } from "../types.ts";
import { ORDERS, PAGE } from "./paging.ts";

export function Orders({ order, to }: { readonly order: Order; readonly to: (order: Order) => string }) {
  return (
    <div class="segments small" role="group" aria-label="Order">
      {ORDERS.map((each) => (
        <Go key={each} to={to(each)} current={each === order ? "true" : undefined}>
          {each}
        </Go>
      ))}
    </div>
  );
}

interface Props {
  readonly offset: number;
  readonly total: number;
  readonly to: (offset: number) => string;
}

export function Pager({ offset, total, to }: Props) {
  if (total === 0) return null;
  const last = Math.min(offset + PAGE, total);
  return (
    <nav class="pager small" aria-label="Pages of rows">
      <span class="muted">
        {count(Math.min(offset + 1, total))} to {count(last)} of {plural(total, "row")}
      </span>
      {offset > 0 && <Go to={to(Math.max(0, offset - PAGE))}>Previous {PAGE}</Go>}
      {last < total && <Go to={to(last)}>Next {Math.min(PAGE, total - last)}</Go>}
    </nav>
  );
}
