import { Go } from "../design/go.tsx";
import { decimal } from "../format.ts";
import type { Desk } from "./desk.tsx";
import { Things } from "./things.tsx";

interface Props {
  readonly desk: Desk;
}

function titlesOf({ page }: Desk, kind: "practices" | "metrics"): (id: string) => string {
  return (id) => page.known[kind].find((one) => one.id === id)?.title ?? id;
}

/** Which teams begin to work in another way when. They draw lines on charts. */
export function Waves({ desk }: Props) {
  const { programme } = desk.page;
  const titleOf = titlesOf(desk, "practices");
  return (
    <Things
      desk={desk}
      list="waves"
      title="Waves"
      add="Add a wave …"
      things={programme.waves}
      nameOf={({ title }) => title}
      columns={[
        { title: "From", align: "start", cell: ({ from }) => from, sortBy: ({ from }) => from },
        {
          title: "Who",
          align: "start",
          cell: ({ teams, services }) => [...teams, ...services].join(", "),
          sortBy: null,
        },
        {
          title: "For",
          align: "start",
          cell: ({ useCase }) => programme.useCases.find(({ id }) => id === useCase)?.title ?? "no use case",
          sortBy: null,
        },
        {
          title: "Practices",
          align: "start",
          cell: ({ practices }) => (practices.length === 0 ? "all" : practices.map(titleOf).join(", ")),
          sortBy: null,
        },
        {
          title: "Gate",
          align: "start",
          cell: ({ id, title }) => (
            <Go to={`progress?wave=${encodeURIComponent(id)}`}>
              Gate<span class="hidden-text"> of {title}</span>
            </Go>
          ),
          sortBy: null,
        },
      ]}
    />
  );
}

/** When a team adopts a practice, where that is another day than its wave's. */
export function Adoptions({ desk }: Props) {
  const titleOf = titlesOf(desk, "practices");
  return (
    <Things
      desk={desk}
      list="adoptions"
      title="Adoption dates"
      add="Add an adoption date …"
      things={desk.page.programme.adoptions}
      nameOf={({ team, practice }) => `${team}: ${titleOf(practice)}`}
      columns={[{ title: "On", align: "start", cell: ({ day }) => day, sortBy: ({ day }) => day }]}
    />
  );
}

/** What is to be reached by when; how far it is stands on the page of progress. */
export function Milestones({ desk }: Props) {
  const titleOf = titlesOf(desk, "metrics");
  return (
    <Things
      desk={desk}
      list="milestones"
      title="Milestones"
      add="Add a milestone …"
      things={desk.page.programme.milestones}
      nameOf={({ title }) => title}
      columns={[
        { title: "Owner", align: "start", cell: ({ owner }) => owner, sortBy: ({ owner }) => owner },
        {
          title: "Metric",
          align: "start",
          cell: ({ metric, scope }) => `${titleOf(metric)}, ${scope}`,
          sortBy: null,
        },
        {
          title: "From, to",
          align: "end",
          cell: ({ from, target }) => `${from === null ? "—" : decimal(from)}, ${decimal(target)}`,
          sortBy: null,
        },
        { title: "Due", align: "start", cell: ({ due }) => due, sortBy: ({ due }) => due },
      ]}
    />
  );
}

/** What is not asked of a service, and why. */
export function Exemptions({ desk }: Props) {
  const titleOf = titlesOf(desk, "practices");
  return (
    <Things
      desk={desk}
      list="exemptions"
      title="Not asked for"
      add="Add what is not asked for …"
      things={desk.page.programme.exemptions}
      nameOf={({ service, practice, part }) => `${service}: ${titleOf(practice)}${part === null ? "" : `, ${part}`}`}
      columns={[
        { title: "Why", align: "start", cell: ({ reason }) => reason, sortBy: null },
        { title: "Owner", align: "start", cell: ({ owner }) => owner, sortBy: ({ owner }) => owner },
      ]}
    />
  );
}

/** Days on which it was tried to take a deployment back. */
export function Drills({ desk }: Props) {
  return (
    <Things
      desk={desk}
      list="drills"
      title="Rollback drills"
      add="Add a rollback drill …"
      things={desk.page.programme.drills}
      nameOf={({ service, day }) => `${service}, ${day}`}
      columns={[]}
    />
  );
}
