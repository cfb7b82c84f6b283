import { Notice } from "../design/notice.tsx";
import type { Connected } from "../types.ts";
import { bodyOf, type Choice } from "./choose-step.tsx";
import { useCommand } from "./use-command.ts";
import { Written } from "./written.tsx";

interface Props {
  readonly held: string;
  readonly choice: Choice;
  readonly preview: Connected;
  readonly onBack: () => void;
  readonly onSaved: (reply: Connected) => void;
}

export function ReviewStep({ held, choice, preview, onBack, onSaved }: Props) {
  const { isBusy, problem, run } = useCommand("/api/connect");
  return (
    <div class="steps">
      <Written reply={preview} />
      {preview.outlook.length > 0 && (
        <div class="section">
          <h3>What this counts, looked up at the host</h3>
          <ul class="notices small">
            {preview.outlook.map(({ repository, words }) => (
              <li key={repository} class="source-text">
                <strong>{repository}</strong>: {words}
              </li>
            ))}
          </ul>
        </div>
      )}
      {problem !== null && <Notice level="warning" title={problem} />}
      <div class="actions">
        <button type="button" class="button" onClick={onBack}>
          Back
        </button>
        <button
          type="button"
          class="button primary"
          disabled={isBusy}
          onClick={() => run(bodyOf(held, choice, true), onSaved)}
        >
          {isBusy ? "Saving …" : "Save and collect"}
        </button>
      </div>
    </div>
  );
}
