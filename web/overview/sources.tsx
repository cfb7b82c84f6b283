import { ago, count, NONE } from "../format.ts";
import { SeeDemo } from "../shell/simulated.tsx";
import type { Source, Status } from "../types.ts";
import { rulesOf } from "../words.ts";

/** Where the numbers come from, how fresh each source is, and what counts as a deployment. */
export function Sources({ status }: { readonly status: Status }) {
  return (
    <section class="section">
      <h2>Sources</h2>
      <div class="panel">
        <ul class="source-list">
          {status.sources.map((source) => (
            <li key={source.source}>
              <strong>{source.name}</strong> <span class="muted">from {source.host}</span> ·{" "}
              {freshness(source, status.now)}
              {source.notices.map(({ code, level, message }) => (
                <p key={code + message} class="small muted">
                  {level === "warning" && <strong class="verdict-worse">! </strong>}
                  {message}
                </p>
              ))}
            </li>
          ))}
        </ul>
        <dl class="facts">
          {rulesOf(status.services).map(({ rule, names }) => (
            <div key={rule}>
              <dt>{names.length === 1 ? names[0] : `${count(names.length)} services`}</dt>
              <dd>
                {rule}
                {names.length > 1 && <span class="muted"> · {names.join(", ")}</span>}
              </dd>
            </div>
          ))}
        </dl>
        <SeeDemo status={status} />
      </div>
    </section>
  );
}

function freshness({ state, syncedAt, progress }: Source, now: string): string {
  const synced = syncedAt === null ? "not synced yet" : `synced ${ago(syncedAt, now)}`;
  switch (state) {
    case "never":
      return "not synced yet";
    case "ok":
      return synced;
    case "deriving":
      return "working out the first numbers";
    case "failed":
      return `failed, last ${synced}`;
    case "syncing":
      return `syncing, ${progress === null ? NONE : `${count(progress * 100)} %`}`;
  }
}
