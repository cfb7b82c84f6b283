import { useState } from "preact/hooks";

import { AskForm } from "./form.tsx";

interface Looked {
  readonly counts: {
    readonly new: number;
    readonly changed: number;
    readonly same: number;
    readonly refused: number;
  };
  readonly mistakes: readonly { readonly line: number; readonly reason: string }[];
  /** What is other than before, each in words. */
  readonly changes: readonly string[];
}

interface Props {
  readonly title: string;
  readonly label: string;
  readonly isBusy: boolean;
  readonly problem: string | null;
  readonly run: (
    body: { readonly text: string; readonly save: boolean; readonly actor: string },
    take: (looked: Looked) => void,
  ) => void;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** A dry run first: what would change, or every mistake with its line. */
export function ImportCsv({ title, label, isBusy, problem, run, onDone, onCancel }: Props) {
  const [looked, look] = useState<{ readonly text: string; readonly lines: readonly string[] } | null>(null);
  return (
    <>
      <AskForm
        title={title}
        fields={[{ name: "text", label, kind: "long" }]}
        action={looked === null ? "Look at it" : "Look at it, or keep what was looked at"}
        isBusy={isBusy}
        problem={problem}
        onCancel={onCancel}
        onSend={({ text = "" }, actor) => {
          const save = looked?.text === text;
          run({ text, save, actor }, ({ counts, mistakes, changes }) => {
            if (save && mistakes.length === 0) return onDone();
            const sum = `${counts.new} new, ${counts.changed} changed, ${counts.same} same, ${counts.refused} refused.`;
            const told = [...mistakes.map(({ line, reason }) => `Line ${line}: ${reason}`), ...changes];
            look({ text: mistakes.length > 0 ? "" : text, lines: [sum, ...told] });
          });
        }}
      />
      {looked !== null && (
        <div role="status">
          <ul>
            {looked.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
