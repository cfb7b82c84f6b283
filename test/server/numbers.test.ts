/** Every number comes apart into its rows, and however it is asked for it is the same number. */
import { describe, expect, it } from "vitest";
import type { Reply } from "#server/contract.ts";
import { metrics } from "#metrics/index.ts";
import type { Statistic } from "#metrics/metric.ts";
import { aDatabase, anInstallation, serve, synced } from "#test/support/installation.ts";
import type { Server } from "#test/support/installation.ts";
import { oddName, twoServices } from "#test/support/two-services.ts";

async function aServer(timezone = "UTC"): Promise<Server> {
  const { shop, odd } = twoServices();
  const installation = await anInstallation({
    collectors: [
      shop.collector({ batchSize: 500 }),
      odd.collector({ source: "fake:odd", name: oddName, batchSize: 500 }),
    ],
    database: aDatabase(),
    timezone,
  });
  await synced(installation);
  return serve(installation);
}

/** Half a year, a month, an hour or two, before the first, the whole, and days of another zone. */
const windows = [
  "from=2026-01-01&to=2026-07-01",
  "from=2026-03-01&to=2026-04-01",
  "from=2026-05-03T10:00:00Z&to=2026-05-03T19:30:00Z",
  "from=2019-01-01&to=2020-01-01",
  "from=2024-01-01&to=2026-07-01",
  "from=2025-12-29T23:00:00%2B02:00&to=2026-01-05",
];

/** What a plain git history can have. */
const plain = metrics.filter(({ needs }) => needs === null || needs === "releases").map(({ id }) => id);

type Rows = Reply<"/api/rows">;

async function allRows({ get }: Server, question: string): Promise<Rows["rows"]> {
  const rows: Rows["rows"] = [];
  for (let offset = 0; ; offset += 1000) {
    const page: Rows = (await get(`/api/rows?${question}&limit=1000&offset=${offset}`)).json();
    rows.push(...page.rows);
    if (offset + 1000 >= page.total) return rows;
  }
}

function middle(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return below === undefined || above === undefined ? null : below + (above - below) * 0.5;
}

function share(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.filter((value) => value === 1).length / values.length;
}

const statistics = { count: (values: readonly number[]) => values.length, median: middle, rate: share };

describe("a metric", () => {
  it("is what its rows say, in every window, for one service and for all", async () => {
    const server = await aServer();
    const scopes = ["", "&service=shop", `&service=${encodeURIComponent(oddName)}`];

    for (const { id, statistic } of metrics) {
      for (const question of windowsOf(id).flatMap((window) =>
        scopes.map((scope) => `metric=${id}&${window}${scope}`),
      )) {
        const { measures }: Reply<"/api/measures"> = (await server.get(`/api/measures?${question}`)).json();
        const first: Rows = (await server.get(`/api/rows?${question}`)).json();
        const rows = await allRows(server, question);
        const counted = rows.filter((row) => row.counted);
        const expected = ofRows(statistic, counted, first.whole);
        const wholes = measures.map(({ whole }) => whole);

        expect([first.whole], question).toEqual(wholes);
        expect([rows.length, counted.length], question).toEqual([first.total, first.counted]);
        expect(counted.length, question).toBe(first.whole.n);
        expect(first.whole.value, question).toBe(expected);
        expect(rows.filter(isWithoutReason), question).toEqual([]);
      }
    }
  });

  it.each(["day", "week", "month"])("has a series by %s whose parts add up to the whole", async (interval) => {
    const { get } = await aServer("Europe/Berlin");

    for (const window of windows) {
      const { measures }: Reply<"/api/measures"> = (await get(`/api/measures?interval=${interval}&${window}`)).json();

      expect(measures.map(({ metric }) => metric)).toEqual(plain);
      for (const { metric, whole, series } of measures) {
        expect(sum(series.map(({ n }) => n)), `${metric} ${window}`).toBe(whole.n);
        expect(sum(series.map(({ k }) => Number(k))), `${metric} ${window}`).toBe(Number(whole.k));
        expect(series.slice(1).map(({ from }) => from)).toEqual(series.slice(0, -1).map(({ to }) => to));
      }
    }
  });

  it("of all services is made of what the single ones are made of", async () => {
    const { get } = await aServer();

    for (const window of windows) {
      const pooled: Reply<"/api/measures"> = (await get(`/api/measures?${window}`)).json();
      const { services }: Reply<"/api/services"> = (await get(`/api/services?${window}`)).json();

      const all = services.flatMap(({ measures }) => measures);
      for (const { metric, whole } of pooled.measures) {
        const parts = all.filter((part) => part.metric === metric).map((part) => part.whole.n);
        expect(sum(parts), `${metric} ${window}`).toBe(whole.n);
      }
    }
  });
});

/** What a plain history cannot have is asked for once. */
function windowsOf(metric: string): readonly string[] {
  return plain.includes(metric) ? windows : windows.slice(0, 1);
}

/** The number that rows give; a count of nothing is 0 where the data reaches, and unknown where it does not. */
function ofRows(statistic: Statistic, counted: Rows["rows"], { reason }: Rows["whole"]): number | null {
  if (statistic === "count" && reason !== null) return null;
  return statistics[statistic](counted.flatMap(({ value }) => value ?? []));
}

function isWithoutReason({ counted, value, why }: Rows["rows"][number]): boolean {
  return counted !== (value !== null) || why === "";
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
