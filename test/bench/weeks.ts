/**
 * Median, P85 and P95 of the lead time by week and team over two years, which nobody asked before, in one question for all teams, against
 * DuckDB in memory, which is given the same rows and must come to the same numbers; the same team by team; and rows by a filter. `npm run bench -- weeks 1000000 10000000`; with
 * BENCH_DATABASES=FOLDER the organisations are kept there, and found there the next time. Of more than a million changes only the facts
 * are made (`support/many-facts.ts`).
 */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DAY } from "#metrics/time.ts";
import { answerSeries } from "#server/answers/series.ts";
import { contract } from "#server/contract.ts";
import type { Installation, OpenInstallation } from "#server/installation.ts";
import { closeInstallation, sourceKeys } from "#server/installation.ts";
import { refresh } from "#server/refresh.ts";
import { structureOf } from "#server/structure.ts";
import { amount, milliseconds, printTable, ratio } from "#test/support/measuring.ts";
import type { Connection } from "./support/duckdb.ts";
import { duckdb } from "./support/duckdb.ts";
import { openManyFacts } from "./support/many-facts.ts";
import type { OrganisationSize } from "./support/organisation.ts";
import { LAST_DAY, openOrganisation } from "./support/organisation.ts";
import { served } from "./support/serving.ts";
import { spent, spentOn } from "./support/spent.ts";

const SINCE = new Date(LAST_DAY - 2 * 364 * DAY).toISOString();
const ASKED = { metric: "lead-time-change", interval: "week", from: SINCE };
const SERIES = `/api/series?${new URLSearchParams({ ...ASKED, each: "team" }).toString()}`;
const MOST_EVENTS_OF = 1_000_000;

/** What is known of a week of a team: how many changes, and hours. */
type Week = readonly [team: string, from: string, n: number, median: number, p85: number, p95: number | null];

const sizes = process.argv.slice(2).map(Number);
for (const changes of sizes.length === 0 ? [10_000] : sizes) await measure(changes);

