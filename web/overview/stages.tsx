import { SaveRows } from "../design/save-as.tsx";
import { Go } from "../design/go.tsx";
import { Verdict } from "../design/verdict.tsx";
import { type Filters, rowsLink } from "../filters.ts";
import { NONE, plural, quantity, share } from "../format.ts";
import type { Measured, Measures } from "../types.ts";
import { comparedWith } from "../words.ts";

interface Props {
  readonly reply: Measures;
  readonly filters: Filters;
}

/** Where the time of changes goes, stage by stage; a dash and the reason where nobody can know. */
export function Stages({ reply: { stages: found, measures, window, time }, filters }: Props) {
  if (found === null) return null;
  const { stages, bottleneck, words } = found;
  return (
    <section class="section">
      <h2>Where the time goes</h2>
      <p>{stages.length === 0 ? `${NONE} ${words}` : words}</p>
      {stages.length > 0 && (
        <dl class="panel strip">
          {stages.map(({ metric, title, share: part, median, p85, n, drives }) => (
            <div key={metric}>
              <dt>{title}</dt>
              <dd class="strip-value">{part === null ? NONE : share(part)}</dd>
              <dd class="small muted">
                {metric === bottleneck && <strong>Bottleneck. </strong>}
                of all hours; median {length(median, time)}, P85 {length(p85, time)} of{" "}
                <Go to={rowsLink(filters, metric, window)}>{plural(n, "change")}</Go>
                {drives !== null && `; ${share(drives)} of what differs between slow and fast changes`}
              </dd>
              <Against measured={measures.find((one) => one.metric === metric)} filters={filters} />
            </div>
          ))}
        </dl>
      )}
      <SaveRows name="stages" title="Where the time goes" rows={stages} />
    </section>
  );
}

interface AgainstProps {
  /** Of the stage's own metric; `undefined` where it was not asked for. */
  readonly measured: Measured | undefined;
  readonly filters: Filters;
}

/** Whether the stage itself got slower, by its median. */
function Against({ measured, filters }: AgainstProps) {
  const compared = measured === undefined ? null : comparedWith(measured, filters);
  if (compared === null) return null;
  return (
    <dd class="small">
      {compared.verdict !== null && (
        <>
          <Verdict verdict={compared.verdict} isBrief />{" "}
        </>
      )}
      {compared.words}
    </dd>
  );
}

function length(hours: number | null, time: Measures["time"]): string {
  return hours === null ? NONE : quantity(hours, time === "working" ? "working-hours" : "hours");
}
