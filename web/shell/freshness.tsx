import { ago, count } from "../format.ts";
import type { Status } from "../types.ts";

/** How fresh the numbers are: the oldest source decides. */
export function Freshness({ status }: { readonly status: Status }) {
  const { sources, now } = status;
  const syncing = sources.find(({ state }) => state === "syncing");
  if (syncing !== undefined) return <Syncing name={syncing.name} progress={syncing.progress} />;
  if (sources.some(({ state }) => state === "failed")) return <span class="verdict-worse">! sync failed</span>;
  const [oldest] = sources.map(({ syncedAt }) => syncedAt ?? "").sort();
  if (oldest === undefined) return null;
  return <span class="nowrap">{oldest === "" ? "not synced yet" : `synced ${ago(oldest, now)}`}</span>;
}

function Syncing({ name, progress }: { readonly name: string; readonly progress: number | null }) {
  const percent = progress === null ? "" : `, ${count(progress * 100)} %`;
  return (
    <span class="nowrap">
      syncing {name}
      {percent} <progress aria-label={`Syncing ${name}`} max={1} {...(progress !== null && { value: progress })} />
    </span>
  );
}
