import type { Happened } from "./happened.ts";

const MOST = 3;

/** What people noted of the time of a chart, in words; the marks in it have only room for names. */
export function Noted({ happened }: { readonly happened: readonly Pick<Happened, "words">[] }) {
  if (happened.length === 0) return null;
  const recent = happened.slice(-MOST);
  return (
    <ul class="signals" aria-label="What people noted">
      {recent.map(({ words }) => (
        <li key={words}>
          <span aria-hidden="true">⚑</span> {words}
        </li>
      ))}
      {happened.length > recent.length && <li class="muted">and {happened.length - recent.length} earlier</li>}
    </ul>
  );
}
