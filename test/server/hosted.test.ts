/** What a host tells, through the whole line: events in, answers out. */
import { describe, expect, it } from "vitest";
import type { Batch, Collector } from "#collectors/collector.ts";
import { GitHubOptions } from "#collectors/github/options.ts";
import type { DeliveryEvent } from "#metrics/events.ts";
import { metrics } from "#metrics/index.ts";
import { DAY, HOUR, MINUTE } from "#metrics/time.ts";
import type { Reply } from "#server/contract.ts";
import type { Installation } from "#server/installation.ts";
import {
  anAlert,
  aChange,
  aCommit,
  aDeployment,
  aJob,
  aLine,
  anIncident,
  aRepository,
  aReview,
  aRun,
  statuses,
  usualRules,
} from "#test/support/builders.ts";
import { aBatch } from "#test/support/events.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, serve, synced } from "#test/support/installation.ts";

const START = at("2026-05-04");
const HOSTED = "fake:hosted";
const window = "from=2026-04-01&to=2026-06-30";

/** Hands over each list of events in a sync of its own. */
function telling(...syncs: readonly Partial<Batch>[]): Collector {
  return {
    source: HOSTED,
    name: "acme",
    async *collect(cursor) {
      const next = syncs[Number(cursor)];
      if (next !== undefined) yield aBatch({ ...next, cursor: String(Number(cursor) + 1), progress: 1 });
    },
  };
}

/** Twelve changes, one a day, each reviewed but the last, all deployed the day after but the last two; two pushes past them. */
function aTeam(): DeliveryEvent[] {
  const events: DeliveryEvent[] = [];
  const commits = [aCommit("root", { authoredAt: START - 2 * DAY })];
  for (let day = 0; day < 12; day++) {
    const merged = START + day * DAY;
    commits.push(
      aCommit(`m${day}`, { authoredAt: merged, title: `Change ${day} (#${day + 1})`, changeNumber: day + 1 }),
    );
    events.push(
      aChange(day + 1, {
        url: `https://acme.example/pull/${day + 1}`,
        openedAt: merged - 10 * HOUR,
        mergedAt: merged,
        mergeCommit: `m${day}`,
        requestedAt: day < 4 ? merged - 5 * DAY : null,
        commits: [{ sha: `t${day}`, authoredAt: merged - 12 * HOUR }],
        reviews: day === 11 ? [] : [aReview(merged - 7 * HOUR), aReview(merged - 9 * HOUR, { authorKind: "bot" })],
      }),
    );
    if (day < 10) events.push(aDeployment(String(100 + day), `m${day}`, merged + DAY));
  }
  commits.push(aCommit("push", { authoredAt: START + 11 * DAY + HOUR, title: "Push past review" }));
  const failed = statuses(START + 3 * DAY, "running", "failure");
  return [
    aRepository({ head: "push" }),
    ...aLine(...commits),
    ...events,
    aChange(90, { authorKind: "bot", mergedAt: START, mergeCommit: "gone" }),
    aDeployment("200", "m3", 0, { createdAt: START + 3 * DAY, statuses: failed }),
    anIncident("7", START + 6 * DAY, {
      deployment: "104",
      resolvedAt: START + 6 * DAY + 3 * HOUR,
      title: "Shop is down",
    }),
    anAlert("code/1", START, { severity: "high", fixedAt: START + 2 * DAY, title: "A door is open" }),
    anAlert("code/2", START + DAY),
    ...someRuns(),
  ];
}

/** The second breaks the default branch for a day; the fourth deploys after half an hour's wait, and the fifth is of a branch. */
function someRuns(): DeliveryEvent[] {
  const start = START + 4 * DAY - 50 * MINUTE;
  const jobs = [
    aJob("1", "build", start, { startedAt: start - 5 * MINUTE }),
    aJob("2", "deploy", START + 4 * DAY, { startedAt: start + 30 * MINUTE }),
  ];
  return [
    aRun("501", "m0", START + DAY),
    aRun("502", "m1", START + 2 * DAY, { outcome: "failure" }),
    aRun("503", "m2", START + 3 * DAY),
    aRun("504", "m3", START + 4 * DAY, { createdAt: START + 4 * DAY - HOUR, jobs }),
    aRun("505", "t5", START + 5 * DAY, { branch: "topic", attempt: 2, startedAt: START + 5 * DAY - MINUTE }),
  ];
}

