import { Go } from "../design/go.tsx";
import { Notice } from "../design/notice.tsx";
import { type Filters, rowsLink, servicesIn } from "../filters.ts";
import { headline, plural } from "../format.ts";
import type { Definition, Measures, Scopes, Service, Status } from "../types.ts";

interface Props {
  readonly status: Status;
  readonly scopes: Scopes | null;
  readonly reply: Measures;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly filters: Filters;
}

/** Where nothing is deployed: why, the next step, and what is known all the same. */
export function Advice({ status, scopes, reply, definitions, filters }: Props) {
  const inScope = servicesIn(status, scopes, filters);
  const advised = inScope.filter(({ advice }) => advice !== null);
  if (advised.length === 0) return null;
  return (
    <Notice level="info" title={title(advised, inScope.length)}>
      {advised.map(({ name, advice }) => (
        <p key={name}>
          {inScope.length > 1 && <strong>{name}: </strong>}
          {advice}
        </p>
      ))}
      {advised.length === inScope.length && <Known reply={reply} definitions={definitions} filters={filters} />}
    </Notice>
  );
}

function title(advised: readonly Service[], all: number): string {
  if (all === 1) return "No deployments are known here.";
  return `No deployments are known of ${advised.length} of ${plural(all, "service")}.`;
}

/** What can be said without deployments. */
function Known({ reply, definitions, filters }: Omit<Props, "status" | "scopes">) {
  const known = reply.measures.flatMap(({ metric, whole }) => {
    const definition = definitions.get(metric);
    return definition === undefined || whole.value === null || whole.n === 0
      ? []
      : { definition, text: headline(definition, whole) };
  });
  if (known.length === 0) return null;
  return (
    <p>
      Known all the same:{" "}
      {known.map(({ definition, text }, index) => (
        <span key={definition.id}>
          {index > 0 && ", "}
          {definition.title.toLowerCase()} <Go to={rowsLink(filters, definition.id, reply.window)}>{text}</Go>
        </span>
      ))}
      .
    </p>
  );
}
