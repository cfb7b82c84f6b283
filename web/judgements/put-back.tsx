import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { useCommand } from "../connect/use-command.ts";
import { SignedForm } from "./signed-form.tsx";

interface Props {
  /** The number of the judgement. */
  readonly id: number;
  /** What is put back, for those who hear the button alone. */
  readonly what: string;
  readonly onDone: () => void;
}

/** Takes a judgement back; the journal keeps both. */
export function PutBack({ id, what, onDone }: Props) {
  const [isOpen, open] = useState(false);
  const { isBusy, problem, run } = useCommand("/api/judgements/reverse");
  const isAllowed = useMay("/api/judgements/reverse");
  if (!isAllowed) return null;
  if (!isOpen)
    return (
      <button type="button" class="button" aria-label={`Put back ${what}`} onClick={() => open(true)}>
        Put back
      </button>
    );
  return (
    <div class="decide">
      <SignedForm
        action="Put back"
        isBusy={isBusy}
        problem={problem}
        onCancel={() => open(false)}
        onSign={(signed) =>
          run({ id, ...signed }, () => {
            open(false);
            onDone();
          })
        }
      />
    </div>
  );
}