async function hosted(...collectors: readonly Collector[]): Promise<Installation> {
  const options = GitHubOptions.parse({ host: "github", token: "t", repositories: ["acme/shop"] });
  const installation = await anInstallation({ collectors });
  const sources = installation.sources.map((source) =>
    source.collector.source === HOSTED
      ? { ...source, options, rules: { ...usualRules, releases: options.releases } }
      : source,
  );
  return { ...installation, sources };
}

async function served(...collectors: readonly Collector[]) {
  const installation = await hosted(...collectors);
  await synced(installation);
  const { get } = await serve(installation);
  return {
    installation,
    measures: async (question = ""): Promise<Reply<"/api/measures">> =>
      (await get(`/api/measures?${window}${question}`)).json(),
    rows: async (metric: string): Promise<Reply<"/api/rows">> =>
      (await get(`/api/rows?${window}&order=oldest&metric=${metric}`)).json(),
    benchmark: async (): Promise<Reply<"/api/benchmark">> => (await get(`/api/benchmark?${window}`)).json(),
    status: async (): Promise<Reply<"/api/status">> => (await get("/api/status")).json(),
  };
}

/** What every repository can have. */
const plain = metrics.filter(({ needs }) => needs === null || needs === "releases").map(({ id }) => id);

const plainHost = (): Collector => {
  const host = new FakeHost();
  host.commit({ committedAt: START });
  host.tag("v1.0.0");
  return host.collector();
};

