import { headline, NBSP, NONE } from "../format.ts";
import type { Definition, Measure, Verdict } from "../types.ts";
import { Go } from "./go.tsx";
import { isWeak } from "./weak.ts";

interface Props {
  readonly definition: Definition;
  readonly measure: Measure;
  readonly verdict: Verdict | null;
  readonly to: string;
}

/** The number, which opens its rows. Grey when there is too little behind it. */
export function Figure({ definition, measure, verdict, to }: Props) {
  if (measure.value === null && measure.beyond === null) return <span class="figure weak">{NONE}</span>;
  const text = headline(definition, measure);
  const [number, ...unit] = text.split(NBSP);
  return (
    <Go
      to={to}
      class={isWeak(measure, verdict) ? "figure weak" : "figure"}
      label={`${definition.title}: ${text}, open its rows`}
    >
      {number}
      <span class="unit">
        {NBSP}
        {unit.join(NBSP)}
      </span>
    </Go>
  );
}
