import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

interface Props {
  readonly summary: ComponentChildren;
  readonly children: () => ComponentChildren;
}

/** Something more to see, made when somebody unfolds it, so that a page of many tables is light. */
export function Unfold({ summary, children }: Props) {
  const [wasOpen, remember] = useState(false);
  return (
    <details
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) remember(true);
      }}
    >
      <summary class="small muted">{summary}</summary>
      {wasOpen && children()}
    </details>
  );
}
