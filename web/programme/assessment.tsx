import { useMay } from "../access/me.ts";
import { type Column, Table } from "../design/table.tsx";
import type { Programme } from "../types.ts";
import { ELEMENT_WORDS } from "./fields.ts";
import type { Edited } from "./thing-form.tsx";

interface Props {
  readonly page: Programme;
  readonly onEdit: (edited: Edited) => void;
}

type Row = Programme["systems"][number];
type Cell = Row["cells"][number];

/** Where a column or a form begins with it. */
function titleOf(element: Cell["element"]): string {
  const words = ELEMENT_WORDS[element];
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Systems × elements: what stands in the way, in words, and what nobody looked at as a question mark. */
export function Assessment({ page, onEdit }: Props) {
  const mayEdit = useMay("/api/programme/set");
  const { systems, looked } = page;
  return (
    <section class="section">
      <h2>Assessment</h2>
      <p class="muted">
        {looked.known} of {looked.of} parts were looked at. What nobody looked at is unknown, not fine.
      </p>
      {systems.length > 0 && (
        <div class="panel">
          <Table
            caption="Systems and elements of the backbone"
            columns={columns(page, mayEdit, onEdit)}
            rows={systems}
            keyOf={({ system }) => system}
          />
        </div>
      )}
      {mayEdit && (
        <p>
          <button
            type="button"
            class="button"
            onClick={() => onEdit({ list: "systems", thing: null, given: {}, title: "A new system" })}
          >
            Add a system …
          </button>
        </p>
      )}
    </section>
  );
}

function columns(page: Programme, mayEdit: boolean, onEdit: Props["onEdit"]): readonly Column<Row>[] {
  const [first] = page.systems;
  const elements = first?.cells.map(({ element }) => element) ?? [];
  return [
    {
      title: "System",
      align: "start",
      cell: ({ system }) => <Name system={system} page={page} mayEdit={mayEdit} onEdit={onEdit} />,
      sortBy: ({ system }) => system,
    },
    ...elements.map((element, index): Column<Row> => ({
      title: titleOf(element),
      align: "start",
      cell: (row) => {
        const cell = row.cells[index];
        return cell === undefined ? null : <Gap row={row} cell={cell} mayEdit={mayEdit} onEdit={onEdit} />;
      },
      sortBy: null,
    })),
  ];
}

function Name({ system, page, mayEdit, onEdit }: Props & { readonly system: string; readonly mayEdit: boolean }) {
  const thing = page.programme.systems.find(({ name }) => name === system);
  if (thing === undefined || !mayEdit) return <>{system}</>;
  return (
    <button
      type="button"
      class="quiet"
      onClick={() => onEdit({ list: "systems", thing, given: {}, title: `The system ${system}` })}
    >
      {system}
    </button>
  );
}

interface GapProps {
  readonly row: Row;
  readonly cell: Cell;
  readonly mayEdit: boolean;
  readonly onEdit: Props["onEdit"];
}

function Gap({ row, cell: { element, finding }, mayEdit, onEdit }: GapProps) {
  const words = finding === null ? "?" : finding.gap;
  const told = finding === null ? "nobody looked" : `${finding.gap}: ${finding.evidence}`;
  if (!mayEdit)
    return (
      <span class={`gap gap-${words}`} title={told}>
        {words}
      </span>
    );
  return (
    <button
      type="button"
      class={`button gap gap-${finding?.gap ?? "unknown"}`}
      title={told}
      aria-label={`${titleOf(element)} of ${row.system}: ${told}`}
      onClick={() =>
        onEdit({
          list: "assessment",
          thing: finding,
          given: { system: row.system, element },
          title: `${titleOf(element)} of ${row.system}`,
        })
      }
    >
      {words}
    </button>
  );
}
