import type { ComponentChildren } from "preact";

interface Props {
  /** By which a link finds it. */
  readonly id?: string;
  readonly title: string;
  /** What is in it, for who has it folded. */
  readonly words: ComponentChildren;
  readonly isOpen: boolean;
  readonly onTurn: () => void;
  readonly children: ComponentChildren;
}

/** A section that can be folded. What is folded is not made, so that a long page is light; the address knows which are open. */
export function Fold({ id, title, words, isOpen, onTurn, children }: Props) {
  return (
    <details
      class="fold"
      open={isOpen}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open !== isOpen) onTurn();
      }}
    >
      <summary>
        <h2 id={id}>{title}</h2> {!isOpen && <span class="small muted">{words}</span>}
      </summary>
      {isOpen && children}
    </details>
  );
}
