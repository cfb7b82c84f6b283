/** The contract, answered from seeded facts. Every question and every reply passes the contract's own schemas, so it cannot lie. */
import { commands, contract, type Path, type Query, type Reply } from "#server/contract.ts";

import { portfolioOf } from "#server/answers/portfolio.ts";
import { type Metric, metrics } from "./definitions.ts";
import { benchmark } from "./benchmark.ts";
import { NOW } from "./facts.ts";
import { cycleTimesOf, flowOf } from "./flow.ts";
import { leadershipOf } from "./leadership.ts";
import { aLeverAnswer, aPlanAnswer, nothingSaved as noSavings, someDraws, someSaved } from "./savings.ts";
import { changesOf, deploymentsOf, incidentsOf, itemOf, pipelinesOf, searchOf } from "./items.ts";
import { measure, type Span } from "./measure.ts";
import { noAssessments, noGate, noProgress } from "./progress.ts";
import { nothingSaved } from "./ledger.ts";
import { backboneTold, backboneWaits, suggestedElements } from "./backbone.ts";
import type { Scenario } from "./scenarios.ts";
import { compare, iso, measured, observations } from "./series.ts";

const PATHS = [...Object.keys(contract), ...Object.keys(commands)];
const HALF_YEAR = 26 * 7 * 24 * 3_600_000;

/** The reply to a request of the dashboard. Throws when the question does not keep the contract. */
export function answer(scenario: Scenario, facts: number, url: URL): unknown {
  const { programme } = scenario.programme;
  const query = Object.fromEntries(url.searchParams);
  switch (url.pathname) {
    case "/api/status":
      return parsed("/api/status", {
        version: "0.1.0",
        zone: "UTC",
        now: iso(NOW),
        facts,
        simulated: scenario.sources.some(({ host }) => host === "demo"),
        beside: scenario.sources.some(({ host }) => host === "demo") ? "../" : "demo/",
        sources: scenario.sources,
        services: scenario.services,
      });
    case "/api/me":
      return parsed("/api/me", {
        kind: "open",
        name: null,
        role: null,
        until: null,
        may: PATHS,
        provider: null,
        isVacant: false,
      });
    case "/api/sessions":
    case "/api/tokens":
    case "/api/shares":
    case "/api/users":
    case "/api/users/sessions":
      return parsed(url.pathname, []);
    case "/api/audit":
      return parsed("/api/audit", { total: 0, rows: [] });
    case "/api/benchmark":
      return parsed("/api/benchmark", benchmark(NOW - HALF_YEAR, NOW));
    case "/api/flow":
      return parsed("/api/flow", flowOf(scenario));
    case "/api/pipelines":
      return parsed("/api/pipelines", pipelinesOf(scenario));
    case "/api/changes":
      return parsed("/api/changes", changesOf(scenario, contract["/api/changes"].query.parse(query)));
    case "/api/deployments":
      return parsed("/api/deployments", deploymentsOf(scenario, contract["/api/deployments"].query.parse(query)));
    case "/api/incidents":
      return parsed("/api/incidents", incidentsOf(scenario, contract["/api/incidents"].query.parse(query)));
    case "/api/item":
      return parsed("/api/item", itemOf(scenario, contract["/api/item"].query.parse(query)));
    case "/api/search":
      return parsed("/api/search", searchOf(scenario, contract["/api/search"].query.parse(query)));
    case "/api/scopes":
      return parsed("/api/scopes", scopes(scenario));
    case "/api/syncs":
      return parsed("/api/syncs", []);
    case "/api/agreement":
      return parsed("/api/agreement", {
        fired: 2,
        words: "“No change waits for a review longer than 24 h” would have fired 2 times in the last 30 days.",
        rows: [],
      });
    case "/api/programme":
      return parsed("/api/programme", scenario.programme);
    case "/api/backbone":
      return parsed("/api/backbone", backboneTold(url.searchParams));
    case "/api/backbone/portfolio":
      return parsed("/api/backbone/portfolio", portfolioOf(programme, programme, iso(NOW).slice(0, 10)));
    case "/api/backbone/elements":
      return parsed("/api/backbone/elements", suggestedElements());
    case "/api/backbone/waits":
      return parsed("/api/backbone/waits", backboneWaits());
    case "/api/programme/file":
      return parsed("/api/programme/file", { text: "systems: []\n" });
    case "/api/programme/history":
      return parsed("/api/programme/history", []);
    case "/api/gate":
      return parsed("/api/gate", noGate);
    case "/api/reviews":
      return parsed("/api/reviews", []);
    case "/api/reviews/different":
      return parsed("/api/reviews/different", []);
    case "/api/assessments":
      return parsed("/api/assessments", noAssessments);
    case "/api/progress/milestones":
      return parsed("/api/progress/milestones", []);
    case "/api/progress":
      return parsed("/api/progress", noProgress);
    case "/api/ledger":
      return parsed("/api/ledger", nothingSaved);
    case "/api/savings/records":
      return parsed("/api/savings/records", []);
    case "/api/savings/actuals":
      return parsed("/api/savings/actuals", { currency: "EUR", months: [], rows: [], terms: "" });
    case "/api/savings/statements":
      return parsed("/api/savings/statements", []);
    case "/api/experiments":
      return parsed("/api/experiments", []);
    case "/api/experiments/promise":
      return parsed("/api/experiments/promise", { usual: null, promise: null, words: "" });
    case "/api/annotations":
      return parsed("/api/annotations", scenario.annotations);
    case "/api/judgements":
      return parsed("/api/judgements", []);
    case "/api/baselines":
      return parsed("/api/baselines", []);
    case "/api/leadership":
      return parsed(
        "/api/leadership",
        leadershipOf(measures(scenario, contract["/api/measures"].query.parse({ interval: "week" }))),
      );
    case "/api/leadership/sheet":
      return parsed("/api/leadership/sheet", { name: "leadership.md", text: "# Leadership\n" });
    case "/api/savings":
      return parsed("/api/savings", scenario.facts.deployments.length === 0 ? noSavings : someSaved);
    case "/api/savings/draws":
      return parsed("/api/savings/draws", someDraws);
    case "/api/savings/plan":
      return parsed("/api/savings/plan", aPlanAnswer);
    case "/api/savings/lever":
      return parsed("/api/savings/lever", aLeverAnswer);
    case "/api/settings":
      return parsed("/api/settings", settingsOf(scenario));
    case "/api/why":
      return parsed("/api/why", whyOf(scenario));
    case "/api/metrics":
      return parsed("/api/metrics", inTime(query["time"]));
    case "/api/measures":
      return parsed("/api/measures", measures(scenario, contract["/api/measures"].query.parse(query)));
    case "/api/services":
      return parsed("/api/services", services(scenario, contract["/api/services"].query.parse(query)));
    case "/api/rows":
      return parsed("/api/rows", rows(scenario, contract["/api/rows"].query.parse(query)));
    default:
      throw new Error(`Nothing at ${url.pathname}.`);
  }
}

