import { useRef } from "preact/hooks";

import { SaveRows } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { count, moment, NONE, plural } from "../format.ts";
import type { Status, SyncEntry } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { NoticeList } from "./source-card.tsx";
import { syncWords, tookWords } from "./words.ts";

/** What each sync did. Asked again whenever one begins or ends. */
export function SyncLog({ status: { sources, zone } }: { readonly status: Status }) {
  const moments = sources.map(({ state, syncedAt, error }) => `${state} ${syncedAt} ${error}`).join("\n");
  const seen = useRef({ moments, times: 0 });
  if (seen.current.moments !== moments) seen.current = { moments, times: seen.current.times + 1 };
  const { reply } = useReply("/api/syncs", {}, seen.current.times);
  return (
    <section class="section">
      <h2>Sync log</h2>
      {reply === null || reply.length === 0 ? (
        <p class="muted">Nothing has been synced yet.</p>
      ) : (
        <div class="panel">
          <div class="log">
            <Table
              caption="Sync log"
              columns={columns(zone)}
              rows={reply}
              keyOf={({ source, startedAt }) => `${source} ${startedAt}`}
            />
          </div>
          <SaveRows name="syncs" title="Sync log" rows={reply} />
        </div>
      )}
    </section>
  );
}

function columns(zone: string): Column<SyncEntry>[] {
  return [
    {
      title: "Started",
      align: "start",
      cell: ({ startedAt }) => <span class="nowrap">{moment(startedAt, zone)}</span>,
      sortBy: ({ startedAt }) => startedAt,
    },
    {
      title: "Source",
      align: "start",
      cell: ({ name }) => <span class="name-cell">{name}</span>,
      sortBy: ({ name }) => name,
    },
    {
      title: "Outcome",
      align: "start",
      cell: ({ state }) => (
        <span class={`nowrap state-${state}`}>
          <span aria-hidden="true">{syncWords(state).sign}</span> {syncWords(state).word}
        </span>
      ),
      sortBy: ({ state }) => state,
    },
    { title: "Took", align: "end", cell: (entry) => tookWords(entry) || NONE, sortBy: null },
    { title: "Events", align: "end", cell: ({ changed }) => count(changed), sortBy: ({ changed }) => changed },
    { title: "Requests", align: "end", cell: ({ requests }) => count(requests), sortBy: ({ requests }) => requests },
    {
      title: "What was to know",
      align: "start",
      cell: ({ error, notices }) => <Said error={error} notices={notices} />,
      sortBy: null,
    },
  ];
}

function Said({ error, notices }: Pick<SyncEntry, "error" | "notices">) {
  if (error !== null) return <span class="why-cell source-text">{error}</span>;
  if (notices.length === 0) return <span class="muted">nothing</span>;
  return (
    <details>
      <summary>{plural(notices.length, "notice")}</summary>
      <NoticeList notices={notices} />
    </details>
  );
}
