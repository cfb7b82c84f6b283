import { Notice } from "../design/notice.tsx";
import { moment } from "../format.ts";
import type { Source, Status } from "../types.ts";
import { firstWords, isFirstSync } from "../words.ts";

/** The server is gone: what is on the page stays there, with its time. */
export function ServerGone({ status }: { readonly status: Status | null }) {
  return (
    <Notice level="warning" title="Headway’s server does not answer.">
      <p>
        {status === null
          ? "There is nothing to show until it does."
          : `What you see is from ${moment(status.now, status.zone)}.`}{" "}
        Start it with <code>npm start</code>; this page tries again by itself.
      </p>
    </Notice>
  );
}

/** What went wrong or is not finished at the sources. */
export function SourceTrouble({ status }: { readonly status: Status }) {
  return (
    <>
      {status.sources.map((source) => (
        <Trouble key={source.source} source={source} zone={status.zone} />
      ))}
    </>
  );
}

function Trouble({ source, zone }: { readonly source: Source; readonly zone: string }) {
  const { name, error, syncedAt, state } = source;
  if (isFirstSync(source) && state !== "failed")
    return (
      <Notice level="info" title={firstWords(source).words}>
        <p>Numbers are partial until this is done. They fill in by themselves.</p>
      </Notice>
    );
  if (state !== "failed") return null;
  return (
    <Notice level="warning" title={`${name} could not be synced.`}>
      <p>{error ?? "The source gave no reason."}</p>
      <p class="muted">
        {syncedAt === null
          ? "Nothing of it has been read yet."
          : `Numbers are as of ${moment(syncedAt, zone)}; nothing collected is lost.`}
      </p>
    </Notice>
  );
}
