import type { Connected } from "../types.ts";

/** What is written where, before it is and after. */
export function Written({ reply }: { readonly reply: Connected }) {
  const { file, isNew, entry, renews, by, variable, secrets, saved, note } = reply;
  const what = by === "app" ? "The private key" : "The token";
  const verb = saved ? "was" : "will be";
  return (
    <div class="section">
      <p class="source-text">
        {isNew ? `The file ${file} ${verb} made, with what Headway looks at now and this:` : null}
        {!isNew &&
          (renews
            ? `In ${file} this source ${verb} renewed:`
            : `To ${file} this ${verb} added; every other line stays:`)}
      </p>
      <pre class="written">
        <code>{entry}</code>
      </pre>
      <p class="source-text small">
        {secrets === null
          ? `${what} stays in the environment variable ${variable}: it must be set whenever Headway starts.`
          : `${what} ${saved ? "went" : "goes"} to ${secrets} as ${variable}, which only you may read and git does not see.`}
      </p>
      {note !== null && <p class="source-text small">{note}</p>}
    </div>
  );
}
