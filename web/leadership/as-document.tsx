import { useState } from "preact/hooks";

import { ApiError, ask } from "../api.ts";
import { saveText } from "../export.ts";
import { againstOf, type Filters, lookOf } from "../filters.ts";

interface Props {
  readonly filters: Filters;
  readonly window: { readonly from: string; readonly to: string };
}

const FORMATS = [
  { format: "md", title: "Markdown", type: "text/markdown" },
  { format: "html", title: "HTML", type: "text/html" },
] as const;

/** The page as a document for a steering deck, in the words that stand here. */
export function AsDocument({ filters, window }: Props) {
  const [trouble, tell] = useState<string | null>(null);
  const take = async ({ format, type }: (typeof FORMATS)[number]): Promise<void> => {
    const query = { ...window, ...lookOf(filters), ...againstOf(filters), format };
    try {
      const { name, text } = await ask("/api/leadership/sheet", query, new AbortController().signal);
      saveText(name, text, type);
      tell(null);
    } catch (error) {
      tell(error instanceof ApiError ? error.message : "The document could not be made.");
    }
  };
  return (
    <div class="tools" role="group" aria-label="Save the page as">
      <span class="muted">Save the page as</span>
      {FORMATS.map((one) => (
        <button key={one.format} type="button" class="quiet" onClick={() => void take(one)}>
          {one.title}
        </button>
      ))}
      <button type="button" class="quiet" onClick={() => globalThis.print()}>
        Print or PDF
      </button>
      {trouble !== null && <span role="alert">{trouble}</span>}
    </div>
  );
}
