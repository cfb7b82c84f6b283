import { useCommand } from "../connect/use-command.ts";
import { Table } from "../design/table.tsx";
import { decimal, money } from "../format.ts";
import type { Ledger } from "../types.ts";
import { AskForm, numberIn } from "./form.tsx";

type Line = Ledger["lines"][number];
type Purpose = Ledger["placed"][number]["purpose"];

const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  initiative: "a backbone initiative",
  "new-value": "new value",
  training: "training",
  "less-overtime": "less overtime",
  "out-of-the-budget": "out of the budget",
  unplaced: "nowhere yet",
};
const ELSEWHERE = ["new-value", "training", "less-overtime", "out-of-the-budget"] as const;

interface Props {
  readonly line: Line;
  readonly ledger: Ledger;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Which share of a line goes where, from a month on. */
export function Fund({ line, ledger: { known, month }, onDone, onCancel }: Props) {
  const { isBusy, problem, run } = useCommand("/api/ledger/fund");
  const places = [
    ...known.initiatives.map(({ id, title }) => ({
      name: `initiative ${id}`,
      label: `% to ${title}`,
      place: { purpose: "initiative" as const, initiative: id },
    })),
    ...ELSEWHERE.map((purpose) => ({
      name: purpose,
      label: `% to ${PURPOSE_WORDS[purpose]}`,
      place: { purpose, initiative: null },
    })),
  ];
  const now = (purpose: Purpose, initiative: string | null): string => {
    const found = line.placements.find((one) => one.purpose === purpose && one.initiative === initiative);
    return found === undefined ? "" : String(found.share * 100);
  };
  return (
    <AskForm
      title={`Where it goes: ${line.title}`}
      fields={[
        { name: "fromMonth", label: "From the month", kind: "month", usual: month },
        ...places.map(({ name, label, place }) => ({
          name,
          label,
          kind: "number" as const,
          isOptional: true,
          usual: now(place.purpose, place.initiative),
        })),
      ]}
      action="Keep it"
      isBusy={isBusy}
      problem={problem}
      onCancel={onCancel}
      onSend={(entered, actor) => {
        const placements = places.flatMap(({ name, place }) => {
          const percent = numberIn(entered, name) ?? 0;
          return percent === 0 ? [] : [{ ...place, share: percent / 100 }];
        });
        run(
          { line: line.id, follows: line.placings, fromMonth: entered["fromMonth"] ?? "", placements, actor },
          onDone,
        );
      }}
    />
  );
}

/** Where savings went so far, and how much of each initiative they paid for. */
export function Funding({ ledger: { placed, initiatives, currency, known } }: { readonly ledger: Ledger }) {
  if (placed.length === 0) return null;
  const title = (id: string): string => known.initiatives.find((one) => one.id === id)?.title ?? id;
  return (
    <section class="section">
      <h2>Where it went</h2>
      <div class="panel">
        <Table
          caption="Where savings went so far, each ledger by itself"
          columns={[
            {
              title: "To",
              align: "start",
              cell: ({ purpose, initiative }) => (initiative === null ? PURPOSE_WORDS[purpose] : title(initiative)),
              sortBy: ({ purpose }) => purpose,
            },
            { title: "Ledger", align: "start", cell: ({ ledger }) => ledger, sortBy: ({ ledger }) => ledger },
            {
              title: "Money so far",
              align: "end",
              cell: ({ amount }) => money(amount, currency),
              sortBy: ({ amount }) => amount,
            },
            { title: "Hours so far", align: "end", cell: ({ hours }) => decimal(hours), sortBy: ({ hours }) => hours },
          ]}
          rows={placed}
          keyOf={({ ledger, purpose, initiative }) => `${ledger} ${purpose} ${initiative ?? ""}`}
        />
      </div>
      {initiatives.length > 0 && (
        <div class="panel">
          <Table
            caption="What each initiative cost, and how much of it savings paid for"
            columns={[
              { title: "Initiative", align: "start", cell: (one) => one.title, sortBy: (one) => one.title },
              {
                title: "Cost so far",
                align: "end",
                cell: ({ spent }) => money(spent, currency),
                sortBy: ({ spent }) => spent,
              },
              {
                title: "Paid by cash saved",
                align: "end",
                cell: ({ paid }) => money(paid, currency),
                sortBy: ({ paid }) => paid,
              },
              { title: "Hours released for it", align: "end", cell: ({ hours }) => decimal(hours), sortBy: null },
            ]}
            rows={initiatives}
            keyOf={({ id }) => id}
          />
        </div>
      )}
    </section>
  );
}
