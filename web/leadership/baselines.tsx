import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { baselinesChanged, useBaselines } from "../baselines.ts";
import { useCommand } from "../connect/use-command.ts";
import { SaveRows } from "../design/save-as.tsx";
import { Go } from "../design/go.tsx";
import { type Column, Table } from "../design/table.tsx";
import { type Filters, link } from "../filters.ts";
import { moment, period } from "../format.ts";
import { SignedForm } from "../judgements/signed-form.tsx";
import { go } from "../router.ts";
import type { BaselineEntry } from "../types.ts";
import { FreezeForm } from "./freeze-form.tsx";

interface Props {
  readonly filters: Filters;
  readonly zone: string;
}

/** Everything that was ever frozen, and the form that freezes more. */
export function Baselines({ filters, zone }: Props) {
  const baselines = useBaselines();
  return (
    <section class="section baselines-list">
      <h2 id="baselines">Baselines</h2>
      <FreezeForm filters={filters} />
      {baselines === null || baselines.length === 0 ? (
        <p class="muted">Nothing is frozen yet.</p>
      ) : (
        <div class="panel">
          <Table
            caption="Baselines, newest first"
            columns={columns(filters, zone)}
            rows={baselines}
            keyOf={({ name }) => name}
          />
          <SaveRows name="baselines" title="Baselines" rows={baselines} />
        </div>
      )}
    </section>
  );
}

function columns(filters: Filters, zone: string): Column<BaselineEntry>[] {
  return [
    { title: "Name", align: "start", cell: (one) => <Name one={one} filters={filters} />, sortBy: ({ name }) => name },
    {
      title: "Of",
      align: "start",
      cell: ({ scope, service }) =>
        service === null || scope === `service:${service}` ? scope : `${service}, ${scope}`,
      sortBy: ({ scope }) => scope,
    },
    {
      title: "Days",
      align: "start",
      cell: ({ window }) => <span class="nowrap">{period(window.from, window.to, zone)}</span>,
      sortBy: ({ window }) => window.from,
    },
    {
      title: "Frozen",
      align: "start",
      cell: ({ frozenAt, signer }) => `${moment(frozenAt, zone)}, ${signer}`,
      sortBy: ({ frozenAt }) => frozenAt,
    },
    {
      title: "Remarks",
      align: "start",
      cell: ({ reason, notes }) => <span class="why-cell">{[reason ?? "", ...notes].join(" ").trim()}</span>,
      sortBy: null,
    },
    {
      title: "SHA-256",
      align: "start",
      cell: ({ hash }) => <code title={hash}>{hash.slice(0, 12)}…</code>,
      sortBy: null,
    },
    {
      title: "In force",
      align: "start",
      cell: (one) => <InForce one={one} zone={zone} filters={filters} />,
      sortBy: null,
    },
  ];
}

/** One that can be compared with opens the page against it. */
function Name({ one: { name, withdrawal, isIntact, scope, service }, filters }: NameProps) {
  if (withdrawal !== null || !isIntact) return <span>{name}</span>;
  const group = scope.startsWith("service:") || scope === "organisation" ? null : scope;
  return <Go to={link("leadership", { ...filters, scope: group, service, against: name })}>{name}</Go>;
}

interface NameProps {
  readonly one: BaselineEntry;
  readonly filters: Filters;
}

interface InForceProps extends NameProps {
  readonly zone: string;
}

function InForce({ one: { name, withdrawal }, zone, filters }: InForceProps) {
  const [isOpen, open] = useState(false);
  const { isBusy, problem, run } = useCommand("/api/baselines/withdraw");
  const isAllowed = useMay("/api/baselines/withdraw");
  if (withdrawal !== null)
    return (
      <span class="why-cell">
        No: {withdrawal.reason} ({withdrawal.signer}, {moment(withdrawal.madeAt, zone)})
      </span>
    );
  if (!isAllowed) return <>Yes</>;
  if (!isOpen)
    return (
      <button type="button" class="button" aria-label={`Withdraw ${name} …`} onClick={() => open(true)}>
        Withdraw …
      </button>
    );
  return (
    <div class="decide">
      <SignedForm
        action="Withdraw"
        isBusy={isBusy}
        problem={problem}
        onCancel={() => open(false)}
        onSign={(signed) =>
          run({ name, ...signed }, () => {
            open(false);
            if (filters.against === name) go(link("leadership", { ...filters, against: null }));
            baselinesChanged();
          })
        }
      />
    </div>
  );
}
