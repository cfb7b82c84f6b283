import { type Cell, cellsOf, csv, save, saveText } from "../export.ts";

interface Props {
  /** Of the files, without what follows the point. */
  readonly name: string;
  /** Of what is saved, as people call it. */
  readonly title: string;
  readonly csv: () => readonly (readonly Cell[])[];
  readonly json: () => unknown;
  /** The chart as a picture; `null` where there is none. */
  readonly image: (() => Promise<Blob | null>) | null;
  /** Where all of it is, of which the panel shows a part. */
  readonly whole: { readonly words: string; readonly href: string } | null;
}

/** What a panel shows, as files. */
export function SaveAs({ name, title, csv: cells, json, image, whole }: Props) {
  const savePicture = async (): Promise<void> => {
    const picture = image === null ? null : await image();
    if (picture !== null) save(`${name}.png`, picture);
  };
  return (
    <span class="tools" role="group" aria-label={`Save ${title} as`}>
      <span class="muted">Save as</span>
      <button type="button" class="quiet" onClick={() => saveText(`${name}.csv`, csv(cells()), "text/csv")}>
        CSV
      </button>
      <button
        type="button"
        class="quiet"
        onClick={() => saveText(`${name}.json`, JSON.stringify(json(), null, 2), "application/json")}
      >
        JSON
      </button>
      {image !== null && (
        <button type="button" class="quiet" onClick={() => void savePicture()}>
          PNG
        </button>
      )}
      {whole !== null && (
        <a href={whole.href} download>
          {whole.words}
        </a>
      )}
    </span>
  );
}

interface RowsProps {
  readonly name: string;
  readonly title: string;
  /** As the API gave them. */
  readonly rows: readonly object[];
  readonly image?: Props["image"];
}

/** The rows of a panel, as files: the foot of a panel that has a table. */
export function SaveRows({ name, title, rows, image = null }: RowsProps) {
  if (rows.length === 0) return null;
  return (
    <div class="tools card-foot">
      <SaveAs name={name} title={title} csv={() => cellsOf(rows)} json={() => rows} image={image} whole={null} />
    </div>
  );
}