async function measure(changes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "headway-bench-"));
  const size = { changes, services: Math.min(1000, Math.ceil(changes / 1000)) };
  const opened = await open(process.env["BENCH_DATABASES"] ?? folder, size);
  // Weeks begin when DuckDB's do.
  const installation = { ...opened, config: { ...opened.config, timezone: "UTC" } };
  try {
    console.log(`\n  ${changes} changes, ${size.services} services`);
    printTable(await weeks(installation, folder, changes > MOST_EVENTS_OF ? 1.5 : 5));
  } finally {
    await closeInstallation(opened);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function open(folder: string, size: OrganisationSize): Promise<OpenInstallation> {
  if (size.changes > MOST_EVENTS_OF) return openManyFacts(join(folder, `facts-${size.changes}.db`), size);
  const { installation, goOn } = await openOrganisation(join(folder, `organisation-${size.changes}.db`), size);
  await goOn(LAST_DAY);
  await refresh(installation);
  return installation;
}

async function weeks(installation: Installation, folder: string, most: number) {
  const teams = structureOf(installation.config).teams.map(({ name }) => name);
  const told = await toldWeeks(installation);
  const fresh = await spentOn(async () => toldWeeks(installation));
  const sent = await spentOn(async () => {
    const server = await served(installation, folder);
    await server.get(SERIES);
    await server.close();
  });
  const one = await spentOn(async () => {
    const server = await served(installation, folder);
    for (const team of teams) await server.get(pathOf(team, "numbers"));
    await server.close();
  });
  const all = await spentOn(async () => {
    const server = await served(installation, folder);
    for (const team of teams) await server.get(pathOf(team, "all"));
    await server.close();
  });
  const server = await served(installation, folder);
  const cached = await spentOn(async () => server.get(SERIES));
  const filtered = await milliseconds(3, async (run) => server.get(filteredPath(run)));
  await server.close();
  const duck = await compared(installation, folder, told);
  return [
    ...spent("lead time by week and team, not asked before", fresh),
    ...spent("the same as JSON from a server, packed", sent),
    ...spent("the same, team by team", one),
    ...spent("team by team with the two years before, limits and trend", all),
    ...spent("all teams again, from a server", cached),
    ...(duck === null
      ? [amount("DuckDB could not be fetched", Number.NaN, "")]
      : [
          ...spent("DuckDB, the same rows and the same numbers", duck),
          ratio("not asked before against DuckDB", fresh.passed, duck.passed, most),
          ratio("the same, processor", fresh.processor, duck.processor, most),
          ratio("from a server against DuckDB", sent.passed, duck.passed, most),
          ratio("the same, processor", sent.processor, duck.processor, most),
        ]),
    amount("rows by label, author and size", filtered, "ms", 1000),
  ];
}

function pathOf(team: string, told: "all" | "numbers"): string {
  return `/api/measures?${new URLSearchParams({ ...ASKED, told, scope: `team:${team}` }).toString()}`;
}

/** Another period each time. */
function filteredPath(run: number): string {
  const from = new Date(Date.parse(SINCE) + run).toISOString();
  return `/api/rows?metric=lead-time-change&from=${from}&label=dependencies&authorKind=bot&minLines=50`;
}

/** By somebody who remembers nothing. */
async function toldWeeks(installation: Installation): Promise<readonly Week[]> {
  const { each } = await answerSeries(installation, contract["/api/series"].query.parse({ ...ASKED, each: "team" }));
  const found: Week[] = [];
  for (const { scope, series } of each)
    for (const { from, n, value, p85, p95 } of series)
      if (value !== null && p85 !== null) found.push([scope.replace("team:", ""), from, n, value, p85, p95]);
  return found;
}

/** @returns `null` where there is no DuckDB. */
async function compared(installation: Installation, folder: string, told: readonly Week[]) {
  const connection = await duckdb(folder);
  if (connection === null) return null;
  await load(connection, installation, join(folder, "facts.csv"));
  let rows: unknown[][] = [];
  const took = await spentOn(async () => {
    const found =
      await connection.runAndReadAll(`select team, epoch_ms(date_trunc('week', make_timestamp(deployed * 1000))),
      count(*), quantile_cont(lead, [0.5, 0.85, 0.95]) from fact
      where deployed >= ${Date.parse(SINCE)} and deployed < ${LAST_DAY} group by all order by all`);
    rows = found.getRows();
  });
  assertSame(told, rows);
  return took;
}

/** From the facts themselves, not from what is kept of them for answers. */
async function load(connection: Connection, installation: Installation, file: string): Promise<void> {
  const { store, config } = installation;
  const structure = structureOf(config);
  writeFileSync(file, "team,deployed,lead\n");
  for (const place of await store.services(sourceKeys(installation))) {
    const team = structure.ownerOf(place.service, LAST_DAY) ?? "";
    const facts = await store.facts("delivered", place, { from: -Infinity, to: Infinity });
    const lines = facts.flatMap(({ openedAt, deployedAt, leadTimeHours }) =>
      openedAt === null || deployedAt === null || leadTimeHours === null
        ? []
        : [`${team},${deployedAt},${Math.round(leadTimeHours * 3_600_000)}\n`],
    );
    appendFileSync(file, lines.join(""));
  }
  await connection.run(
    `create table fact as select * from read_csv('${file}', columns = {team: 'VARCHAR', deployed: 'BIGINT', lead: 'BIGINT'})`,
  );
  rmSync(file);
}

function assertSame(told: readonly Week[], rows: readonly unknown[][]): void {
  const known = new Map(told.map((week) => [`${week[0]} ${startOfWeek(week[1])}`, week]));
  if (known.size !== rows.length || rows.length === 0)
    throw new Error(`Headway tells of ${known.size} weeks, DuckDB of ${rows.length}.`);
  for (const [team, at, count, quantiles] of rows) {
    const [, , n, ...own] = known.get(`${String(team)} ${String(at)}`) ?? [];
    const theirs = itemsOf(quantiles).map((milliseconds) => Number(milliseconds) / 3_600_000);
    const isSame = own.every((hours, index) => hours === null || isNear(hours, theirs[index] ?? Number.NaN));
    if (n !== Number(count) || !isSame)
      throw new Error(
        `${String(team)} in the week of ${String(at)}: ${n} changes, ${own.join()}, but of DuckDB ${String(count)}, ${theirs.join()}.`,
      );
  }
}

/** The first week is told from where the question begins. */
function startOfWeek(from: string): number {
  const at = new Date(from);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
}

function itemsOf(list: unknown): readonly unknown[] {
  return typeof list === "object" && list !== null && "items" in list && Array.isArray(list.items) ? list.items : [];
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(1, other);
}
