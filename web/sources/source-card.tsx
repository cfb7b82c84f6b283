import { Go } from "../design/go.tsx";
import { Notice } from "../design/notice.tsx";
import { ago, count, moment, plural } from "../format.ts";
import type { Source, Status } from "../types.ts";
import { clock, progressWords, stateWords, waitWords } from "./words.ts";

interface Props {
  readonly source: Source;
  readonly status: Status;
}

export function SourceCard({ source, status: { now, zone, services } }: Props) {
  const { name, host, progress, state, syncedAt, error, waiting, left, notices } = source;
  const { word, sign } = stateWords(source);
  const own = services.filter((service) => service.source === source.source);
  return (
    <article class="card">
      <div class="card-head">
        <h3>{name}</h3>
        <span class={`state state-${waiting === null ? state : "waiting"}`}>
          <span aria-hidden="true">{sign}</span> {word}
        </span>
      </div>
      {state === "syncing" && (
        <div class="progress-line">
          <progress aria-label={`Syncing ${name}`} max={1} {...(progress !== null && { value: progress })} />
          <span class="small">{progressWords(source, now)}</span>
        </div>
      )}
      {waiting !== null && (
        <Notice level="info" title={`${waitWords(waiting, zone)}.`}>
          <p class="small">Nothing is lost and nothing needs to be done: it goes on by itself.</p>
        </Notice>
      )}
      {error !== null && state !== "syncing" && (
        <Notice level="warning" title="The last sync failed.">
          <p class="source-text">{error}</p>
          {host !== "git" && (
            <p>
              <Go to={`data?connect=${host}`}>Enter another token</Go>
            </p>
          )}
        </Notice>
      )}
      <dl class="facts">
        <Fact term="Host">{host}</Fact>
        <Fact term="Synced">{syncedAt === null ? "never" : `${ago(syncedAt, now)} (${moment(syncedAt, zone)})`}</Fact>
        <Fact term="Holds">{own.length === 0 ? "nothing yet" : plural(own.length, "service")}</Fact>
        {left !== null && (
          <Fact term="Requests left">
            {count(left.requests)} of {count(left.of)}; counted anew from {clock(left.resetsAt, zone)}
          </Fact>
        )}
      </dl>
      {syncedAt !== null && <Notices notices={notices} />}
    </article>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** More would bury the rest of the page. */
const SHOWN = 3;

/** What was skipped and why, with what to do; warnings first. */
function Notices({ notices }: { readonly notices: Source["notices"] }) {
  if (notices.length === 0) return <p class="small muted">Nothing was skipped.</p>;
  const sorted = [...notices].sort((a, b) => Number(b.level === "warning") - Number(a.level === "warning"));
  const rest = sorted.slice(SHOWN);
  return (
    <>
      <NoticeList notices={sorted.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details>
          <summary class="small">{plural(rest.length, "more notice")}</summary>
          <NoticeList notices={rest} />
        </details>
      )}
    </>
  );
}

export function NoticeList({ notices }: { readonly notices: Source["notices"] }) {
  return (
    <ul class="notices small">
      {notices.map(({ level, code, message }, index) => (
        <li key={`${code} ${index}`} class="source-text">
          {level === "warning" && <strong class="verdict-worse">! </strong>}
          {message}
        </li>
      ))}
    </ul>
  );
}
