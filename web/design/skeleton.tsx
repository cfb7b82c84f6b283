interface Props {
  readonly label: string;
  readonly count: number;
  readonly kind: "card" | "panel" | "row";
}

/** Holds the room of what is on its way, so that nothing jumps when it arrives. */
export function Skeleton({ label, count, kind }: Props) {
  return (
    <div class={kind === "card" ? "cards" : kind === "panel" ? "panels" : "section"} role="status">
      <span class="hidden-text">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} class={`bone bone-${kind}`} />
      ))}
    </div>
  );
}
