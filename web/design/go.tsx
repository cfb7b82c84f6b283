import type { ComponentChildren } from "preact";

interface Props {
  readonly to: string;
  readonly class?: string | undefined;
  readonly current?: "page" | "true" | undefined;
  readonly label?: string | undefined;
  readonly children: ComponentChildren;
}

/** A link inside the dashboard: followed without loading the page anew. */
export function Go({ to, class: name, current, label, children }: Props) {
  return (
    <a href={to} data-page class={name} aria-current={current} aria-label={label}>
      {children}
    </a>
  );
}
