/** What a statement says of the hours that its lines take, and of those that there are. */
import { monthNumber, monthOf } from "../../months.ts";
import type { Standing } from "../ledger/lines.ts";
import { counts } from "../ledger/months.ts";
import type { Asked, Cap } from "../ledger/room.ts";
import { capacityCaps, filled, rateOn, unheld } from "../ledger/room.ts";
import type { Printed } from "./printed.ts";
import { hours, number } from "./printed.ts";
import { standingsOf } from "./standings.ts";
import type { StatementRows } from "./statement.ts";

type Rows = Pick<StatementRows, "format" | "month" | "lines" | "steps" | "caps" | "scopes" | "assumptions">;

export function fromRoom(rows: Rows): readonly Printed[] {
  const { caps, asked } = roomOf(rows);
  const all = filled(standingsOf(rows), caps, asked);
  return [
    ...all.flatMap(({ scope, bucket, hours: held, claimed }) => {
      const id = `room.${scope}.${bucket ?? "capacity"}`;
      const of = bucket === null ? `${scope}: hours a month` : `${scope}, ${bucket}: hours a month`;
      return [
        hours(`${id}.claimed`, `${of} that lines claim`, claimed),
        hours(`${id}.held`, bucket === null ? `${of} that its teams have` : `${of} in the frozen baseline`, held),
      ];
    }),
    number("room.unheld", "Counted lines that are held against no hours", unheldIn(rows).length),
  ];
}

/** Lines that count in the month, of hours of which nobody said how many there are. */
export function unheldIn(rows: Rows): readonly Standing[] {
  const { caps, asked } = roomOf(rows);
  return unheld(standingsOf(rows), caps, asked).filter((standing) => counts(standing, rows.month));
}

/** By what is assumed on the last day of the month. */
function roomOf({ month, caps, scopes, assumptions }: Rows): { readonly caps: readonly Cap[]; readonly asked: Asked } {
  const day = new Date(Date.parse(`${monthOf(monthNumber(month) + 1)}-01`) - 1).toISOString().slice(0, 10);
  const within = new Map(scopes.map((one) => [one.scope, one.within]));
  return {
    caps: [...caps, ...capacityCaps(scopes, assumptions, day)],
    asked: {
      month,
      rate: rateOn(assumptions, day),
      isWithin: (inner, outer) => inner === outer || (within.get(inner)?.includes(outer) ?? false),
    },
  };
}
