/** What is listed of changes, deployments and incidents: their states in words, and their columns. */
import type { ComponentChildren } from "preact";

import { Go } from "../design/go.tsx";
import type { Column } from "../design/table.tsx";
import { count, duration, moment, NONE, shortId } from "../format.ts";
import type { Filters } from "../filters.ts";
import type { ChangeRow, DeploymentRow, IncidentRow, ItemKind } from "../types.ts";
import { itemLink } from "./listing.ts";

export const STATE_WORDS: Readonly<Record<string, string>> = {
  open: "Open",
  coding: "Draft",
  pickup: "Waits for review",
  review: "In review",
  waiting: "Waits for deployment",
  deployed: "In production",
  "before-record": "In production, before the record",
  merged: "Merged",
  closed: "Closed",
  reverted: "Taken back",
  good: "Good",
  failed: "Failed",
  repair: "Repair",
  attempt: "Never reached production",
  elsewhere: "Not production",
  linked: "Linked",
  unlinked: "Not linked",
  "false-alarm": "False alarm",
};

/** A column, and by which key of the API it sorts; `null` where it has no order. */
export interface ListColumn<Row> extends Column<Row> {
  readonly sort: string | null;
}

export interface Context {
  readonly filters: Filters;
  readonly zone: string;
  readonly hasServices: boolean;
}

interface Named {
  readonly id: string;
  readonly title: string;
  readonly service: string;
  readonly at: string;
}

function column<Row>(
  title: string,
  sort: string | null,
  align: "start" | "end",
  cell: (row: Row) => ComponentChildren,
): ListColumn<Row> {
  return { title, sort, align, cell, sortBy: null };
}

function hours<Row>(title: string, sort: string | null, of: (row: Row) => number | null): ListColumn<Row> {
  return column<Row>(title, sort, "end", (row) => {
    const value = of(row);
    return value === null ? NONE : duration(value);
  });
}

function first<Row extends Named>(
  kind: ItemKind,
  title: string,
  { filters }: Context,
  name: (row: Row) => string,
): ListColumn<Row> {
  return column<Row>(title, null, "start", (row) => (
    <Go class="title-cell" to={itemLink(filters, kind, row)}>
      {name(row)}
    </Go>
  ));
}

function common<Row extends Named & { readonly state: string }>({ zone, hasServices }: Context): ListColumn<Row>[] {
  return [
    ...(hasServices
      ? [column<Row>("Service", null, "start", ({ service }) => <span class="nowrap">{service}</span>)]
      : []),
    column<Row>("When", "at", "start", ({ at }) => <span class="nowrap">{moment(at, zone)}</span>),
    column<Row>("State", null, "start", ({ state }) => <State state={state} />),
  ];
}

/** What needs somebody's eye is in bold: colour alone would not say it. */
function State({ state }: { readonly state: string }) {
  const words = STATE_WORDS[state] ?? state;
  const isTrouble = state === "failed" || state === "open" || state === "pickup";
  return isTrouble ? <strong class="nowrap">{words}</strong> : <span class="nowrap">{words}</span>;
}

export function changeColumns(context: Context): ListColumn<ChangeRow>[] {
  return [
    first<ChangeRow>("change", "Change", context, ({ number, title }) => `#${number} ${title}`),
    ...common<ChangeRow>(context),
    hours("Age", "age", ({ ageHours }) => ageHours),
    hours("Lead time", "lead", ({ leadTimeHours }) => leadTimeHours),
    hours("Coding", "coding", ({ codingHours }) => codingHours),
    hours("Pickup", "pickup", ({ pickupHours }) => pickupHours),
    hours("Review", "review", ({ reviewHours }) => reviewHours),
    hours("To deployment", "deploy", ({ deployHours }) => deployHours),
    column("Lines", "lines", "end", ({ lines }) => (lines === null ? NONE : count(lines))),
  ];
}

export function deploymentColumns(context: Context): ListColumn<DeploymentRow>[] {
  return [
    first<DeploymentRow>("deployment", "Deployment", context, ({ id }) => shortId(id)),
    ...common<DeploymentRow>(context),
    column("Failed by", null, "start", ({ failedBy }) => (failedBy.length === 0 ? "" : failedBy.join(", "))),
    column("Back after", "recovery", "end", ({ state, recoveryHours }) =>
      recoveryHours === null ? (state === "failed" ? "not yet" : "") : duration(recoveryHours),
    ),
    column("Changes", "changes", "end", ({ changes }) => (changes === null ? NONE : count(changes))),
    column("Commits", "commits", "end", ({ commits }) => (commits === null ? NONE : count(commits))),
    column("Environment", null, "start", ({ environment }) => environment),
  ];
}

export function incidentColumns(context: Context): ListColumn<IncidentRow>[] {
  return [
    first<IncidentRow>("incident", "Incident", context, ({ number, title }) =>
      number === null ? title : `#${number} ${title}`,
    ),
    ...common<IncidentRow>(context),
    hours("Over after", "recovery", ({ recoveryHours }) => recoveryHours),
    column("Deployment", null, "start", ({ deploymentId, service }) =>
      deploymentId === null ? (
        "none known"
      ) : (
        <Go to={itemLink(context.filters, "deployment", { id: deploymentId, service })}>{shortId(deploymentId)}</Go>
      ),
    ),
    column("Linked by", null, "start", ({ linkedBy }) => LINKED_BY[linkedBy]),
  ];
}

const LINKED_BY = {
  id: "its name",
  sha: "its commit",
  "service-window": "the 72 h before",
  none: "",
} as const satisfies Record<IncidentRow["linkedBy"], string>;
