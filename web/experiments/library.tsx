import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { useCommand } from "../connect/use-command.ts";
import { SaveRows } from "../design/save-as.tsx";
import { Go } from "../design/go.tsx";
import { type Column, Table } from "../design/table.tsx";
import { DEFAULTS, link } from "../filters.ts";
import { SignedForm } from "../judgements/signed-form.tsx";
import type { Definition, Experiment } from "../types.ts";
import { OUTCOMES, targetOf } from "./words.ts";

interface Props {
  readonly found: readonly Experiment[];
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly words: string;
  readonly onSearch: (words: string) => void;
  readonly onDone: () => void;
}

/** Everything that was ever tried, also what did not work: that is what the next team wants to know. */
export function Library({ found, definitions, words, onSearch, onDone }: Props) {
  if (found.length === 0 && words === "") return null;
  return (
    <section class="section">
      <h2>What was tried</h2>
      <p>
        <label class="field">
          Search experiments{" "}
          <input
            type="search"
            value={words}
            maxLength={200}
            onInput={({ currentTarget }) => onSearch(currentTarget.value)}
          />
        </label>
      </p>
      {found.length > 0 && (
        <div class="panel">
          <Table
            caption="Experiments, newest first"
            columns={columns(definitions, onDone)}
            rows={found}
            keyOf={({ id }) => String(id)}
          />
          <SaveRows name="experiments" title="Experiments" rows={found} />
        </div>
      )}
    </section>
  );
}

function columns(definitions: ReadonlyMap<string, Definition>, onDone: () => void): readonly Column<Experiment>[] {
  return [
    {
      title: "What was tried",
      align: "start",
      cell: ({ tries }) => <span class="title-cell">{tries}</span>,
      sortBy: ({ tries }) => tries,
    },
    { title: "For", align: "start", cell: ({ scope }) => scope, sortBy: ({ scope }) => scope },
    {
      title: "To become",
      align: "start",
      cell: (one) => <Meant one={one} definition={definitions.get(one.metric)} />,
      sortBy: null,
    },
    {
      title: "From, to",
      align: "start",
      cell: ({ start, review }) => (
        <>
          <span class="nowrap">{start}</span> <span class="nowrap">{review}</span>
        </>
      ),
      sortBy: ({ start }) => start,
    },
    {
      title: "What came of it",
      align: "start",
      cell: (one) => (
        <span class="why-cell">
          <strong>{OUTCOMES[one.outcome]}.</strong>{" "}
          {one.words.replace(/^(Worked|Worse|No difference|Too early|Withdrawn): /, "")} <Rows one={one} />
        </span>
      ),
      sortBy: ({ outcome }) => OUTCOMES[outcome],
    },
    { title: "By", align: "start", cell: ({ actor }) => actor, sortBy: null },
    {
      title: "Give up",
      align: "start",
      cell: (one) => (one.outcome === "running" ? <Withdraw one={one} onDone={onDone} /> : null),
      sortBy: null,
    },
  ];
}

function Meant({ one, definition }: { readonly one: Experiment; readonly definition: Definition | undefined }) {
  if (definition === undefined) return <>{one.metric}</>;
  return (
    <span class="why-cell">
      {definition.title}: {targetOf(definition, one.target)}
      {one.usual !== null && `, from ${targetOf(definition, one.usual)}`}
    </span>
  );
}

/** The rows behind both windows. */
function Rows({ one: { metric, scope, after, before, outcome } }: { readonly one: Experiment }) {
  if (outcome === "running" || outcome === "withdrawn") return null;
  const whose = scope === "organisation" ? {} : scope.startsWith("service:") ? { service: scope.slice(8) } : { scope };
  const to = (window: Experiment["after"]): string => link("rows", { ...DEFAULTS, ...whose, ...window }, { metric });
  return (
    <span class="nowrap">
      <Go to={to(before)}>Rows before</Go> · <Go to={to(after)}>after</Go>
    </span>
  );
}

function Withdraw({ one, onDone }: { readonly one: Experiment; readonly onDone: () => void }) {
  const [isOpen, open] = useState(false);
  const { isBusy, problem, run } = useCommand("/api/experiments/withdraw");
  const isAllowed = useMay("/api/experiments/withdraw");
  if (!isAllowed) return null;
  if (!isOpen)
    return (
      <button type="button" class="button" aria-label={`Give up ${one.tries} …`} onClick={() => open(true)}>
        Give up …
      </button>
    );
  return (
    <div class="decide">
      <SignedForm
        action="Give it up"
        isBusy={isBusy}
        problem={problem}
        onCancel={() => open(false)}
        onSign={(signed) => run({ id: one.id, ...signed }, onDone)}
      />
    </div>
  );
}
