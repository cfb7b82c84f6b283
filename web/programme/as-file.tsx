import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { CommandReply } from "#server/contract.ts";

import { useMay } from "../access/me.ts";
import { Fold } from "../design/fold.tsx";
import { saveText } from "../export.ts";
import { useReply } from "../use-reply.ts";
import { ImportFile } from "./import-file.tsx";

interface Props {
  readonly revision: number;
  readonly onKept: (kept: CommandReply<"/api/programme/import">) => void;
}

/** All of it as text: to keep beside a steering deck, or to edit at once and take back. */
export function AsFile({ revision, onKept }: Props) {
  const [isOpen, open] = useState(false);
  // Here, and not in the form: whoever folds the section, or closes the form, finds again what they chose.
  const [text, write] = useState("");
  const { reply } = useReply("/api/programme/file", isOpen ? {} : null, revision);
  const mayImport = useMay("/api/programme/import");
  return (
    <Fold id="file" title="As a file" words="all of it as YAML" isOpen={isOpen} onTurn={() => open(!isOpen)}>
      <p>
        <button
          type="button"
          class="button"
          disabled={reply === null}
          onClick={() => saveText("programme.yaml", reply?.text ?? "", "application/yaml")}
        >
          Save as programme.yaml
        </button>
      </p>
      {mayImport && <TakeBack text={text} onWrite={write} onKept={onKept} />}
      <p>
        At the command line it is <code>headway programme export</code> and{" "}
        <code>headway programme import programme.yaml --dry-run</code>. Where Headway does not run with{" "}
        <code>headway.yaml</code> of the folder you are in, add <code>--config FILE</code>, for the demo{" "}
        <code>--config data/demo/headway.yaml</code>.
      </p>
      <pre class="scroller" tabIndex={0}>
        {reply?.text ?? ""}
      </pre>
    </Fold>
  );
}

interface TakeBackProps extends Pick<Props, "onKept"> {
  readonly text: string;
  readonly onWrite: (text: string) => void;
}

/** An edited file comes back by a form; whoever closes it goes on where they opened it. */
function TakeBack({ text, onWrite, onKept }: TakeBackProps) {
  const [isOpen, open] = useState(false);
  const [words, tell] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    if (!isOpen && wasOpen.current) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return (
    <>
      {isOpen && (
        <ImportFile
          text={text}
          onWrite={onWrite}
          onDone={(kept) => {
            onWrite("");
            tell(`Kept as version ${kept.version?.version ?? 0}.`);
            open(false);
            onKept(kept);
          }}
          onCancel={() => open(false)}
        />
      )}
      <p>
        {!isOpen && (
          <button
            type="button"
            class="button"
            ref={button}
            onClick={() => {
              tell(null);
              open(true);
            }}
          >
            Take back an edited file …
          </button>
        )}{" "}
        <span class="small" role="status">
          {words}
        </span>
      </p>
    </>
  );
}
