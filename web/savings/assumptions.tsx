import { Go } from "../design/go.tsx";
import { SaveRows } from "../design/save-as.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { decimal } from "../format.ts";
import type { Savings } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { assumedTitle, assumedValue } from "./words.ts";

interface Props {
  readonly figures: NonNullable<Savings["figures"]>;
  readonly currency: string;
  readonly revision: number;
}

/** Everything it was reckoned with: beliefs, each with its range and who stands for it. */
export function Assumptions({ figures: { assumptions }, currency, revision }: Props) {
  const guessed = assumptions.filter(({ source }) => source === null).length;
  return (
    <section class="section">
      <h2>Assumptions</h2>
      <div class="panel">
        <p>
          {guessed === 0
            ? "Somebody stands for each of them."
            : `Nobody stated ${guessed} of them: usual values stand in.`}{" "}
          <Go to="backbone">Change them on Backbone</Go>, where each change is kept with who made it and why.
        </p>
        <Table
          caption="Assumptions"
          columns={[
            { title: "Assumption", align: "start", cell: assumedTitle, sortBy: assumedTitle },
            {
              title: "Value",
              align: "end",
              cell: ({ value, unit }) => <span class="nowrap">{assumedValue(value, unit, currency)}</span>,
              sortBy: null,
            },
            {
              title: "Range",
              align: "end",
              cell: ({ low, high, unit }) => (
                <span class="nowrap">
                  {assumedValue(low, unit, currency)} to {assumedValue(high, unit, currency)}
                </span>
              ),
              sortBy: null,
            },
            {
              title: "Source",
              align: "start",
              cell: ({ source }) => source ?? <span class="muted">nobody said; usual value</span>,
              sortBy: ({ source }) => source ?? "",
            },
            { title: "Owner", align: "start", cell: ({ owner }) => owner ?? "", sortBy: ({ owner }) => owner ?? "" },
            {
              title: "From",
              align: "start",
              cell: ({ validFrom }) => <span class="nowrap">{validFrom ?? ""}</span>,
              sortBy: ({ validFrom }) => validFrom ?? "",
            },
          ]}
          rows={assumptions}
          keyOf={({ what, of }) => `${what} ${of ?? ""}`}
        />
        <Unfold summary="How they were before">{() => <Earlier revision={revision} />}</Unfold>
        <SaveRows name="savings-assumptions" title="Assumptions" rows={assumptions} />
      </div>
    </section>
  );
}

/** Every entry of the programme, also those that later ones took the place of. */
function Earlier({ revision }: { readonly revision: number }) {
  const { reply } = useReply("/api/programme", {}, revision);
  if (reply === null) return <Skeleton label="Reading the assumptions" kind="row" count={2} />;
  const rows = reply.programme.assumptions.toSorted(
    (a, b) =>
      a.what.localeCompare(b.what) || (a.of ?? "").localeCompare(b.of ?? "") || a.validFrom.localeCompare(b.validFrom),
  );
  if (rows.length === 0) return <p class="muted">Nobody has stated any.</p>;
  return (
    <Table
      caption="Assumptions and when they held"
      columns={[
        {
          title: "Assumption",
          align: "start",
          cell: ({ what, of }) => assumedTitle({ title: what, of }),
          sortBy: null,
        },
        { title: "From", align: "start", cell: ({ validFrom }) => validFrom, sortBy: null },
        { title: "Value", align: "end", cell: ({ value }) => decimal(value), sortBy: null },
        { title: "Range", align: "end", cell: ({ low, high }) => `${decimal(low)} to ${decimal(high)}`, sortBy: null },
        { title: "Source", align: "start", cell: ({ source }) => source, sortBy: null },
        { title: "Owner", align: "start", cell: ({ owner }) => owner, sortBy: null },
      ]}
      rows={rows}
      keyOf={({ id }) => id}
    />
  );
}
