import type { Annotation, Definition, Measure, Point, Service, Source, Status } from "#web/types.ts";

export function aDefinition(of: Partial<Definition> = {}): Definition {
  return {
    id: "deployment-frequency",
    title: "Deployment frequency",
    definition: "How often.",
    source: "https://dora.dev",
    differs: "",
    factor: "throughput",
    statistic: "count",
    unit: "deployments",
    better: "higher",
    version: 1,
    counts: "release",
    bots: null,
    ...of,
  };
}

export function aMeasure(of: Partial<Measure> = {}): Measure {
  return {
    value: 84,
    n: 84,
    open: 0,
    k: null,
    low: null,
    high: null,
    p75: null,
    p85: null,
    p95: null,
    perWeek: 3.23,
    coverage: 1,
    beyond: null,
    caution: null,
    reason: null,
    ...of,
  };
}

export function aPoint(of: Partial<Point> = {}): Point {
  return {
    ...aMeasure(),
    from: "2026-11-16T00:00:00Z",
    to: "2026-11-23T00:00:00Z",
    label: "2026-W47",
    partial: false,
    signal: null,
    ...of,
  };
}

export function aSource(of: Partial<Source> = {}): Source {
  return {
    source: "git:headway",
    name: "headway",
    host: "git",
    state: "ok",
    progress: null,
    startedAt: null,
    events: null,
    deriving: null,
    waiting: null,
    left: null,
    syncedAt: "2026-11-22T09:39:00Z",
    error: null,
    notices: [],
    ...of,
  };
}

export function aService(of: Partial<Service> = {}): Service {
  return {
    name: "headway",
    source: "git:headway",
    repository: "headway",
    url: null,
    branch: "main",
    rule: "releases stand in for deployments",
    commits: 10,
    deployments: 2,
    firstCommitAt: "2024-03-01T12:00:00Z",
    lastCommitAt: null,
    firstDeployedAt: null,
    lastDeployedAt: null,
    waiting: 0,
    advice: null,
    ...of,
  };
}

export function aStatus(of: Partial<Status> = {}): Status {
  return {
    version: "0.1.0",
    zone: "Europe/Berlin",
    now: "2026-11-22T23:30:00Z",
    facts: 1,
    simulated: false,
    beside: "demo/",
    sources: [aSource()],
    services: [aService()],
    ...of,
  };
}

export function anAnnotation(of: Partial<Annotation> = {}): Annotation {
  return {
    id: 1,
    kind: "note",
    title: "Holiday freeze",
    from: "2026-11-18",
    to: "2026-11-19",
    fromAt: "2026-11-18T00:00:00Z",
    toAt: "2026-11-19T00:00:00Z",
    scope: "organisation",
    rebases: false,
    reason: "Nobody was there.",
    actor: "Ada",
    ...of,
  };
}
