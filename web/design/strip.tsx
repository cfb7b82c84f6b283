import type { Filters } from "../filters.ts";
import { rowsLink } from "../filters.ts";
import { count, headline, plural } from "../format.ts";
import type { Definition, Portfolio } from "../types.ts";
import { Go } from "./go.tsx";
import { dotsOf, STRIP_HEIGHT, STRIP_WIDTH } from "./strip-path.ts";
import { Table } from "./table.tsx";
import { Unfold } from "./unfold.tsx";

interface Props {
  readonly definition: Definition;
  /** The same metric of each service; `null` while it is on its way. */
  readonly portfolio: Portfolio | null;
  readonly filters: Filters;
}

interface Line {
  readonly service: string;
  readonly value: number;
  readonly words: string;
  readonly n: number;
}

/** Beside a number of several services together: that of each of them, as dots and as a table. A portfolio is a distribution. */
export function Strip({ definition, portfolio, filters }: Props) {
  // The room of what is on its way, so that nothing moves when it comes.
  if (portfolio === null)
    return (
      <p class="small muted">
        <span class="strip-words">{"\u00a0"}</span>
        <svg class="strip-dots" viewBox={`0 0 ${STRIP_WIDTH} ${STRIP_HEIGHT}`} aria-hidden="true" />
      </p>
    );
  const lines = linesOf(definition, portfolio).toSorted((a, b) => b.value - a.value);
  const [most] = lines;
  const least = lines.at(-1);
  if (most === undefined || least === undefined || lines.length < 2) return null;
  const words = `${plural(lines.length, "service")}: from ${least.words} to ${most.words}`;
  const dots = dotsOf(lines.map(({ value }) => value));
  return (
    <Unfold
      summary={
        <>
          <span class="strip-words">{words}</span>
          <svg class="strip-dots" viewBox={`0 0 ${STRIP_WIDTH} ${STRIP_HEIGHT}`} aria-hidden="true">
            <path d={`M0 ${STRIP_HEIGHT - 1}h${STRIP_WIDTH}`} />
            {dots.map(({ x, y }, index) => (
              <circle key={lines[index]?.service} cx={x} cy={y} r="4" />
            ))}
          </svg>
        </>
      }
    >
      {() => (
        <Table
          caption={`${definition.title} by service`}
          columns={[
            { title: "Service", align: "start", cell: ({ service }) => service, sortBy: ({ service }) => service },
            {
              title: "Value",
              align: "end",
              cell: ({ service, words: value }) => (
                <Go to={rowsLink({ ...filters, service }, definition.id, portfolio.window)}>{value}</Go>
              ),
              sortBy: ({ value }) => value,
            },
            { title: "n", align: "end", cell: ({ n }) => count(n), sortBy: ({ n }) => n },
          ]}
          rows={lines}
          keyOf={({ service }) => service}
        />
      )}
    </Unfold>
  );
}

/** Counts are compared by week, as everywhere. */
function linesOf(definition: Definition, { services }: Portfolio): Line[] {
  return services.flatMap(({ service, measures }) => {
    const whole = measures.find(({ metric }) => metric === definition.id)?.whole;
    const value = definition.statistic === "count" ? (whole?.perWeek ?? null) : (whole?.value ?? null);
    return whole === undefined || value === null
      ? []
      : [{ service, value, words: headline(definition, whole), n: whole.n }];
  });
}
