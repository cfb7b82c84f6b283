/** Sentences of the Data page. */
import { dateFormat } from "../date-format.ts";
import { ago, count, NBSP, plural } from "../format.ts";
import type { Source, Status, SyncEntry } from "../types.ts";
import { firstWords } from "../words.ts";

/** What the page says first: what happens now, else what is wrong, else how fresh all is. */
export function dataSentence({ sources, now, zone }: Status): string {
  if (sources.length === 0) return "Nothing is connected yet.";
  const waiting = sources.find((source) => source.waiting !== null);
  if (waiting?.waiting) return `${waiting.name}: ${waitWords(waiting.waiting, zone)}.`;
  const syncing = sources.find(({ state }) => state === "syncing");
  if (syncing !== undefined) return `Collecting ${syncing.name}${percent(syncing.progress)}.`;
  const deriving = sources.find(({ state }) => state === "deriving");
  if (deriving !== undefined) return `${firstWords(deriving).words}.`;
  const failed = sources.filter(({ state }) => state === "failed");
  if (failed.length > 0)
    return sources.length === 1
      ? "The source could not be synced; what was collected before is shown."
      : `${count(failed.length)} of ${plural(sources.length, "source")} could not be synced; the others are up to date.`;
  const [oldest = null] = sources.map(({ syncedAt }) => syncedAt).sort((a, b) => (a ?? "").localeCompare(b ?? ""));
  if (oldest === null) return "Not everything has been collected yet.";
  return `Everything is up to date: ${plural(sources.length, "source")}, synced ${ago(oldest, now)}.`;
}

function percent(progress: number | null): string {
  return progress === null ? "" : `: ${count(progress * 100)}${NBSP}%`;
}

/** "GitHub's limit is used up; resumes 14:05", with the time in the zone of the page. */
export function waitWords({ until, why }: NonNullable<Source["waiting"]>, zone: string): string {
  return `${why.replace(/; resumes .*$/, "")}; resumes ${clock(until, zone)}`;
}

export function clock(instant: string, zone: string): string {
  return dateFormat("en-GB", { timeStyle: "short", timeZone: zone }).format(Date.parse(instant));
}

/** Where a source is, in a word with a sign; colour only repeats it. */
export function stateWords({ state, waiting }: Source): { readonly word: string; readonly sign: string } {
  if (waiting !== null) return { word: "waiting", sign: "◷" };
  switch (state) {
    case "never":
      return { word: "not synced yet", sign: "○" };
    case "syncing":
      return { word: "syncing", sign: "↻" };
    case "deriving":
      return { word: "working out numbers", sign: "↻" };
    case "ok":
      return { word: "up to date", sign: "✓" };
    case "failed":
      return { word: "failed", sign: "!" };
  }
}

/** "43 %, 1,204 events, about 3 min to go". */
export function progressWords({ progress, events, startedAt }: Source, now: string): string {
  const parts = [
    ...(progress === null ? [] : [`${count(progress * 100)}${NBSP}%`]),
    ...(events === null || events === 0 ? [] : [plural(events, "event")]),
    ...(progress === null || startedAt === null ? [] : toGo(progress, Date.parse(now) - Date.parse(startedAt))),
  ];
  return parts.length === 0 ? "begun" : parts.join(", ");
}

/** Below a twentieth nobody can tell. */
const TOO_EARLY = 0.05;

function toGo(progress: number, elapsed: number): string[] {
  if (progress < TOO_EARLY || progress >= 1) return [];
  const seconds = (elapsed * (1 - progress)) / progress / 1000;
  if (seconds < 60) return ["less than a minute to go"];
  return seconds < 5400
    ? [`about ${count(seconds / 60)}${NBSP}min to go`]
    : [`about ${count(seconds / 3600)}${NBSP}h to go`];
}

/** "3.2 s", "4 min". */
export function tookWords({ startedAt, endedAt }: SyncEntry): string {
  if (endedAt === null) return "";
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  if (seconds < 120) return `${seconds < 10 ? seconds.toFixed(1) : count(seconds)}${NBSP}s`;
  return `${count(seconds / 60)}${NBSP}min`;
}

export function syncWords(state: SyncEntry["state"]): { readonly word: string; readonly sign: string } {
  switch (state) {
    case "running":
      return { word: "running", sign: "↻" };
    case "done":
      return { word: "done", sign: "✓" };
    case "failed":
      return { word: "failed", sign: "!" };
    case "interrupted":
      return { word: "interrupted", sign: "○" };
  }
}
