import { useState } from "preact/hooks";

import type { Filters } from "../filters.ts";
import { useReply } from "../use-reply.ts";

interface Props {
  readonly filters: Filters;
  readonly revision: number;
}

type Stage = "pickup" | "review" | "open";

const STAGES: Readonly<Record<Stage, string>> = {
  pickup: "waits for a review",
  review: "is in review",
  open: "is open",
};

/** What a team may promise itself, and how often it would have been told: before it agrees, and without anybody's name. */
export function TryAgreement({ filters: { scope, service }, revision }: Props) {
  const [stage, choose] = useState<Stage>("pickup");
  const [hours, enter] = useState("24");
  const whose = { ...(scope !== null && { scope }), ...(service !== null && { service }) };
  const isHours = Number(hours) > 0 && Number(hours) <= 8784;
  const { reply, isStale } = useReply(
    "/api/agreement",
    isHours ? { ...whose, stage, hours: Number(hours) } : null,
    revision,
  );
  return (
    <section class="section">
      <h2>A working agreement</h2>
      <p>
        <label class="field">
          No change
          <select value={stage} onChange={({ currentTarget: { value } }) => choose(stageOf(value))}>
            {Object.entries(STAGES).map(([id, words]) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </select>
        </label>{" "}
        <label class="field">
          longer than
          <input
            type="number"
            min={1}
            max={8784}
            value={hours}
            onInput={({ currentTarget }) => enter(currentTarget.value)}
          />
          hours.
        </label>
      </p>
      <p aria-live="polite" class={isStale ? "stale" : ""}>
        {isHours ? (reply?.words ?? "\u00a0") : "Say after how many hours it would be broken."}
      </p>
      <details>
        <summary>Have it told to the team</summary>
        <p>Under a place in headway.yaml, and from then on that place is told each day what broke it:</p>
        <pre>
          <code>{`digests:\n  - to: slack\n    webhook: \${SLACK_WEBHOOK}\n    scope: ${whoseText(scope, service)}\n    agreement: { stage: ${stage}, hours: ${isHours ? hours : "24"} }`}</code>
        </pre>
      </details>
    </section>
  );
}

function stageOf(text: string): Stage {
  return text === "review" || text === "open" ? text : "pickup";
}

function whoseText(scope: string | null, service: string | null): string {
  return service === null ? (scope ?? "organisation") : `service:${service}`;
}
