import { useState } from "preact/hooks";

import { Fold } from "../design/fold.tsx";
import { moment, money, plural } from "../format.ts";
import { useReply } from "../use-reply.ts";
import { Go } from "../design/go.tsx";
import type { Desk } from "./desk.tsx";
import { ELEMENT_WORDS } from "./field.ts";
import { Things } from "./things.tsx";

export function UseCases({ desk }: { readonly desk: Desk }) {
  const { programme } = desk.page;
  const { currency } = programme;
  return (
    <Things
      desk={desk}
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

export function Consents({ desk }: { readonly desk: Desk }) {
  const { programme } = desk.page;
  const title = (id: string): string =>
    id === "programme"
      ? "the programme"
      : ([...programme.waves, ...programme.initiatives].find((one) => one.id === id)?.title ?? id);
  return (
    <Things
      desk={desk}
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
          cell: ({ snapshot }) => <Saw snapshot={snapshot} desk={desk} />,
          sortBy: null,
        },
      ]}
    />
  );
}

/** A review is a click away; what nobody knows here is told by its hash. */
function Saw({ snapshot, desk }: { readonly snapshot: string | null; readonly desk: Desk }) {
  if (snapshot === null) return <>nothing that was frozen</>;
  if (desk.snapshots === null) return <span class="muted">…</span>;
  const known = desk.snapshots.find(({ value }) => value === snapshot);
  return known === undefined ? <code>{snapshot.slice(0, 12)}</code> : <Go to={known.link}>{known.words}</Go>;
}

export function Interventions({ desk }: { readonly desk: Desk }) {
  const { programme } = desk.page;
  return (
    <Things
      desk={desk}
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
    <Fold id="history" title="History" words="who changed what, and when" isOpen={isOpen} onTurn={() => open(!isOpen)}>
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
