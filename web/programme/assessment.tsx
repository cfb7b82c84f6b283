import { type Column, Table } from "../design/table.tsx";
import type { Programme } from "../types.ts";
import { ELEMENT_WORDS } from "./field.ts";
import { Add, type Desk, isOpenAt, isMarked, Opener } from "./desk.tsx";

interface Props {
  readonly desk: Desk;
}

type Row = Programme["systems"][number];
type Cell = Row["cells"][number];

/** Where a column or a form begins with it. */
function titleOf(element: Cell["element"]): string {
  const words = ELEMENT_WORDS[element];
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Systems × elements: what stands in the way, in words, and what nobody looked at as a question mark. */
export function Assessment({ desk }: Props) {
  const { systems, looked } = desk.page;
  return (
    <section class="section" aria-labelledby="assessment">
      <h2 id="assessment">Assessment</h2>
      <p class="muted">
        {looked.known} of {looked.of} parts were looked at. What nobody looked at is unknown, not fine.
      </p>
      {systems.length > 0 && (
        <div class="panel">
          <Table
            caption="Systems and elements of the backbone"
            columns={columns(desk)}
            rows={systems}
            keyOf={({ system }) => system}
            isMarked={({ system }) => isMarked(desk, `systems ${system}`)}
            below={(row) => (placesOf(row).some((place) => isOpenAt(desk, place)) ? desk.form : null)}
          />
        </div>
      )}
      <Add desk={desk} list="systems" title="A new system" words="Add a system …" />
      <p class="small" role="status">
        {desk.left?.from.startsWith("assessment ") === true ? desk.left.words : null}
      </p>
    </section>
  );
}

/** Its own, and that of each of its parts. */
function placesOf({ system, cells }: Row): readonly string[] {
  return [`systems ${system}`, ...cells.map(({ element }) => `assessment ${system} ${element}`)];
}

function columns(desk: Desk): readonly Column<Row>[] {
  const [first] = desk.page.systems;
  const elements = first?.cells.map(({ element }) => element) ?? [];
  return [
    {
      title: "System",
      align: "start",
      cell: ({ system }) => <Name system={system} desk={desk} />,
      sortBy: ({ system }) => system,
    },
    ...elements.map((element, index): Column<Row> => ({
      title: titleOf(element),
      align: "start",
      cell: (row) => {
        const cell = row.cells[index];
        return cell === undefined ? null : <Gap row={row} cell={cell} desk={desk} />;
      },
      sortBy: null,
    })),
  ];
}

function Name({ system, desk }: Props & { readonly system: string }) {
  if (!desk.mayEdit) return <>{system}</>;
  // One that only the configuration knows can be told more of as well.
  const thing = desk.page.programme.systems.find(({ name }) => name === system) ?? null;
  return (
    <Opener
      desk={desk}
      list="systems"
      thing={thing}
      given={thing === null ? { name: system } : {}}
      title={`The system ${system}`}
      place={`systems ${system}`}
      class="quiet"
    >
      {system}
    </Opener>
  );
}

interface GapProps extends Props {
  readonly row: Row;
  readonly cell: Cell;
}

function Gap({ row: { system }, cell: { element, finding }, desk }: GapProps) {
  const words = finding === null ? "?" : finding.gap;
  const told =
    finding === null ? "nobody looked" : [finding.gap, finding.evidence].filter((one) => one !== "").join(": ");
  if (!desk.mayEdit)
    return (
      <span class={`gap gap-${words}`} title={told}>
        {words}
      </span>
    );
  const title = `${titleOf(element)} of ${system}`;
  const place = `assessment ${system} ${element}`;
  return (
    <Opener
      desk={desk}
      list="assessment"
      thing={finding}
      given={{ system, element }}
      title={title}
      place={place}
      class={`button gap gap-${finding?.gap ?? "unknown"}${isMarked(desk, place) ? " marked" : ""}`}
      hint={told}
      label={`${title}: ${told}`}
    >
      {words}
    </Opener>
  );
}

/** The next part that nobody looked at, in the order of the table, from a place on and round again; `null`: all are known. */
export function nextUnknown(
  systems: Programme["systems"],
  from: { readonly system: string; readonly element: string },
): { readonly system: string; readonly element: Cell["element"]; readonly title: string } | null {
  const all = systems.flatMap(({ system, cells }) => cells.map((cell) => ({ system, ...cell })));
  const at = all.findIndex(({ system, element }) => system === from.system && element === from.element);
  const next = [...all.slice(at + 1), ...all.slice(0, at)].find(({ finding }) => finding === null);
  return next === undefined
    ? null
    : { system: next.system, element: next.element, title: `${titleOf(next.element)} of ${next.system}` };
}
