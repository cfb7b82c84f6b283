import type { Status } from "../types.ts";

/** On every page of a demo organisation. It keeps its place at the bottom, so that nothing moves when it comes. */
export function Simulated({ status }: { readonly status: Status | null }) {
  if (status === null || !status.simulated) return null;
  return (
    <aside class="simulated small" aria-label="Demo">
      <strong>This is a simulated company, none of it is yours.</strong>
      {status.beside !== null && <a href={status.beside}>Back to your own numbers</a>}
    </aside>
  );
}

/** The way to the demo organisation, for who has little of their own yet. */
export function SeeDemo({ status }: { readonly status: Status }) {
  if (status.simulated || status.beside === null) return null;
  return (
    <p class="muted">
      To see what it looks like with three years of many teams:{" "}
      <a href={status.beside}>explore the demo organisation</a>. It is simulated, and kept apart from your numbers.
    </p>
  );
}
