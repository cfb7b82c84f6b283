/** Months that were paid, put beside those that are known: a month that is told again is told anew, and none is ever taken out. */
import type { Cost, CostKind } from "./assumptions.ts";

export interface PaidMonth {
  readonly kind: CostKind;
  /** What is paid for; with kind and team it tells one cost from another. */
  readonly title: string;
  /** `null`: everybody's. */
  readonly team: string | null;
  readonly month: string;
  readonly amount: number;
  /** What a cost that is new is said of; one that is known keeps what it says. */
  readonly source: string;
  readonly owner: string;
}

/** What one of them changes. */
export interface PaidChange extends Pick<PaidMonth, "kind" | "title" | "team" | "month"> {
  /** `null`: nothing was known of the month. */
  readonly before: number | null;
  readonly after: number;
}

/** In the order of the rows; none where all is known already. */
export function changesOf(costs: readonly Cost[], rows: readonly PaidMonth[]): readonly PaidChange[] {
  return rows.flatMap((row) => {
    const { kind, title, team, month, amount } = row;
    const known = costs.find((cost) => isOf(cost, row))?.months.find((one) => one.month === month)?.cost ?? null;
    return known === amount ? [] : [{ kind, title, team, month, before: known, after: amount }];
  });
}

/** Costs that are known in their order, then those that are new; months in order. */
export function withPaid(costs: readonly Cost[], rows: readonly PaidMonth[]): readonly Cost[] {
  const found = [...costs];
  for (const row of rows) {
    const at = found.findIndex((cost) => isOf(cost, row));
    const cost = found[at] ?? begun(row, found);
    const others = cost.months.filter(({ month }) => month !== row.month);
    const months = [...others, { month: row.month, cost: row.amount }].toSorted((a, b) => (a.month < b.month ? -1 : 1));
    found.splice(at === -1 ? found.length : at, at === -1 ? 0 : 1, { ...cost, months });
  }
  return found;
}

function begun({ kind, title, team, source, owner }: PaidMonth, others: readonly Cost[]): Cost {
  const name = [kind, title, team ?? ""]
    .join(" ")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  const id = name.replaceAll(/^-|-$/g, "").slice(0, 50);
  const taken = new Set(others.map((cost) => cost.id));
  const free = Array.from({ length: taken.size + 1 }, (_, index) => (index === 0 ? id : `${id}-${index + 1}`));
  return { id: free.find((one) => !taken.has(one)) ?? id, kind, title, team, source, owner, months: [] };
}

/** Names as people write them, in any case. */
function isOf(
  cost: Pick<Cost, "kind" | "title" | "team">,
  { kind, title, team }: Pick<PaidMonth, "kind" | "title" | "team">,
): boolean {
  const same = (a: string | null, b: string | null): boolean => a?.toLowerCase() === b?.toLowerCase();
  return cost.kind === kind && same(cost.title, title) && same(cost.team, team);
}