function settingsOf({ teams }: Scenario): Reply<"/api/settings"> {
  const hours = { from: 9 * 60, to: 17 * 60 };
  return {
    version: "0.1.0",
    zone: "UTC",
    sources: [],
    services: [],
    sync: { everyMinutes: 10, cron: null },
    calendar: "Berlin",
    calendars: [
      {
        name: "Berlin",
        zone: "Europe/Berlin",
        week: [[hours], [hours], [hours], [hours], [hours], [], []],
        holidays: 9,
      },
    ],
    teams: teams.map(({ name, parent }) => ({ name, parent, calendar: null, hasOwnHours: false })),
    digests: [
      {
        name: "money",
        to: "slack",
        scope: "team:money",
        day: "monday",
        at: "08:00",
        ageing: true,
        agreement: { stage: "pickup", hours: 24 },
      },
    ],
    privacy: { pseudonymMonths: 13, aliases: 1, bots: 2, agents: 0 },
    access: { visibility: "all", url: null, proxies: [], provider: null, teamServices: [], waiting: ["sync"] },
  };
}

function whyOf({ facts }: Scenario): Reply<"/api/why"> {
  const window = { from: iso(NOW - HALF_YEAR), to: iso(NOW) };
  return facts.deployments.length === 0
    ? { window, speed: null, risk: null, words: null }
    : { window, speed: "better", risk: "same", words: "Delivery got faster, and no riskier." };
}

function inTime(time: string | undefined): readonly Metric[] {
  if (time !== "working") return metrics;
  return metrics.map((metric) => (metric.unit === "hours" ? { ...metric, unit: "working-hours" } : metric));
}

function scopes({ services: known, teams, systems }: Scenario): Reply<"/api/scopes"> {
  const names = known.map(({ name }) => name);
  const ownerOf = (service: string) => teams.find(({ owned }) => owned.includes(service))?.name ?? null;
  return {
    organisation: { scope: "organisation", services: names.length, hasHours: teams.length > 0 },
    teams: teams.map(({ name, parent, owned }) => ({
      scope: `team:${name}`,
      name,
      parent,
      depth: parent === null ? 0 : 1,
      services: owned.length,
      hasHours: false,
      owned: owned.map((service) => ({ service, from: null, to: null })),
    })),
    systems: systems.map(({ name, owned }) => ({
      scope: `system:${name}`,
      name,
      element: "core",
      technology: "it",
      services: owned.length,
    })),
    services: names.map((name) => ({
      scope: `service:${name}`,
      name,
      team: ownerOf(name),
      system: systems.find(({ owned }) => owned.includes(name))?.name ?? null,
      element: null,
      releaseClass: null,
    })),
  };
}

function parsed<P extends Path>(path: P, reply: unknown): unknown {
  return contract[path].reply.parse(reply);
}

