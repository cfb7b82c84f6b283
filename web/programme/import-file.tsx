import "./programme.css";

import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { CommandReply } from "#server/contract.ts";

import { FormEnd, SignerName, useSigner } from "../access/signing.tsx";
import { useCommand } from "../connect/use-command.ts";
import { plural } from "../format.ts";

type Taken = CommandReply<"/api/programme/import">;

interface Props {
  /** The file as it was chosen, or as it was mended since. */
  readonly text: string;
  readonly onWrite: (text: string) => void;
  readonly onDone: (kept: Taken) => void;
  readonly onCancel: () => void;
}

/** As many characters the server takes. */
const LONGEST = 1_000_000;

/** A dry run first: what would change, thing by thing. Only what was looked at like this can be kept; what is refused stays, to be mended. */
export function ImportFile({ text, onWrite, onDone, onCancel }: Props) {
  const [looked, look] = useState<{ readonly text: string; readonly taken: Taken } | null>(null);
  const [reason, explain] = useState("");
  const [unreadable, tell] = useState<string | null>(null);
  const signer = useSigner();
  const place = useRef<HTMLElement>(null);
  const { isBusy, problem, run } = useCommand("/api/programme/import", "always");
  useLayoutEffect(() => place.current?.querySelector<HTMLElement>("input")?.focus(), []);
  // What was refused, and what is typed since, is looked at anew, over what the programme is by then.
  const shown = looked?.text === text && problem === null ? looked.taken : null;
  const canKeep = shown !== null && shown.differences.length > 0;
  const choose = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const isTooLong = file.size > LONGEST;
    tell(isTooLong ? `${file.name} has more than a million characters. Is it the file of a programme?` : null);
    if (!isTooLong) onWrite(await file.text());
  };
  const send = (event: Event): void => {
    event.preventDefault();
    tell(null);
    signer.remember();
    const said = { text, follows: shown?.version?.version ?? null, actor: signer.actor, reason };
    run({ ...said, save: canKeep }, (taken) => (canKeep ? onDone(taken) : look({ text, taken })));
  };
  return (
    <section class="decide programme-form" aria-label="Take back an edited file" ref={place}>
      <h3>Take back an edited file</h3>
      <form onSubmit={send}>
        <label class="whole-row">
          A file of YAML
          <input
            type="file"
            accept=".yaml,.yml,application/yaml"
            onChange={({ currentTarget }) => void choose(currentTarget.files?.[0])}
          />
        </label>
        <label class="whole-row">
          What it says, which can be mended here
          <textarea
            required
            rows={10}
            maxLength={LONGEST}
            spellcheck={false}
            value={text}
            onInput={({ currentTarget }) => onWrite(currentTarget.value)}
          />
        </label>
        <SignerName signer={signer} />
        {shown !== null && <Differences taken={shown} />}
        {canKeep && (
          <label class="whole-row">
            Reason
            <input
              type="text"
              required
              maxLength={500}
              value={reason}
              onInput={({ currentTarget }) => explain(currentTarget.value)}
            />
          </label>
        )}
        <FormEnd
          action={canKeep ? "Keep it as it was looked at" : "Look at what would change"}
          busy={canKeep ? "Saving …" : "Looking …"}
          isBusy={isBusy}
          problem={unreadable ?? problem}
          onCancel={onCancel}
        />
      </form>
    </section>
  );
}

/** What goes comes first, since who takes back an older file should not have to look for it. */
function Differences({ taken: { differences, cautions } }: { readonly taken: Taken }) {
  const removed = differences.filter(({ verb }) => verb === "removed");
  const rest = differences.filter(({ verb }) => verb !== "removed");
  const gone = removed.length === 0 ? "" : `, of which ${removed.length} removed`;
  return (
    <div class="whole-row" role="status">
      <p>
        {differences.length === 0
          ? "The file says what the programme says already."
          : `${plural(differences.length, "difference")}${gone}. Nothing is kept yet.`}
      </p>
      <ul>
        {[...removed, ...rest].map(({ list, key, verb, fields }) => (
          <li key={`${list} ${key}`}>
            {verb}: {list === key ? list : `${list}, ${key}`}
            {verb === "changed" && (
              <ul>
                {fields.map(({ name, before, after }) => (
                  <li key={name}>
                    {name}: {before ?? "nothing"} → {after ?? "nothing"}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {cautions.map((caution) => (
        <p key={caution} class="small muted">
          {caution}
        </p>
      ))}
    </div>
  );
}
