/** What two years by the week cost over HTTP: from a cold answer and a remembered one, and with ten times the history. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request, Agent } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DAY, HOUR } from "#metrics/time.ts";
import { Config } from "#config/schema.ts";
import { createApp } from "#server/app.ts";
import type { Installation } from "#server/installation.ts";
import { Live } from "#server/live.ts";
import { refresh } from "#server/refresh.ts";
import { Store } from "#server/store/store.ts";
import type { Length } from "#test/support/long-history.ts";
import { aLongHistory } from "#test/support/long-history.ts";
import { usualRules } from "#test/support/builders.ts";
import { amount, milliseconds, printTable, ratio } from "#test/support/measuring.ts";
import { defaultRule } from "#metrics/releases.ts";

const now = Date.parse("2026-06-30T12:00:00Z");
const RUNS = 15;

/** Ten years of 27,000 commits; ten times as many in a hundred years; ten times as many in the same ten. */
const histories: Record<string, Length> = {
  "27,000 commits in 10 years": { commits: 27_000, releases: 1200, step: 3.24 * HOUR, until: now - HOUR },
  "270,000 commits in 100 years": { commits: 270_000, releases: 12_000, step: 3.24 * HOUR, until: now - HOUR },
  "270,000 commits in 10 years": { commits: 270_000, releases: 12_000, step: 0.324 * HOUR, until: now - HOUR },
};

const folder = mkdtempSync(join(tmpdir(), "headway-bench-"));
try {
  const found = [];
  for (const [name, length] of Object.entries(histories)) found.push({ name, ...(await measured(length)) });
  const [first] = found;
  printTable(
    found.flatMap(({ name, cold, zoned, warm, service, rows, status }) => [
      amount(`${name}: two years by the week, cold`, cold, "ms", 20),
      amount(`${name}: the same in Europe/Berlin, cold`, zoned, "ms", 20),
      amount(`${name}: the same, remembered`, warm, "ms", 20),
      amount(`${name}: services, half a year, cold`, service, "ms"),
      amount(`${name}: 100 rows of two years, cold`, rows, "ms"),
      amount(`${name}: status`, status, "ms"),
      ratio(`${name}: against the first history, cold`, cold, first?.cold ?? cold),
    ]),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measured(length: Length) {
  const installation = await anInstallationWith(length);
  const get = await served(installation);
  const berlin = await served({ ...installation, config: { ...installation.config, timezone: "Europe/Berlin" } });
  const from = now - 2 * 364 * DAY;
  // Another millisecond is another question: nothing is remembered of it.
  const window = (run: number) => `from=${new Date(from + run).toISOString()}`;
  const result = {
    cold: await milliseconds(RUNS, async (run) => get(`/api/measures?interval=week&${window(run)}`)),
    zoned: await milliseconds(RUNS, async (run) => berlin(`/api/measures?interval=week&${window(run)}`)),
    warm: await milliseconds(RUNS * 5, async () => get(`/api/measures?interval=week&${window(0)}`)),
    service: await milliseconds(RUNS, async (run) =>
      get(`/api/services?from=${new Date(now - 182 * DAY + run).toISOString()}`),
    ),
    rows: await milliseconds(RUNS, async (run) => get(`/api/rows?metric=lead-time-commit&${window(run)}`)),
    status: await milliseconds(RUNS, async () => get("/api/status")),
  };
  await get.close();
  await berlin.close();
  await installation.store.close();
  return result;
}

async function anInstallationWith(length: Length): Promise<Installation> {
  const database = join(folder, `${length.commits}-${length.step}.db`);
  const store = await Store.open(database);
  const { repository, commits, releases } = aLongHistory(length);
  const { source } = repository;
  const { id } = await store.openSource({ key: source, name: "long", host: "git" });
  await store.save(
    id,
    { events: [...commits, ...releases, repository], removed: [], notices: [], cursor: "all", progress: 1 },
    now,
  );
  await store.finishSync(id, { syncedAt: now, notices: [] });
  const options = { host: "git" as const, path: source, releases: defaultRule };
  async function* collect() {}
  const sources = [
    {
      options,
      rules: { ...usualRules, backfillDays: 0 },
      collector: { source, name: "long", collect },
    },
  ];
  const config = Config.parse({ database, sources: [options] });
  const signer = async () => Promise.reject(new Error("Nothing is signed here."));
  const installation = { config, store, sources, now: () => now, live: new Live(), waiting: [], signer };
  await refresh(installation);
  return installation;
}

async function served(installation: Installation) {
  const server = createServer(createApp(installation, { webRoot: folder }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const get = async (path: string): Promise<number> => {
    const sent = request({ host: "127.0.0.1", port, path, agent }).end();
    const [response] = await once(sent, "response");
    let size = 0;
    for await (const chunk of response) size += chunk.length;
    if (response.statusCode !== 200) throw new Error(`${path} answers ${response.statusCode}.`);
    return size;
  };
  const close = async () => {
    agent.destroy();
    server.close();
    await once(server, "close");
  };
  return Object.assign(get, { close });
}
