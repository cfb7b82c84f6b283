/** Lists and single items of a scenario, roughly as the server makes them. */
import { contract, type Query, type Reply } from "#server/contract.ts";

import { type Deployment, NOW } from "./facts.ts";
import { NOTHING } from "./measure.ts";
import type { Scenario } from "./scenarios.ts";
import { iso } from "./series.ts";

const HOUR = 3_600_000;
const LACKING = "Only a host knows how changes were opened, reviewed and merged: connect GitHub or GitLab.";

type DeploymentRow = Reply<"/api/deployments">["rows"][number];
type ChangeRow = Reply<"/api/changes">["rows"][number];
type IncidentRow = Reply<"/api/incidents">["rows"][number];

interface Paged {
  readonly state: string;
  readonly q?: string | undefined;
  readonly limit: number;
  readonly offset: number;
  readonly direction: "ascending" | "descending";
}

function listed<Row extends { readonly state: string; readonly id: string; readonly title: string }>(
  all: readonly Row[],
  { state, q = "", limit, offset, direction }: Paged,
  by: (row: Row) => number,
) {
  const found = all.filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(q.toLowerCase()));
  const only = found.filter((row) => state === "all" || row.state === state);
  const sign = direction === "ascending" ? 1 : -1;
  const states: Row["state"][] = [...new Set(found.map((row): Row["state"] => row.state))].toSorted();
  return {
    window: { from: iso(NOW - 26 * 168 * HOUR), to: iso(NOW) },
    states: states.map((one) => ({ state: one, n: found.filter((row) => row.state === one).length })),
    total: only.length,
    rows: only.toSorted((a, b) => sign * (by(a) - by(b))).slice(offset, offset + limit),
  };
}

export function deploymentsOf({ facts }: Scenario, query: Query<"/api/deployments">): Reply<"/api/deployments"> {
  const rows = facts.deployments.map(deploymentRow);
  const reason = rows.length === 0 ? "No deployment is known here: the Data page says what counts as one." : null;
  return {
    ...listed(rows, query, (row) => (query.sort === "changes" ? (row.changes ?? 0) : Date.parse(row.at))),
    sentence: reason ?? `${rows.length} deployments to production in 26 weeks.`,
    reason,
  };
}

function deploymentRow(fact: Deployment): DeploymentRow {
  const { id, service, url, at, changes, commits, recoveryHours, isRework } = fact;
  const hasFailed = recoveryHours !== null;
  return {
    id,
    title: id,
    service,
    url,
    at: iso(at),
    state: hasFailed ? "failed" : isRework ? "repair" : "good",
    environment: "production",
    route: "tag",
    sha: null,
    changes,
    commits,
    failedBy: hasFailed ? ["incident"] : [],
    recoveredAt: hasFailed ? iso(at + recoveryHours * HOUR) : null,
    recoveryHours,
    isRollback: false,
    isRework,
  };
}

export function changesOf({ facts }: Scenario, query: Query<"/api/changes">): Reply<"/api/changes"> {
  const isKnown = facts.deployments.length > 0;
  const rows = isKnown
    ? facts.commits.map(({ title, service, at, deployedAt }, index): ChangeRow => {
        const lead = deployedAt === null ? null : (deployedAt - at) / HOUR;
        return {
          id: String(index + 1),
          number: index + 1,
          title,
          service,
          url: null,
          at: iso(deployedAt ?? at),
          state: deployedAt === null ? (index % 2 === 0 ? "pickup" : "waiting") : "deployed",
          authorKind: "human",
          ageHours: deployedAt === null ? (NOW - at) / HOUR : null,
          leadTimeHours: lead,
          codingHours: 2,
          pickupHours: 3,
          reviewHours: 1,
          deployHours: lead,
          lines: 10 + (index % 90),
          deploymentId: null,
          isReverted: false,
        };
      })
    : [];
  return {
    ...listed(rows, query, (row) => (query.sort === "lead" ? (row.leadTimeHours ?? -1) : Date.parse(row.at))),
    sentence: isKnown ? `${rows.length} changes in 26 weeks.` : LACKING,
    reason: isKnown ? null : LACKING,
  };
}

export function incidentsOf(scenario: Scenario, query: Query<"/api/incidents">): Reply<"/api/incidents"> {
  const rows = scenario.facts.deployments
    .filter(({ recoveryHours }) => recoveryHours !== null)
    .map(({ id, service, at, recoveryHours }, index): IncidentRow => ({
      id: `i${index}`,
      number: index + 1,
      title: `${service} is slow`,
      service,
      url: null,
      at: iso(at + HOUR),
      state: "linked",
      resolvedAt: iso(at + (recoveryHours ?? 0) * HOUR),
      recoveryHours,
      linkedBy: "id",
      deploymentId: id,
    }));
  const reason = rows.length === 0 ? "No incident is known here: push incidents." : null;
  return {
    ...listed(rows, query, (row) => Date.parse(row.at)),
    sentence: reason ?? `${rows.length} incidents in 26 weeks.`,
    reason,
  };
}