describe("the numbers of a host", () => {
  it("are all there, and say what they are", async () => {
    const { measures } = await served(telling({ events: aTeam() }));

    const reply = await measures();

    const found = Object.fromEntries(
      reply.measures.map(({ metric, whole: { value, n, k } }) => [metric, [value, n, k]]),
    );
    expect(found).toMatchObject({
      "deployment-frequency": [10, 10, null],
      "lead-time-change": [36, 10, null],
      "lead-time-proposal": [34, 10, null],
      "lead-time-merge": [24, 10, null],
      "lead-time-request": [144, 4, null],
      "lead-time-commit": [24, 11, null],
      "change-fail-rate": [0.1, 10, 1],
      "recovery-time": [27, 1, null],
      "stage-coding": [2, 12, null],
      "stage-pickup": [3, 11, null],
      "stage-review": [7, 11, null],
      "stage-deploy": [24, 10, null],
      "unreviewed-share": [1 / 12, 12, 1],
      "direct-push-share": [2 / 14, 14, 2],
      "unsuccessful-attempts": [1 / 11, 11, 1],
      "incident-recovery-time": [3, 1, null],
      "alert-remediation-time": [48, 1, null],
      "alerts-opened": [2, 2, null],
      "pipeline-duration": [1, 3, null],
      "pipeline-queue-time": [5 / 60, 1, null],
      "pipeline-success-rate": [3 / 4, 4, 3],
      "time-to-green": [24, 1, null],
      "pipeline-flakiness": [1 / 5, 5, 1],
      "approval-wait": [0.5, 1, null],
    });
    expect(reply.sentence).toMatch(/^10 deployments in .*, median lead time 36 h/);
  });

  it("know of what was opened also what is still open, and until when what was closed had waited", async () => {
    const wait = { readyAt: START + DAY, openedAt: START + DAY };
    const events = [
      ...aTeam(),
      ...[91, 92, 93, 94, 95, 96, 97, 98, 99].map((number) => aChange(number, wait)),
      aChange(100, { ...wait, closedAt: START + 3 * DAY }),
      aChange(101, { ...wait, readyAt: null }),
    ];
    const { installation, measures, rows } = await served(telling({ events }));

    const [toReview, toMerge] = (await measures("&metric=time-to-first-review,time-to-merge")).measures;
    const closed = (await rows("time-to-merge")).rows.filter(({ id }) => Number(id) >= 100);
    const until = installation.now();

    // Eleven reviewed after 3 h, one merged without after 10 h, ten that wait: half of 22 are reviewed after 3 h.
    expect(toReview?.whole).toMatchObject({ value: 3, n: 11, open: 11 });
    // Twelve merged after 10 h, ten that wait: half of 23 are merged after 10 h, and nobody knows of 75 %.
    expect(toMerge?.whole).toMatchObject({ value: 10, n: 12, open: 11, p75: null });
    expect(closed.map(({ id, openFor, counted }) => [id, openFor, counted])).toEqual([
      ["100", 48, true],
      ["101", (until - START - DAY) / HOUR, true],
    ]);
    expect(closed.map(({ why }) => why)).toEqual([
      "Its first commit is not known. Nobody but its author reviewed it. Closed without a merge.",
      "Its first commit is not known. Nobody but its author has reviewed it yet. Still open.",
    ]);
  });

  it("take in what bots did, and drop what is not over, where they are asked to", async () => {
    const { measures } = await served(telling({ events: aTeam() }));
    const asked = async (question: string) =>
      (await measures(`&metric=stage-deploy,unreviewed-share,deployment-frequency${question}`)).measures.map(
        ({ whole: { n, open, coverage } }) => [n, open, coverage],
      );

    expect(await asked("")).toEqual([
      [10, 2, 1],
      [12, 0, 1],
      [10, 0, 1],
    ]);
    expect(await asked("&open=dropped")).toEqual([
      [10, 0, 10 / 12],
      [12, 0, 1],
      [10, 0, 1],
    ]);
    expect(await asked("&bots=in")).toEqual([
      [10, 3, 1],
      [13, 0, 1],
      [10, 0, 1],
    ]);
  });

  it("stand beside what industries answered, and say where they are too few for it", async () => {
    const { benchmark } = await served(telling({ events: aTeam() }));

    const { services, factors, overall, edition } = await benchmark();

    expect([services, edition, overall]).toEqual([1, "2025", 6]);
    expect(factors.map(({ factor, option, score }) => [factor, option, score])).toEqual([
      ["lead-time", "1 day to 1 week", 6],
      ["frequency", null, null],
      ["recovery", null, null],
      ["fail-rate", null, null],
      ["rework-rate", null, null],
    ]);
    expect(factors[1]?.reason).toBe("10 deployments in this window: too few to compare (from 20).");
    expect(factors[0]?.industries[0]).toEqual({ name: "all industries", mean: 5.5, deviation: 2.4 });
  });

  it("say of the request clock how many changes have an issue", async () => {
    const { measures } = await served(telling({ events: aTeam() }));

    const [measure] = (await measures("&metric=lead-time-request")).measures;

    expect(measure).toMatchObject({
      whole: { coverage: 0.4 },
      details: [{ label: "with a linked issue", value: "4 of 10 changes" }],
    });
  });

  it("count alerts from the first one on, because before it nobody may have looked", async () => {
    const { measures } = await served(telling({ events: aTeam() }));

    const [measure] = (await measures("&metric=alerts-opened&interval=month")).measures;

    expect(measure?.series.map(({ label, value, partial }) => [label, value, partial])).toEqual([
      ["2026-05", 2, true],
      ["2026-06", 0, true],
    ]);
  });

  it("show where the time goes, which stage takes most, and what they rest on", async () => {
    const { measures } = await served(telling({ events: aTeam() }));

    const { stages, quality } = await measures();

    expect(stages?.stages.map(({ metric, hours, median }) => [metric, hours, median])).toEqual([
      ["stage-coding", 24, 2],
      ["stage-pickup", 33, 3],
      ["stage-review", 77, 7],
      ["stage-deploy", 240, 24],
    ]);
    expect(stages?.bottleneck).toBe("stage-deploy");
    expect(Object.fromEntries(quality.map(({ id, value }) => [id, value]))).toMatchObject({
      "deployments-with-commit": 1,
      "changes-deployed": 10 / 13,
      "negative-spans": 0,
      "bot-changes": 1,
      "incidents-attributed": 1,
      "alerts-fixed": 0.5,
    });
  });

  it("rest on what was looked at for them, where single ones are asked for", async () => {
    const { measures } = await served(telling({ events: aTeam() }));
    const told = async (metric: string) => (await measures(`&metric=${metric}`)).quality.map(({ id }) => id);

    expect(await told("lead-time-change")).toEqual([]);
    expect(await told("lead-time-commit")).toEqual(["unknown-lead-times"]);
    expect(await told("deployment-frequency")).toEqual(["deployments-with-commit"]);
  });

  it("come apart into rows that say why they count", async () => {
    const { rows } = await served(telling({ events: aTeam() }));

    const [change] = (await rows("stage-review")).rows;
    const waiting = (await rows("stage-deploy")).rows.filter(({ openFor }) => openFor !== null);
    const [incident] = (await rows("incident-recovery-time")).rows;
    const [alert] = (await rows("alert-remediation-time")).rows;
    const [broken] = (await rows("time-to-green")).rows;
    const [paused] = (await rows("approval-wait")).rows;
    const attempts = (await rows("unsuccessful-attempts")).rows.filter(({ value }) => value === 1);
    const pushes = (await rows("direct-push-share")).rows.filter(({ value }) => value === 1);

    expect(change).toEqual({
      kind: "change",
      id: "1",
      title: "Change 1",
      service: "acme/shop",
      at: "2026-05-04T00:00:00.000Z",
      url: "https://acme.example/pull/1",
      value: 7,
      openFor: null,
      counted: true,
      why: "Ready 2 h after its first commit. First review after 3 h, merged 7 h after that. First contained in 100, 24 h after the merge.",
      labels: [],
      subject: { kind: "change", id: "1" },
      judgement: null,
    });
    expect(waiting.map(({ id, counted, why }) => [id, counted, why.endsWith("Not deployed yet.")])).toEqual([
      ["11", true, true],
      ["12", true, true],
    ]);
    expect(incident).toMatchObject({
      kind: "incident",
      title: "Shop is down",
      value: 3,
      why: "Over after 3 h. It names deployment 104.",
    });
    expect(alert).toMatchObject({
      kind: "alert",
      title: "A door is open",
      at: "2026-05-06T00:00:00.000Z",
      value: 48,
      why: "Found in the code, severity high. Fixed after 2 d.",
    });
    expect(broken).toMatchObject({
      kind: "pipeline",
      id: "502",
      title: "CD",
      url: "https://acme.example/runs/502",
      value: 24,
      why: "Failed on main at m1 after 1 h. It broke the branch for 24 h.",
    });
    expect(paused?.why).toBe(
      "Succeeded on main at m3 after 1 h. Its first job began after 5 min. Nothing ran for 30 min between two jobs.",
    );
    expect(attempts).toMatchObject([{ kind: "deployment", id: "200", why: "It failed and never reached production." }]);
    expect(pushes.map(({ id }) => id)).toEqual(["root", "push"]);
  });

  it("come apart into rows that say what their number lacks of those that do not count", async () => {
    const { rows } = await served(telling({ events: aTeam() }));

    const [requests, kinds] = [await rows("lead-time-request"), await rows("repair-share")];
    const without = [requests, kinds].map(({ rows: found }) => found.filter((row) => !row.counted));

    expect(without.map((found) => found.length)).toEqual([6, 13]);
    expect(without[0]?.every(({ why }) => why.startsWith("No issue is linked to it. Ready "))).toBe(true);
    expect(without[1]?.every(({ why }) => why.startsWith("Nothing says what kind of work it is. "))).toBe(true);
  });

  it("are what their rows say, one metric like the other", async () => {
    const { measures, rows } = await served(telling({ events: aTeam() }));

    for (const { metric, whole } of (await measures()).measures) {
      const { whole: ofRows, counted, total, rows: found } = await rows(metric);
      expect(ofRows, metric).toEqual(whole);
      expect([found.length, found.filter((row) => row.counted).length], metric).toEqual([total, counted]);
      expect(
        found.filter(({ why }) => why === ""),
        metric,
      ).toEqual([]);
    }
  });

  it("stop counting an incident whose label was taken away", async () => {
    const { installation, measures } = await served(
      telling({ events: aTeam() }, { removed: [{ kind: "incident", repository: "acme/shop", id: "7" }] }),
    );
    const failRate = async () => (await measures("&metric=change-fail-rate")).measures[0]?.whole.k;

    expect(await failRate()).toBe(1);
    await synced(installation);
    expect(await failRate()).toBe(0);
  });

  it("count a deployment that waited for an approval once it is over", async () => {
    const waiting = aDeployment("300", "m11", 0, {
      createdAt: START + 12 * DAY,
      statuses: statuses(START + 12 * DAY, "waiting"),
    });
    const over = { ...waiting, statuses: statuses(START + 12 * DAY, "waiting", "running", "success") };
    const { installation, measures } = await served(telling({ events: [...aTeam(), waiting] }, { events: [over] }));
    const count = async () => (await measures("&metric=deployment-frequency")).measures[0]?.whole.n;

    expect(await count()).toBe(10);
    await synced(installation);
    expect(await count()).toBe(11);
  });
});

