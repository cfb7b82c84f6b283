import { useState } from "preact/hooks";

import { Fold } from "../design/fold.tsx";
import { type Column, Table } from "../design/table.tsx";
import { moment, money, plural } from "../format.ts";
import type { Programme } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { List } from "./fields.ts";
import { ELEMENT_WORDS } from "./fields.ts";
import type { Edited } from "./thing-form.tsx";

export interface ListProps {
  readonly page: Programme;
  readonly mayEdit: boolean;
  readonly onEdit: (edited: Edited) => void;
}

/** Things of one list, each a line that opens its form. */
interface OfList<T extends object> extends ListProps {
  readonly list: List;
  readonly title: string;
  readonly add: string;
  readonly things: readonly T[];
  readonly nameOf: (thing: T) => string;
  readonly columns: readonly Column<T>[];
}

export function Things<T extends object>(props: OfList<T>) {
  const { list, title, add, things, nameOf, columns, mayEdit, onEdit } = props;
  const name: Column<T> = {
    title: "What",
    align: "start",
    cell: (thing) =>
      mayEdit ? (
        <button
          type="button"
          class="quiet title-cell"
          onClick={() => onEdit({ list, thing, given: {}, title: nameOf(thing) })}
        >
          {nameOf(thing)}
        </button>
      ) : (
        nameOf(thing)
      ),
    sortBy: nameOf,
  };
  return (
    <section class="section">
      <h2>{title}</h2>
      {things.length === 0 ? (
        <p class="muted">None yet.</p>
      ) : (
        <div class="panel">
          <Table caption={title} columns={[name, ...columns]} rows={things} keyOf={nameOf} />
        </div>
      )}
      {mayEdit && (
        <p>
          <button
            type="button"
            class="button"
            onClick={() => onEdit({ list, thing: null, given: {}, title: `${add.replace(/ …$/, "")}` })}
          >
            {add}
          </button>
        </p>
      )}
    </section>
  );
}

export function UseCases(props: ListProps) {
  const { programme } = props.page;
  const { currency } = programme;
  return (
    <Things
      {...props}
      list="useCases"
      title="Use cases"
      add="Add a use case …"
      things={programme.useCases}
      nameOf={({ title }) => title}
      columns={[
        { title: "Owner", align: "start", cell: ({ owner }) => owner, sortBy: ({ owner }) => owner },
        {
          title: "Worth a year",
          align: "end",
          cell: ({ value }) => (
            <span class="nowrap">
              {money(value.likely, currency)}{" "}
              <span class="muted">
                {money(value.low, currency)} to {money(value.high, currency)}
              </span>
            </span>
          ),
          sortBy: ({ value }) => value.likely,
        },
        {
          title: "Needs",
          align: "start",
          cell: ({ elements }) => elements.map((one) => ELEMENT_WORDS[one]).join(", "),
          sortBy: null,
        },
        {
          title: "Of",
          align: "start",
          cell: ({ systems }) => (systems.length === 0 ? "every system" : systems.join(", ")),
          sortBy: null,
        },
        { title: "By", align: "start", cell: ({ by }) => by, sortBy: ({ by }) => by },
      ]}
    />
  );
}

export function Consents(props: ListProps) {
  const { programme } = props.page;
  const title = (id: string): string =>
    id === "programme"
      ? "the programme"
      : ([...programme.waves, ...programme.initiatives].find((one) => one.id === id)?.title ?? id);
  return (
    <Things
      {...props}
      list="consents"
      title="Consent"
      add="Add a consent …"
      things={programme.consents}
      nameOf={({ party, about, day }) => `${party}: ${title(about)}, ${day}`}
      columns={[
        { title: "Answer", align: "start", cell: ({ answer }) => answer, sortBy: ({ answer }) => answer },
        {
          title: "Saw",
          align: "start",
          cell: ({ snapshot }) =>
            snapshot === null ? "nothing that was frozen" : <code>{snapshot.slice(0, 12)}</code>,
          sortBy: null,
        },
      ]}
    />
  );
}

export function Interventions(props: ListProps) {
  const { programme } = props.page;
  return (
    <Things
      {...props}
      list="interventions"
      title="Interventions"
      add="Add an intervention …"
      things={programme.interventions}
      nameOf={({ title }) => title}
      columns={[
        { title: "Kind", align: "start", cell: ({ kind }) => kind, sortBy: ({ kind }) => kind },
        { title: "Teams", align: "start", cell: ({ teams }) => teams.join(", "), sortBy: null },
        { title: "From, to", align: "start", cell: ({ from, to }) => `${from}, ${to}`, sortBy: ({ from }) => from },
        {
          title: "Cost",
          align: "end",
          cell: ({ cost }) => money(cost, programme.currency),
          sortBy: ({ cost }) => cost,
        },
      ]}
    />
  );
}

/** Every version: who changed what, and how. */
export function History({ zone, revision }: { readonly zone: string; readonly revision: number }) {
  const [isOpen, open] = useState(false);
  const { reply } = useReply("/api/programme/history", isOpen ? {} : null, revision);
  return (
    <Fold title="History" words="who changed what, and when" isOpen={isOpen} onTurn={() => open(!isOpen)}>
      <ul>
        {(reply ?? []).map(({ version, actor, madeAt, reason, differences }) => (
          <li key={version}>
            Version {version}, {moment(madeAt, zone)}, {actor}
            {reason !== null && ` (${reason})`}:{" "}
            {differences.length > 3
              ? plural(differences.length, "difference")
              : differences.map(({ verb, list, key }) => `${verb} ${key === list ? list : key}`).join("; ")}
          </li>
        ))}
      </ul>
    </Fold>
  );
}

/** The same as text, to keep beside a steering deck or to edit at once. */
export function AsFile({ revision }: { readonly revision: number }) {
  const [isOpen, open] = useState(false);
  const { reply } = useReply("/api/programme/file", isOpen ? {} : null, revision);
  return (
    <Fold title="As a file" words="all of it as YAML" isOpen={isOpen} onTurn={() => open(!isOpen)}>
      <p>
        <code>headway programme import programme.yaml --dry-run</code> says what an edited file would change. Where
        Headway does not run with <code>headway.yaml</code> of the folder you are in, add <code>--config FILE</code>,
        for the demo <code>--config data/demo/headway.yaml</code>.
      </p>
      <pre class="scroller" tabIndex={0}>
        {reply?.text ?? ""}
      </pre>
    </Fold>
  );
}
