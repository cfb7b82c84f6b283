import { ago, count } from "../format.ts";
import type { Source, Status } from "../types.ts";
import { firstWords, freshAt } from "../words.ts";

/** How fresh the numbers are: the oldest source decides. */
export function Freshness({ status }: { readonly status: Status }) {
  const { sources, now } = status;
  const busy = sources.find(({ state }) => state === "syncing" || state === "deriving");
  if (busy !== undefined) return <Busy source={busy} />;
  if (sources.some(({ state }) => state === "failed")) return <span class="verdict-worse">! sync failed</span>;
  const oldest = freshAt(sources);
  if (oldest === null) return null;
  return <span class="nowrap">{oldest === "" ? "not synced yet" : `synced ${ago(oldest, now)}`}</span>;
}

function Busy({ source }: { readonly source: Source }) {
  const { name, deriving } = source;
  const progress = deriving === null ? source.progress : firstWords(source).progress;
  const doing = deriving === null ? `syncing ${name}` : "working out numbers";
  const percent = progress === null ? "" : `, ${count(progress * 100)} %`;
  return (
    <span class="nowrap">
      {doing}
      {percent} <progress aria-label={doing} max={1} {...(progress !== null && { value: progress })} />
    </span>
  );
}
