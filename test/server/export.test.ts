import { describe, expect, it } from "vitest";
import type { Reply } from "#server/contract.ts";
import { exportFormats, exportKinds } from "#server/contract.ts";
import { median, sortedNumbers } from "#metrics/statistics/quantile.ts";
import { exportColumns } from "#server/export/columns.ts";
import type { Collector } from "#collectors/collector.ts";
import type { DeliveryEvent } from "#metrics/events.ts";
import { aChange, aDeployment, anAlert, aRepository } from "#test/support/builders.ts";
import { aBatch } from "#test/support/events.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import type { Answer, Server } from "#test/support/installation.ts";
import { anInstallation, serve, synced } from "#test/support/installation.ts";
import { hostile, oddName, twoServices } from "#test/support/two-services.ts";

async function aServer(): Promise<Server> {
  const { shop, odd } = twoServices();
  return serverOf([
    shop.collector({ batchSize: 500 }),
    odd.collector({ source: "fake:odd", name: oddName, batchSize: 500 }),
  ]);
}

async function serverOf(collectors: Parameters<typeof anInstallation>[0]["collectors"]): Promise<Server> {
  const installation = await anInstallation({ collectors });
  await synced(installation);
  return serve(installation);
}

/** A host that tells of some events. */
function telling(events: readonly DeliveryEvent[]): Collector {
  return {
    source: "git:shop",
    name: "shop",
    async *collect() {
      yield aBatch({ events, progress: 1 });
    },
  };
}

/** What a line of an export may hold. */
type Row = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

function lines({ text }: Answer): Row[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);
}