describe("a repository of which no host tells", () => {
  it("is shown nothing that only a host knows, unless it is asked for, and then why", async () => {
    const { measures, rows } = await served(plainHost());

    const reply = await measures();
    const asked = await measures(
      "&metric=stage-pickup,unsuccessful-attempts,incident-recovery-time,alerts-opened,time-to-green",
    );

    expect(reply.measures.map(({ metric }) => metric)).toEqual(plain);
    expect(plain).toHaveLength(14);
    expect(reply.stages).toMatchObject({
      stages: [],
      bottleneck: null,
      words: expect.stringMatching(/^Only a host knows/),
    });
    expect(asked.measures.map(({ whole: { value, reason } }) => [value, reason])).toEqual([
      [null, expect.stringMatching(/^Only a host knows how changes/)],
      [null, expect.stringMatching(/^A release has no attempts/)],
      [null, expect.stringMatching(/^No incident is known here/)],
      [null, expect.stringMatching(/^No alert of a scanner is known here/)],
      [null, expect.stringMatching(/^No run of a pipeline is known here/)],
    ]);
    expect(asked.stages).toBeNull();
    expect((await rows("stage-pickup")).whole).toEqual(asked.measures[0]?.whole);
  });

  it("beside one with a host is told of with it, and by its own rule", async () => {
    const { measures, status } = await served(telling({ events: aTeam() }), plainHost());

    const ids = async (question: string) => (await measures(question)).measures.map(({ metric }) => metric);

    const whoseHoursAreKnown = ["outside-hours-share"];
    expect(await ids("")).toEqual(metrics.map(({ id }) => id).filter((id) => !whoseHoursAreKnown.includes(id)));
    expect(await ids("&service=shop")).not.toContain("lead-time-change");
    expect(await ids("&service=acme/shop")).not.toContain("patch-soon-share");
    expect((await status()).services.map(({ name, rule }) => [name, rule])).toEqual([
      ["acme/shop", "deployments to production, from GitHub"],
      ["shop", "stable version tags (1.2.3, v1.2.3, pkg@1.2.3) on any branch stand in for deployments"],
    ]);
  });
});

describe("a host without a deployment to production", () => {
  it("is told what it has, and how to say which environments are production", async () => {
    const staging = aDeployment("1", "a", START, { environment: "staging" });
    const events = [aRepository({ head: "a" }), aCommit("a", { authoredAt: START - MINUTE }), staging];
    const { status } = await served(telling({ events }));

    const [service] = (await status()).services;

    expect(service?.rule).toMatch(/^deployments to production, from GitHub; as long as there are none, /);
    expect(service?.advice).toMatch(
      /^GitHub has 1 deployment of this repository, but none that succeeded in production\./,
    );
  });

  it("does not say that what was deployed before the record waits", async () => {
    const commits = aLine(
      aCommit("old", { authoredAt: START - 365 * DAY }),
      aCommit("new", { authoredAt: START - DAY }),
    );
    const { status, rows } = await served(
      telling({ events: [aRepository({ head: "new" }), ...commits, aDeployment("1", "new", START)] }),
    );

    expect((await status()).services).toMatchObject([{ commits: 2, deployments: 1, waiting: 0 }]);
    expect((await rows("lead-time-commit")).total).toBe(1);
  });
});
