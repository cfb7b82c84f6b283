import { SaveRows } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { count, moment, NONE } from "../format.ts";
import type { Service } from "../types.ts";

interface Props {
  readonly services: readonly Service[];
  readonly zone: string;
}

/** What deploys on its own, and what counts as a deployment there. */
export function Services({ services, zone }: Props) {
  const columns: Column<Service>[] = [
    {
      title: "Service",
      align: "start",
      cell: ({ name }) => <span class="name-cell">{name}</span>,
      sortBy: ({ name }) => name,
    },
    {
      title: "What counts as a deployment",
      align: "start",
      cell: ({ rule, advice }) => (
        <span class="why-cell">
          {rule}
          {advice !== null && <span class="muted"> · {advice}</span>}
        </span>
      ),
      sortBy: null,
    },
    { title: "Branch", align: "start", cell: ({ branch }) => branch ?? NONE, sortBy: ({ branch }) => branch },
    { title: "Commits", align: "end", cell: ({ commits }) => count(commits), sortBy: ({ commits }) => commits },
    {
      title: "Deployments",
      align: "end",
      cell: ({ deployments }) => count(deployments),
      sortBy: ({ deployments }) => deployments,
    },
    {
      title: "Last",
      align: "end",
      cell: ({ lastDeployedAt }) => (lastDeployedAt === null ? NONE : moment(lastDeployedAt, zone)),
      sortBy: ({ lastDeployedAt }) => lastDeployedAt,
    },
    { title: "Waiting", align: "end", cell: ({ waiting }) => count(waiting), sortBy: ({ waiting }) => waiting },
  ];
  return (
    <section class="section">
      <h2>Services</h2>
      {services.length === 0 ? (
        <p class="muted">None yet: each repository becomes one when it has been collected.</p>
      ) : (
        <div class="panel">
          <Table
            caption="Services"
            columns={columns}
            rows={services}
            keyOf={({ source, name }) => `${source} ${name}`}
          />
          <SaveRows name="services" title="Services" rows={services} />
        </div>
      )}
    </section>
  );
}
