/** A small repository, read by the real collector, whose every number was computed by hand. */
import { describe, expect, it } from "vitest";
import { git } from "#collectors/git/index.ts";
import type { ReleaseRule } from "#metrics/releases.ts";
import type { Reply } from "#server/contract.ts";
import { at } from "#test/support/fake-host.ts";
import { aFolder, aRepository } from "#test/support/git-repository.ts";
import { anInstallation, serve, synced } from "#test/support/installation.ts";

const seconds = (text: string) => `${at(text) / 1000} +0000`;

/**
 * ```
 * main     A ── B ─────── D ── M ── E ── F
 *          │     ╲            ╱          (waits)
 * topic    │      ╰─── C ────╯
 * 1.0      ╰── H (v1.0.1)
 *
 * v1.0.0 on A, 5 January 12:00     v1.1.0 on D, 2 February 10:00 (a tag of its own date)
 * v1.0.1 on H, 20 January 09:00    v1.2.0-rc.1 on M, 25 February     v1.2.0 on E, 1 March 00:00
 * ```
 */
function theRepository() {
  const repository = aRepository();
  const commit = (
    name: string,
    authored: string,
    draft: { on?: string | null; parents?: string[]; committed?: string } = {},
  ) =>
    repository.commit({
      message: name,
      authored: seconds(authored),
      committed: seconds(draft.committed ?? authored),
      ...without(draft),
    });
  const a = commit("A", "2026-01-01T12:00");
  repository.tag("v1.0.0", { of: a, tagged: seconds("2026-01-05T12:00") });
  const b = commit("B", "2026-01-10T08:00");
  const h = commit("H", "2026-01-19T09:00", { on: "1.0", parents: [a], committed: "2026-01-20T09:00" });
  repository.tag("v1.0.1", { of: h, annotated: false });
  const c = commit("C", "2026-01-15T00:00", { on: "topic", parents: [b] });
  const d = commit("D", "2026-02-01T00:00");
  repository.tag("v1.1.0", { of: d, tagged: seconds("2026-02-02T10:00") });
  const m = commit("M", "2026-02-20T00:00", { parents: [d, c] });
  repository.tag("v1.2.0-rc.1", { of: m, tagged: seconds("2026-02-25T00:00") });
  const e = commit("E", "2026-02-28T12:00");
  repository.tag("v1.2.0", { of: e, tagged: seconds("2026-03-01T00:00") });
  const f = commit("F", "2026-03-10T00:00");
  return { repository, sha: { a, b, c, d, e, f, h, m } };
}

function without({ committed: _committed, ...draft }: { committed?: string; on?: string | null; parents?: string[] }) {
  return draft;
}

async function served(rule: ReleaseRule) {
  const { repository, sha } = theRepository();
  const context = { dataFolder: aFolder(), pseudonym: (identity: string) => identity, env: process.env };
  const collector = git({ host: "git", path: repository.path, releases: rule }, context);
  const installation = await anInstallation({ collectors: [collector], rule });
  const outcomes = await synced(installation);
  // The last one tells what files there are.
  expect(outcomes).toMatchObject([{ error: null, changed: 8 + 5 + 1 + 1 }]);
  return { ...(await serve(installation)), sha };
}

type Row = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
const rowsOf = (text: string): Row[] =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);

/** Days and hours, as a person would subtract them. */
const hours = (days: number, rest: number) => 24 * days + rest;

describe("a repository with known answers", () => {
  it("has these releases a month, those of release branches included", async () => {
    const { get } = await served({ tags: "stable", branch: "any" });

    const { measures }: Reply<"/api/measures"> = (
      await get("/api/measures?interval=month&from=2026-01-01&to=2026-05-01&metric=deployment-frequency")
    ).json();

    expect(measures[0]?.series.map(({ label, value }) => [label, value])).toEqual([
      ["2026-01", 2],
      ["2026-02", 1],
      ["2026-03", 1],
      ["2026-04", 0],
    ]);
  });

  it("has one release less where only the default branch counts", async () => {
    const { get } = await served({ tags: "stable", branch: "default" });

    const rows = rowsOf((await get("/api/export/deployments")).text);

    expect(rows.map(({ id, deployedAt, commits }) => [id, deployedAt, commits])).toEqual([
      ["v1.2.0", "2026-03-01T00:00:00.000Z", 2],
      ["v1.1.0", "2026-02-02T10:00:00.000Z", 2],
      ["v1.0.0", "2026-01-05T12:00:00.000Z", 1],
    ]);
  });

  it("has one release more where prereleases count, which then carries what it was the first to contain", async () => {
    const { get } = await served({ tags: "prerelease", branch: "any" });

    const rows = rowsOf((await get("/api/export/deployments")).text);

    expect(rows.map(({ id, commits }) => [id, commits])).toEqual([
      ["v1.2.0", 1],
      ["v1.2.0-rc.1", 1],
      ["v1.1.0", 2],
      ["v1.0.1", 1],
      ["v1.0.0", 1],
    ]);
  });

  it("has these lead times, commit by commit", async () => {
    const { get, sha } = await served({ tags: "stable", branch: "any" });
    const { a, b, c, d, e, f, m } = sha;

    const rows = rowsOf((await get("/api/export/commits")).text);

    const found = Object.fromEntries(
      rows.map((row) => [String(row["sha"]), [row["deploymentId"], row["leadTimeHours"]]]),
    );
    expect(found).toEqual({
      [a]: ["v1.0.0", hours(4, 0)], // 1 January 12:00 to 5 January 12:00
      [b]: ["v1.1.0", hours(23, 2)], // 10 January 08:00 to 2 February 10:00
      [d]: ["v1.1.0", hours(1, 10)], // 1 February 00:00 to 2 February 10:00
      [c]: ["v1.2.0", hours(45, 0)], // 15 January to 1 March
      [m]: ["v1.2.0", hours(9, 0)], // a merge: a row, but no lead time of the metric
      [e]: ["v1.2.0", hours(0, 12)], // 28 February 12:00 to 1 March 00:00
      [f]: [null, null],
    });
  });

  it("has the median of these, without the merge", async () => {
    const { get } = await served({ tags: "stable", branch: "any" });

    const { measures }: Reply<"/api/measures"> = (
      await get(
        "/api/measures?from=2026-01-01&to=2026-05-01&metric=lead-time-commit,time-between-deployments,batch-size-commits",
      )
    ).json();

    // 12, 34, 96, 554, 1080 hours; gaps of 14 d 21 h, 13 d 1 h and 26 d 14 h; batches of 1, 1, 2 and 2 commits.
    expect(measures.map(({ whole: { value, n } }) => [value, n])).toEqual([
      [96, 5],
      [hours(14, 21), 3],
      [1.5, 4],
    ]);
  });

  it("has releases on other days in another zone", async () => {
    const { repository } = theRepository();
    const context = { dataFolder: aFolder(), pseudonym: (identity: string) => identity, env: process.env };
    const rule: ReleaseRule = { tags: "stable", branch: "any" };
    const installation = await anInstallation({
      collectors: [git({ host: "git", path: repository.path, releases: rule }, context)],
      timezone: "America/New_York",
    });
    await synced(installation);
    const { get } = await serve(installation);

    const { measures }: Reply<"/api/measures"> = (
      await get("/api/measures?interval=month&from=2026-01-01&to=2026-05-01&metric=deployment-frequency")
    ).json();

    // v1.2.0 at 00:00 UTC on 1 March is 19:00 on 28 February there.
    expect(measures[0]?.series.map(({ value }) => value)).toEqual([2, 2, 0, 0]);
  });
});
