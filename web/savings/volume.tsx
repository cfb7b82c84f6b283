import { SaveRows } from "../design/save-as.tsx";
import { Table } from "../design/table.tsx";
import { money, NONE, share } from "../format.ts";
import type { Savings } from "../types.ts";
import { cellWords, hours } from "./words.ts";

interface Props {
  readonly figures: NonNullable<Savings["figures"]>;
  readonly currency: string;
}

/** What is lost held against what was delivered, beside the headline and never instead of it. Nothing where no unit was declared that is counted. */
export function Volume({ figures: { volumeAdjusted, headline }, currency }: Props) {
  if (volumeAdjusted === null) return null;
  const { before, now, linked, lacking, ...held } = volumeAdjusted;
  const rows = [
    { name: "Saved, of the baseline cost", value: cellWords(held.share, share) },
    { name: "Hours of L1 to L4", value: cellWords(held.hours, hours) },
    { name: "What they are worth", value: cellWords(held.money, (value) => money(value, currency)) },
    { name: "The headline, gross, held against capacity", value: cellWords(headline?.gross ?? null, share) },
  ];
  return (
    <section class="section">
      <h2>Held against what was delivered</h2>
      <div class="panel">
        <p>
          The baseline counts linked issues: {Math.round(before)} were delivered in as many days before, {now} now.{" "}
          {lacking === null
            ? "What an issue lost before, times the issues of now, less what is lost now. It stands beside the headline and never instead of it, and says nothing of what caused it."
            : `Nothing is held against them. ${lacking}`}
        </p>
        {lacking === null && (
          <Table
            caption="Held against linked issues"
            columns={[
              { title: "Figure", align: "start", cell: ({ name }) => name, sortBy: null },
              { title: "P10 to P90", align: "end", cell: ({ value }) => value, sortBy: null },
            ]}
            rows={rows}
            keyOf={({ name }) => name}
          />
        )}
        <p class="small muted">
          An issue counts once, with the first change that closes it, however many changes it is cut into. Of the
          changes that were deployed {known(linked.before)} closed one before and {known(linked.now)} do now. Issues
          that are cut smaller, too, would move it.
        </p>
        {lacking === null && (
          <SaveRows name="savings-volume" title="Held against linked issues" rows={[volumeAdjusted]} />
        )}
      </div>
    </section>
  );
}

function known(part: number | null): string {
  return part === null ? NONE : share(part);
}
