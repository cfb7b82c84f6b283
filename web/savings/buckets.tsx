import { SaveRows } from "../design/save-as.tsx";
import { Table } from "../design/table.tsx";
import { plural, share } from "../format.ts";
import { BUCKETS } from "../programme/assumed-words.ts";
import type { Savings } from "../types.ts";

/** Where hours go: each in one bucket, so that no hour is saved twice. */
export function Buckets({
  buckets: { before, now, error, studies },
}: {
  readonly buckets: NonNullable<Savings["figures"]>["buckets"];
}) {
  const rows = BUCKETS.map((name) => ({ name: name.replaceAll("-", " "), before: before[name], now: now[name] }));
  return (
    <section class="section">
      <h2>Where hours go</h2>
      <div class="panel">
        <p>
          Estimated from activity; each hour is in one bucket.{" "}
          {error === null
            ? "Nobody has held that against a time study yet."
            : `Against ${plural(studies, "time study or survey")} it is off by ${share(error)} of all hours on average.`}
        </p>
        <Table
          caption="Where hours go"
          columns={[
            { title: "Bucket", align: "start", cell: ({ name }) => name, sortBy: ({ name }) => name },
            { title: "Before", align: "end", cell: (row) => share(row.before), sortBy: (row) => row.before },
            { title: "Now", align: "end", cell: (row) => share(row.now), sortBy: (row) => row.now },
          ]}
          rows={rows}
          keyOf={({ name }) => name}
        />
        <SaveRows name="savings-buckets" title="Where hours go" rows={rows} />
      </div>
    </section>
  );
}
