import type { ComponentChildren } from "preact";

interface Props {
  readonly level: "info" | "warning";
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** Says what happened, why it matters and what to do. */
export function Notice({ level, title, children }: Props) {
  return (
    <div class={`notice notice-${level}`} role="status">
      <span class="sign" aria-hidden="true">
        {level === "warning" ? "!" : "i"}
      </span>
      <div class="notice-text">
        <p class="notice-title">{title}</p>
        {children}
      </div>
    </div>
  );
}