function spanOf({ from, to }: { from?: string | undefined; to?: string | undefined }): Span {
  const end = to === undefined ? NOW : Date.parse(to);
  return { from: from === undefined ? end - HALF_YEAR : Date.parse(from), to: end };
}

function chosen(ids: string | undefined): readonly Metric[] {
  return ids === undefined ? metrics : metrics.filter(({ id }) => ids.split(",").includes(id));
}

function measures({ facts }: Scenario, query: Query<"/api/measures">): Reply<"/api/measures"> {
  const span = spanOf(query);
  const service = query.service ?? null;
  const few = facts.deployments.length === 0;
  return {
    window: { from: iso(span.from), to: iso(span.to) },
    zone: "UTC",
    scope: query.scope ?? (service === null ? "organisation" : `service:${service}`),
    service,
    interval: query.interval,
    time: query.time,
    sentence: few
      ? "Work is integrated steadily, but nothing says what reached production."
      : "Median lead time fell from 38 h to 22 h since May; outside normal variation.",
    measures: chosen(query.metric).map((metric) => measured(metric, facts, service, span, query.interval)),
    stages: {
      stages: [],
      bottleneck: null,
      words: "Only a host knows how changes were opened, reviewed and merged: connect GitHub or GitLab.",
    },
    against: null,
    quality: [
      {
        id: "deployments-with-commit",
        title: "Deployments with a commit",
        value: few ? null : 1,
        unit: "share",
        note: few ? "There are no deployments." : "Each tag names a commit.",
      },
      {
        id: "negative-spans",
        title: "Negative spans",
        value: 2,
        unit: "count",
        note: "Clocks differ: the commit is dated after its release. Left out of lead time.",
      },
      { id: "bots", title: "Commits by bots", value: 0.081, unit: "share", note: "Counted in deployments." },
    ],
  };
}

function services({ facts, services: all }: Scenario, query: Query<"/api/services">): Reply<"/api/services"> {
  const span = spanOf(query);
  const before = { from: 2 * span.from - span.to, to: span.from };
  return {
    window: { from: iso(span.from), to: iso(span.to) },
    sentence: `None of ${all.length} services got worse against its own window before.`,
    services: all.map(({ name }) => ({
      service: name,
      measures: chosen(query.metric).map((metric) => {
        const seen = observations(metric, facts, name);
        const whole = measure(metric, seen, span);
        const earlier = measure(metric, seen, before);
        return {
          metric: metric.id,
          whole,
          before: earlier,
          verdict: compare(metric, whole, earlier, before)?.verdict ?? "too-few",
        };
      }),
    })),
  };
}

function rows(
  scenario: Scenario,
  { metric: id, service, limit, offset, order, ...window }: Query<"/api/rows">,
): Reply<"/api/rows"> {
  if (id === "cycle-time") return cycleTimesOf(scenario);
  const metric = metrics.find((each) => each.id === id);
  if (metric === undefined) throw new Error(`There is no metric called ${id}.`);
  const { facts } = scenario;
  const span = spanOf(window);
  const found = rowsOf(metric, facts)
    .filter((row) => service === undefined || row.service === service)
    .filter(({ at }) => Date.parse(at) >= span.from && Date.parse(at) < span.to)
    .sort((a, b) => inOrder(order, a, b));
  return {
    metric: id,
    window: { from: iso(span.from), to: iso(span.to) },
    whole: measure(metric, observations(metric, facts, service ?? null), span),
    total: found.length,
    counted: found.filter(({ counted }) => counted).length,
    rows: found.slice(offset, offset + limit),
  };
}

type Row = Reply<"/api/rows">["rows"][number];

function rowsOf(metric: Metric, { commits, deployments }: Scenario["facts"]): Row[] {
  const row = (
    kind: Row["kind"],
    fact: { id: string; service: string; at: number },
    rest: Pick<Row, "title" | "url">,
    seen: { at: number; value: number | null } | null,
  ): Row => ({
    kind,
    id: fact.id,
    service: fact.service,
    ...rest,
    at: iso(seen?.at ?? fact.at),
    value: seen?.value ?? null,
    openFor: null,
    counted: seen !== null,
    labels: null,
    subject: kind === "deployment" ? { kind, id: fact.id } : null,
    judgement: null,
    why: seen === null ? "It does not belong to this metric." : `A ${metric.counts} of the window.`,
  });
  return metric.of === "commit"
    ? commits.map((fact) => row("commit", fact, { title: fact.title, url: null }, metric.observe(fact)))
    : deployments.map((fact) =>
        row("deployment", fact, { title: `Release ${fact.id}`, url: fact.url }, metric.observe(fact)),
      );
}

function inOrder(order: Query<"/api/rows">["order"], a: Row, b: Row): number {
  switch (order) {
    case "newest":
      return b.at.localeCompare(a.at);
    case "oldest":
      return a.at.localeCompare(b.at);
    case "largest":
      return (b.value ?? -1) - (a.value ?? -1);
    case "smallest":
      return (a.value ?? Infinity) - (b.value ?? Infinity);
  }
}
