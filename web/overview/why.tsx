import { type Filters, lookOf, type Span } from "../filters.ts";
import { NBSP, unbroken } from "../format.ts";
import { useReply } from "../use-reply.ts";

interface Props {
  readonly span: Span;
  readonly filters: Filters;
  readonly revision: number;
}

/** Faster or riskier, and why: which stage and which service moved most. It has its room before it is known. */
export function Why({ span, filters, revision }: Props) {
  const { reply, problem, isStale } = useReply("/api/why", { ...span, ...lookOf(filters) }, revision);
  if (problem !== null || (reply !== null && reply.words === null)) return null;
  return (
    <p class="why" aria-busy={isStale}>
      {/* What was true of another window would contradict the sentence above. */}
      {unbroken(isStale ? NBSP : (reply?.words ?? NBSP))}
    </p>
  );
}