/** RFC 4180, as a spreadsheet reads it. */
function cells(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, cell = "", end] of text.matchAll(/("(?:[^"]|"")*"|[^",\n]*)(,|\n)/g)) {
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

/** The known lead times of what was deployed, without merges. */
function leadTimes(commits: readonly Row[]): number[] {
  const deployed = commits.filter(({ isMerge, deployedAt }) => isMerge === false && deployedAt !== null);
  return deployed.flatMap(({ leadTimeHours }) => (typeof leadTimeHours === "number" ? [leadTimeHours] : []));
}

function isOf(row: Row, metric: string, intervals: readonly string[]): boolean {
  return row["metric"] === metric && intervals.includes(String(row["interval"]));
}

describe.each(exportKinds)("the export of %s", (kind) => {
  it("holds the same rows in every format", async () => {
    const { get } = await aServer();
    const query = "from=2026-05-01";

    const [ndjson, csv, json] = [
      lines(await get(`/api/export/${kind}?${query}`)),
      cells((await get(`/api/export/${kind}?${query}&format=csv`)).text),
      (await get(`/api/export/${kind}?${query}&format=json`)).json(),
    ];

    expect(json).toEqual(ndjson);
    expect(csv[0]).toEqual([...exportColumns[kind]]);
    const texts = ndjson.map((row) => exportColumns[kind].map((column) => plain(row[column])));
    expect(csv.slice(1).map((row) => row.map((cell) => cell.replace(/^'/, "")))).toEqual(texts);
  });

  it("says what kind of file it is and what it should be called", async () => {
    const { get } = await aServer();

    const headers = await Promise.all(
      exportFormats.map(async (format) => (await get(`/api/export/${kind}?format=${format}&from=2026-06-01`)).headers),
    );

    expect(headers.map((header) => header["content-type"]?.split(";")[0])).toEqual([
      "application/x-ndjson",
      "text/csv",
      "application/json",
    ]);
    expect(headers[1]?.["content-disposition"]).toBe(`attachment; filename=headway-${kind}.csv`);
  });

  it("is a file also when it holds nothing", async () => {
    const { get } = await serverOf([new FakeHost().collector()]);

    expect((await get(`/api/export/${kind}`)).text).toBe("");
    expect((await get(`/api/export/${kind}?format=csv`)).text).toBe(`${exportColumns[kind].join(",")}\n`);
    expect((await get(`/api/export/${kind}?format=json`)).json()).toEqual([]);
  });

  it("has exactly the columns it names", async () => {
    const { get } = await aServer();

    const rows = lines(await get(`/api/export/${kind}?from=2026-06-01`));

    expect(
      rows.filter((row) => Object.keys(row).toSorted().join() !== [...exportColumns[kind]].toSorted().join()),
    ).toEqual([]);
  });
});

function plain(value: Row[string] | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? value.join(" ") : String(value);
}

describe.each(["commits", "changes", "deployments"] as const)("windows of exported %s", (kind) => {
  it("that tile time tile the rows", async () => {
    const { get } = await aServer();
    const edges = ["2024-01-01", "2025-03-15", "2025-11-01", "2026-02-11T11:00:00Z", "2026-05-05", "2026-07-20"];

    const all = (await get(`/api/export/${kind}?from=${edges[0]}&to=${edges.at(-1)}`)).text.split("\n").sort();
    const parts: string[] = [];
    for (const [index, to] of edges.slice(1).entries())
      parts.push(...(await get(`/api/export/${kind}?from=${edges[index]}&to=${to}`)).text.split("\n"));
    const [before, after] = [
      await get(`/api/export/${kind}?to=${edges[3]}`),
      await get(`/api/export/${kind}?from=${edges[3]}`),
    ];

    expect(parts.filter(Boolean).toSorted()).toEqual(all.filter(Boolean));
    expect(`${before.text}${after.text}`.split("\n").filter(Boolean).toSorted()).toEqual(all.filter(Boolean));
  });

  it("that begin where they end are of one service each", async () => {
    const { get } = await aServer();
    const of = async (service: string) => lines(await get(`/api/export/${kind}${service}`));

    const [all, shop, odd] = [
      await of(""),
      await of("?service=shop"),
      await of(`?service=${encodeURIComponent(oddName)}`),
    ];

    expect(shop.length).toBeGreaterThan(0);
    expect(all).toHaveLength(shop.length + odd.length);
    expect(new Set(odd.map(({ service }) => service))).toEqual(new Set([oddName]));
  });
});

describe("exported rows", () => {
  it("give the numbers of the dashboard: releases, and the median lead time", async () => {
    const { get } = await aServer();
    const window = "from=2026-01-01&to=2026-07-01";

    const measures: Reply<"/api/measures"> = (await get(`/api/measures?${window}&interval=month`)).json();
    const deployments = lines(await get(`/api/export/deployments?${window}`));
    const commits = lines(await get(`/api/export/commits?${window}`));

    const byId = new Map(measures.measures.map((measure) => [measure.metric, measure]));
    const perMonth = byId
      .get("deployment-frequency")
      ?.series.map(({ label }) => deployments.filter(({ deployedAt }) => String(deployedAt).startsWith(label)).length);
    const waits = leadTimes(commits);
    expect(byId.get("deployment-frequency")?.whole.value).toBe(deployments.length);
    expect(byId.get("deployment-frequency")?.series.map(({ value }) => value)).toEqual(perMonth);
    expect(byId.get("lead-time-commit")?.whole.n).toBe(waits.length);
    expect(byId.get("lead-time-commit")?.whole.value).toBe(median(sortedNumbers(waits)));
  });

  it("of measures are the same measures, whole and week by week", async () => {
    const { get } = await aServer();
    const window = "from=2026-03-02&to=2026-06-01";

    const rows = lines(await get(`/api/export/measures?${window}&service=shop`));
    const answer: Reply<"/api/measures"> = (await get(`/api/measures?${window}&service=shop`)).json();

    for (const { metric, whole, series } of answer.measures) {
      const [first, ...weeks] = rows.filter((row) => isOf(row, metric, ["whole", "week"]));
      expect(first).toMatchObject({
        scope: "shop",
        interval: "whole",
        value: whole.value,
        n: whole.n,
        low: whole.low,
        high: whole.high,
        coverage: whole.coverage,
      });
      expect(weeks.map(({ value, from }) => [from, value])).toEqual(series.map(({ value, from }) => [from, value]));
    }
  });

  it("come newest first, with instants in UTC and durations in hours", async () => {
    const host = new FakeHost();
    host.commit({ committedAt: at("2026-03-01T10:00"), authoredAt: at("2026-03-01T09:30"), title: "First" });
    host.tag("v1.0.0", { publishedAt: at("2026-03-01T12:00") });
    host.commit({ committedAt: at("2026-03-02T10:00"), title: "Second" });
    const { get } = await serverOf([host.collector()]);

    const rows = lines(await get("/api/export/commits"));

    expect(rows).toMatchObject([
      { title: "Second", deployedAt: null, deploymentId: null, leadTimeHours: null },
      {
        title: "First",
        authoredAt: "2026-03-01T09:30:00.000Z",
        deployedAt: "2026-03-01T12:00:00.000Z",
        deploymentId: "v1.0.0",
        leadTimeHours: 2.5,
      },
    ]);
  });

  it("of changes say when they were asked for, and those of alerts when they were fixed", async () => {
    const events = [
      aRepository(),
      aChange(1, { requestedAt: at("2026-01-01"), openedAt: at("2026-01-05") }),
      aChange(2, { openedAt: at("2026-01-06") }),
      anAlert("1", at("2026-02-01"), { scan: "secret", severity: "low", fixedAt: at("2026-02-02T12:00") }),
      anAlert("2", at("2026-02-03"), { dismissedAt: at("2026-02-04") }),
    ];
    const { get } = await serverOf([telling(events)]);

    const changes = lines(await get("/api/export/changes"));
    const alerts = lines(await get("/api/export/alerts"));
    const window = lines(await get("/api/export/alerts?from=2026-02-02&to=2026-02-05"));

    expect(changes.map(({ id, requestedAt }) => [id, requestedAt])).toEqual([
      ["2", null],
      ["1", "2026-01-01T00:00:00.000Z"],
    ]);
    expect(alerts).toMatchObject([
      { id: "2", fixedAt: null, dismissedAt: "2026-02-04T00:00:00.000Z", hoursToFix: null },
      { id: "1", scan: "secret", severity: "low", fixedAt: "2026-02-02T12:00:00.000Z", hoursToFix: 36 },
    ]);
    expect(window.map(({ id }) => id)).toEqual(["2"]);
  });

  it("of a deployment whose commit is unknown leave open what it carried", async () => {
    const events = [aRepository(), aDeployment("1", "gone", at("2026-01-05"))];
    const { get } = await serverOf([telling(events)]);

    const [row] = lines(await get("/api/export/deployments"));
    const [head = [], cellsOf = []] = cells((await get("/api/export/deployments?format=csv")).text);

    expect(row).toMatchObject({ id: "1", commits: null, changes: null });
    expect([cellsOf[head.indexOf("commits")], cellsOf[head.indexOf("changes")]]).toEqual(["", ""]);
  });

  it("of commits are those of the default branch, merges included", async () => {
    const host = new FakeHost();
    const root = host.commit();
    const side = host.branchCommit({ parents: [root] });
    host.commit({ parents: [root, side], title: "Merge" });
    const beside = host.branchCommit({ parents: [root], title: "On a release branch" });
    host.tag("v1.0.1", { sha: beside });
    const { get } = await serverOf([host.collector()]);

    const rows = lines(await get("/api/export/commits"));

    expect(rows.filter(({ isMerge }) => isMerge)).toHaveLength(1);
    expect(rows).toHaveLength(3);
    expect(rows.map(({ sha }) => sha)).not.toContain(beside);
  });
});

describe("a CSV cell", () => {
  it.each([hostile, "=1+1", "+1", "-1", "@SUM(A1)", "@x/cmd|' /C calc'!A0", "\t=1", "\r=1"])(
    "that a spreadsheet would run is text: %s",
    async (title) => {
      const host = new FakeHost();
      host.commit({ title });
      const { get } = await serverOf([host.collector()]);

      const [head = [], row = []] = cells((await get("/api/export/commits?format=csv")).text);

      expect(row[head.indexOf("title")]).toBe(`'${title}`);
    },
  );

  it.each([
    "@scope/package",
    "@scope/package@1.2.3",
    "@my-org/ui.kit@10.0.0-rc.1",
    "v1.2.3",
    "2026",
    "a,b",
    'say "hello"',
    "1=1",
    "two\nlines",
  ])("that is harmless stays as it is: %s", async (name) => {
    const host = new FakeHost();
    host.commit();
    host.tag(name);
    const installation = await anInstallation({ collectors: [host.collector()], rule: { tags: ".", branch: "any" } });
    await synced(installation);
    const { get } = await serve(installation);

    const [head = [], row = []] = cells((await get("/api/export/deployments?format=csv")).text);

    expect(row[head.indexOf("id")]).toBe(name);
  });
});

describe("the export of practices", () => {
  it("has each part of each practice of each service week by week, the newest first, as the page has it", async () => {
    const { get } = await aServer();
    const rows = lines(await get("/api/export/progress?service=shop"));
    const page: Reply<"/api/progress/service"> = (await get("/api/progress/service?service=shop&weeks=208")).json();
    const daily = rows.filter(({ part }) => part === "daily-integration");
    const told = page.practices.find(({ practice }) => practice === "trunk-based");
    const history = told?.parts.find(({ part }) => part === "daily-integration")?.history.toReversed();

    expect(new Set(rows.map(({ practice }) => practice))).toEqual(
      new Set(page.practices.map(({ practice }) => practice)),
    );
    expect(daily.length).toBeGreaterThan(51);
    expect(daily.map(({ from, isMet, met, of }) => [from, isMet, met, of])).toEqual(
      history?.slice(0, daily.length).map(({ from, isMet, met, of }) => [from, isMet, met, of]),
    );
    expect(daily[0]).toMatchObject({ service: "shop", stage: page.stage, practiceStatus: told?.status });
  });

  it("has the weeks of a window alone", async () => {
    const { get } = await aServer();
    const rows = lines(await get("/api/export/progress?service=shop&from=2026-06-01&to=2026-06-22"));

    expect([...new Set(rows.map(({ from }) => from))]).toEqual([
      "2026-06-15T00:00:00.000Z",
      "2026-06-08T00:00:00.000Z",
      "2026-06-01T00:00:00.000Z",
    ]);
  });
});
