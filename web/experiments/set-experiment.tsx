import "../judgements/judgements.css";

import { useState } from "preact/hooks";

import { useMay, useOwnName } from "../access/me.ts";
import { useCommand } from "../connect/use-command.ts";
import { Notice } from "../design/notice.tsx";
import type { Filters } from "../filters.ts";
import type { Definition, Scopes } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { entryOf } from "./words.ts";

interface Props {
  readonly filters: Filters;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly scopes: Scopes | null;
  readonly onDone: () => void;
}

interface Entered {
  /** As the API calls it; empty: the organisation. */
  readonly scope: string;
  readonly tries: string;
  readonly metric: string;
  /** As it is typed; empty: nothing yet. */
  readonly target: string;
  readonly weeks: number;
  readonly actor: string;
}

const NOTHING: Omit<Entered, "scope"> = { tries: "", metric: "lead-time-change", target: "", weeks: 8, actor: "" };
const WEEKS = [4, 6, 8, 12, 26];

/** Half a minute: what is tried, which number, what it is meant to become, until when. What that may show is said before it is set. */
export function SetExperiment({ filters, definitions, scopes, onDone }: Props) {
  const [entered, enter] = useState<Entered | null>(null);
  const { isBusy, problem, run } = useCommand("/api/experiments/add");
  const ownName = useOwnName();
  const isAllowed = useMay("/api/experiments/add");
  const plan = entered === null ? null : planOf(entered, definitions);
  const promise = useReply("/api/experiments/promise", plan, 0);
  if (!isAllowed) return null;
  if (entered === null)
    return (
      <p>
        <button
          type="button"
          class="button"
          onClick={() => enter({ ...NOTHING, scope: scopeOf(filters), actor: ownName ?? "" })}
        >
          Set an experiment …
        </button>
      </p>
    );
  const change = (part: Partial<Entered>): void => enter({ ...entered, ...part });
  const set = (event: Event): void => {
    event.preventDefault();
    if (plan === null) return;
    run({ ...plan, tries: entered.tries, actor: entered.actor }, () => {
      enter(null);
      onDone();
    });
  };
  return (
    <section class="decide" aria-label="A new experiment">
      <form onSubmit={set}>
        <Whose scope={entered.scope} scopes={scopes} onChoose={(scope) => change({ scope })} />
        <Text label="What do you try?" value={entered.tries} most={300} onEnter={(tries) => change({ tries })} />
        <Which entered={entered} definitions={definitions} onChange={change} />
        {ownName === null && (
          <Text label="Your name" value={entered.actor} most={80} onEnter={(actor) => change({ actor })} />
        )}
        <p aria-live="polite" class={promise.isStale ? "stale" : ""}>
          {plan === null ? "Say what it is meant to become, and you see what such an experiment may show." : null}
          {plan !== null && (promise.problem?.message ?? promise.reply?.words)}
        </p>
        {problem !== null && <Notice level="warning" title={problem} />}
        <span class="decide-buttons">
          <button type="submit" class="button" disabled={isBusy || plan === null}>
            {isBusy ? "Saving …" : "Set it"}
          </button>
          <button type="button" class="button" onClick={() => enter(null)}>
            Cancel
          </button>
        </span>
      </form>
    </section>
  );
}

interface WhoseProps {
  readonly scope: string;
  readonly scopes: Scopes | null;
  readonly onChoose: (scope: string) => void;
}

function Whose({ scope, scopes, onChoose }: WhoseProps) {
  const groups = scopes === null ? [] : [scopes.teams, scopes.systems, scopes.services];
  const titles = ["Teams", "Systems", "Services"];
  return (
    <label>
      Who tries it, from today?
      <select value={scope} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">the whole organisation</option>
        {groups.map((group, index) =>
          group.length === 0 ? null : (
            <optgroup key={index} label={titles[index] ?? ""}>
              {group.map((one) => (
                <option key={one.scope} value={one.scope}>
                  {one.name}
                </option>
              ))}
            </optgroup>
          ),
        )}
      </select>
    </label>
  );
}

interface WhichProps {
  readonly entered: Entered;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly onChange: (part: Partial<Entered>) => void;
}

function Which({ entered: { metric, target, weeks }, definitions, onChange }: WhichProps) {
  const definition = definitions.get(metric);
  return (
    <>
      <label>
        Which number?
        <select value={metric} onChange={({ currentTarget }) => onChange({ metric: currentTarget.value })}>
          {[...definitions.values()].map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        It is meant to become{definition === undefined ? "" : ` (${entryOf(definition).words})`}
        <input
          type="number"
          required
          min={0}
          step="any"
          value={target}
          onInput={({ currentTarget }) => onChange({ target: currentTarget.value })}
        />
      </label>
      <label>
        Reviewed after
        <select
          value={String(weeks)}
          onChange={({ currentTarget }) => onChange({ weeks: Number(currentTarget.value) })}
        >
          {WEEKS.map((one) => (
            <option key={one} value={String(one)}>
              {one} weeks
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly onEnter: (value: string) => void;
}

function Text({ label, value, most, onEnter }: TextProps) {
  return (
    <label>
      {label}
      <input
        type="text"
        required
        maxLength={most}
        value={value}
        onInput={({ currentTarget }) => onEnter(currentTarget.value)}
      />
    </label>
  );
}

/** What is asked and set; `null` while no target is entered. */
function planOf(
  { scope, metric, target, weeks }: Entered,
  definitions: ReadonlyMap<string, Definition>,
): { metric: string; target: number; weeks: number; scope?: string } | null {
  const definition = definitions.get(metric);
  if (definition === undefined || target.trim() === "" || !(Number(target) >= 0)) return null;
  return {
    metric,
    target: Number(target) * entryOf(definition).factor,
    weeks,
    ...(scope !== "" && { scope }),
  };
}

/** Whose page the reader came from. */
function scopeOf({ scope, service }: Filters): string {
  return service === null ? (scope ?? "") : `service:${service}`;
}