/** The same story whatever is asked for, under the name that was asked for. */
export function itemOf({ services }: Scenario, { kind, id, service }: Query<"/api/item">): Reply<"/api/item"> {
  const own = service ?? services[0]?.name ?? "";
  const at = NOW - 100 * HOUR;
  const link = { kind: "deployment", id: "v1.2.0", service: own, title: "v1.2.0", at: iso(at) } as const;
  return {
    kind,
    id,
    name: id,
    title: `Story of ${id}`,
    service: own,
    url: "https://git.example/acme/headway/7",
    state: kind === "change" ? "deployed" : kind === "deployment" ? "failed" : "linked",
    sentence: "In production 100 h after its first commit.",
    facts: [{ term: "Lines", value: "+10 −2" }],
    moments: [
      { at: iso(at - 60 * HOUR), what: "First commit", note: "The smallest author date of its commits." },
      { at: iso(at - 30 * HOUR), what: "Merged", note: null },
      { at: iso(at), what: "Deployed", note: "First contained in v1.2.0." },
    ],
    spans: [
      { title: "Coding", from: iso(at - 60 * HOUR), to: iso(at - 30 * HOUR), hours: 30, isOpen: false },
      { title: "Waiting for deployment", from: iso(at - 30 * HOUR), to: iso(at), hours: 30, isOpen: true },
    ],
    links: [{ ...link, words: "The first production deployment that contains it." }],
    carried:
      kind === "deployment"
        ? { total: 1, rows: [{ ...link, kind: "change", id: "7", title: "#7 Round amounts", words: "" }] }
        : null,
    counts: [
      {
        metric: "lead-time-commit",
        title: "Lead time for changes",
        counted: true,
        at: iso(at),
        value: "60 h",
        why: "Ready 30 h after its first commit.",
      },
      { metric: "recovery-time", title: "Recovery", counted: false, at: null, value: null, why: "It did not fail." },
    ],
  };
}

export function searchOf({ facts, services }: Scenario, { q, limit }: Query<"/api/search">): Reply<"/api/search"> {
  const has = (text: string) => text.toLowerCase().includes(q.toLowerCase());
  return {
    hits: [
      ...services.flatMap(({ name }) =>
        has(name) ? [{ kind: "service" as const, id: name, service: name, name, title: name, at: null }] : [],
      ),
      ...facts.deployments
        .filter(({ id }) => has(id))
        .slice(0, limit)
        .map(({ id, service, at }) => ({
          kind: "deployment" as const,
          id,
          service,
          name: id,
          title: "to production",
          at: iso(at),
        })),
    ],
  };
}

/** Two workflows of the first service, each number of which is known. */
export function pipelinesOf({ services, facts }: Scenario): Reply<"/api/pipelines"> {
  const isKnown = facts.deployments.length > 0;
  const reason = isKnown ? null : "No run of a pipeline is known here: connect GitHub or GitLab.";
  const metrics = contract["/api/pipelines"].reply.shape.rows.element.shape.measures.element.shape.metric.options;
  const rows = ["CI", "CD"].map((name, index) => ({
    service: services[0]?.name ?? "",
    name,
    runs: 40 + index,
    brokenSince: index === 0 ? iso(NOW - 30 * HOUR) : null,
    measures: metrics.map((metric) => ({ metric, whole: { ...NOTHING, value: 0.5 + index, n: 12, k: 6 } })),
  }));
  return {
    window: { from: iso(NOW - 26 * 168 * HOUR), to: iso(NOW) },
    sentence: reason ?? "2 pipelines in 26 weeks: CD takes longest (median 1.5 h), 1 is broken now.",
    reason,
    total: isKnown ? rows.length : 0,
    rows: isKnown ? rows : [],
    runners: {
      sentence:
        "300 minutes of runners in 81 runs that finished in 26 weeks; of 30 minutes, in 41 runs, no host tells the runner.",
      minutes: 300,
      runs: 81,
      unread: 41,
      untimed: 0,
      kinds: [
        { runner: "GitHub-hosted: Linux", minutes: 269.6, share: 269.6 / 300, runs: 40 },
        { runner: "self-hosted: gpu, linux", minutes: 0.4, share: 0.4 / 300, runs: 1 },
        { runner: null, minutes: 30, share: 0.1, runs: 41 },
      ],
    },
  };
}
