import { useEffect, useState } from "preact/hooks";

import { address, ask } from "../api.ts";
import { cellsOf, csv, saveText } from "../export.ts";
import { type Filters, lookOf } from "../filters.ts";
import { count, plural } from "../format.ts";
import type { Rows } from "../types.ts";
import { asApiError } from "../use-reply.ts";
import { type Paging, rowQuery } from "./paging.ts";

/** As many as the API gives at once. */
const MOST = 1000;

interface Props {
  readonly reply: Rows;
  readonly filters: Filters;
  readonly paging: Paging;
}

/** The rows as files: those that give the number, and beside them all of the window, of which some do not count. */
export function RowFiles({ reply, filters, paging }: Props) {
  // How many have come; `null`: nobody waits for them.
  const [come, setCome] = useState<number | null>(null);
  const [problem, say] = useState<string | null>(null);
  const [stop] = useState(() => new AbortController());
  useEffect(() => () => stop.abort(), []);
  const [first] = reply.rows;
  if (first === undefined) return null;
  const query = { metric: reply.metric, ...reply.window, ...lookOf(filters), ...rowQuery(paging), order: paging.order };
  const everything = { format: "csv", ...reply.window, scope: filters.scope, service: filters.service };
  const saveAll = async (): Promise<void> => {
    const rows: Rows["rows"][number][] = [];
    do {
      setCome(rows.length);
      const next = await ask("/api/rows", { ...query, offset: rows.length, limit: MOST }, stop.signal);
      rows.push(...next.rows);
      // Fewer than were told of, where facts changed meanwhile.
      if (next.rows.length === 0) break;
    } while (rows.length < reply.total);
    saveText(`${reply.metric}-rows.csv`, csv(cellsOf(rows)), "text/csv");
  };
  const pressed = (): void => {
    say(null);
    saveAll()
      .catch((error: unknown) => stop.signal.aborted || say(asApiError(error).message))
      .finally(() => setCome(null));
  };
  return (
    <span class="tools">
      <button type="button" class="quiet" disabled={come !== null} onClick={pressed}>
        {reply.total === 1 ? "This row" : `These ${plural(reply.total, "row")}`} as CSV
      </button>
      <a href={address("/api/rows", { ...query, limit: MOST })}>{plural(Math.min(MOST, reply.total), "row")} as JSON</a>
      <a href={address(`/api/export/${first.kind}s`, everything)} download>
        All {first.kind}s of this window as CSV, also those that do not count
      </a>
      <span role="status">
        {come !== null && `${count(come)} of ${count(reply.total)} are here`}
        {problem}
      </span>
    </span>
  );
}
