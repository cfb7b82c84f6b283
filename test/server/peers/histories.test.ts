/** Cases in which a well-known tool stumbles over what git histories really hold: real repositories in, API out. */
import { describe, expect, it } from "vitest";
import { HOUR, SECOND } from "#metrics/time.ts";
import { at } from "#test/support/fake-host.ts";
import { aRepository } from "#test/support/git-repository.ts";
import type { GitRepository } from "#test/support/git-repository.ts";
import { FakeGitHub } from "#test/support/github/server.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, onGitHub } from "#test/support/headway.ts";

const headway = async ({ path }: GitRepository) => aHeadway({ config: { sources: [{ host: "git", path }] } });
const stamp = (text: string, zone = "+0000") => `${at(text) / SECOND} ${zone}`;

const carriers = async ({ exported }: Headway) =>
  byName((await exported("commits")).map(({ title, deploymentId }) => [title, deploymentId]));
const batches = async ({ exported }: Headway) =>
  byName((await exported("deployments")).map(({ id, commits }) => [id, commits]));
const qualityOf = async ({ measures }: Headway, id: string) =>
  (await measures()).quality.filter((one) => one.id === id).map(({ value }) => value);

describe("25: a clock that is wrong", () => {
  it("is a row of data quality and a row with its reason, never a negative time: a tag a second before its commit, an author in the future", async () => {
    const repository = aRepository();
    repository.commit({ message: "Right", authored: stamp("2026-03-01T10:00") });
    repository.commit({ message: "Future", authored: stamp("2031-01-01T00:00"), committed: stamp("2026-03-01T11:00") });
    repository.commit({ message: "Late", authored: stamp("2026-03-01T12:00:01") });
    repository.tag("v1.0.0", { tagged: stamp("2026-03-01T12:00") });
    const running = await headway(repository);

    const { rows, whole } = await running.rows("lead-time-commit");

    expect(whole).toMatchObject({ value: 2, n: 1, coverage: 1 / 3 });
    expect(Object.fromEntries(rows.map(({ title, value, why }) => [title, [value, why]]))).toEqual({
      Right: [2, expect.any(String)],
      Future: [null, expect.stringMatching(/author date is after that: a clock was wrong/)],
      Late: [null, expect.stringMatching(/author date is after that: a clock was wrong/)],
    });
    expect(await qualityOf(running, "unknown-lead-times")).toEqual([2]);
  });

  it("in a host's release a second before the merge is one too", async () => {
    const host = await new FakeGitHub().listen();
    const shop = host.repository("shop");
    shop.commit();
    shop.merge(shop.open());
    shop.release("v1.0.0", { publishedAt: shop.now - SECOND });
    const running = await aHeadway({ config: onGitHub(host) });

    expect(await running.exported("changes")).toMatchObject([{ deploymentId: "7000", deployHours: null }]);
    expect(await qualityOf(running, "negative-spans")).toEqual([1]);
  });

  it("in a first commit dated after the merge is one, and its row says what is unknown and what too short", async () => {
    const host = await new FakeGitHub().listen();
    const shop = host.repository("shop");
    shop.commit();
    const dated = (hours: number) => {
      const change = shop.open();
      shop.merge(change);
      change.commits = [shop.loose({ authoredAt: shop.now + hours * HOUR })];
    };
    for (const hours of [1, 50]) dated(hours);
    shop.tick(24);
    shop.deploy(["SUCCESS"]);
    dated(20);
    const running = await aHeadway({ config: onGitHub(host) });

    const rows = await running.exported("changes");
    const { rows: merged } = await running.rows("stage-coding");

    expect(
      byName(rows.map(({ number, codingHours, leadTimeHours }) => [number, [codingHours, leadTimeHours]])),
    ).toEqual({ 1: [null, 31], 2: [null, null], 3: [null, null] });
    expect(merged.map(({ why }) => why.slice(0, why.indexOf(".") + 1))).toEqual([
      "Its first commit is dated after the merge: a clock was wrong, so its coding is unknown and its lead time too short.",
      "Its first commit is dated after the merge: a clock was wrong, so its coding and its lead time are unknown.",
      "Its first commit is dated after the merge: a clock was wrong, so its coding is unknown.",
    ]);
    expect(await qualityOf(running, "late-first-commits")).toEqual([3]);
    expect((await running.measure("lead-time-change")).whole).toMatchObject({ n: 1, coverage: 0.5 });
  });

  it("but right in a zone such as +051800 loses nothing, since the seconds are right", async () => {
    const repository = aRepository();
    repository.commit({ authored: stamp("2026-03-01T10:00", "+051800") });
    repository.tag("v1.0.0", { tagged: stamp("2026-03-01T12:00") });

    const running = await headway(repository);

    expect((await running.measure("lead-time-commit")).whole).toMatchObject({ value: 2, n: 1, coverage: 1 });
    expect(await qualityOf(running, "unknown-lead-times")).toEqual([0]);
  });
});

describe("26: revert lines", () => {
  it("quoted in squash bodies are not reverts of this repository's commits", async () => {
    const repository = aRepository();
    const added = repository.commit({ message: "Add a thing (#3)" });
    const onBranch = repository.commit({ on: null, message: "Try a thing", parents: [added] });
    repository.tag("v1.0.0");
    repository.commit({
      message: [
        "Update dependencies (#12)",
        "",
        '* Revert "Try a thing"',
        "",
        `This reverts commit ${onBranch}.`,
        "",
        "Release notes of a package:",
        "This reverts commit 0123456789abcdef0123456789abcdef01234567.",
        "* Reverts elsewhere/package#3",
        '* Revert "Make it fast (#3)"',
      ].join("\n"),
    });
    repository.tag("v1.0.1");
    const running = await headway(repository);

    expect((await running.exported("commits")).map(({ isRevert }) => isRevert)).toEqual([false, false]);
    expect((await running.measure("change-fail-rate")).whole).toMatchObject({ k: 0, n: 2 });
    expect((await running.measure("rework-rate")).whole).toMatchObject({ k: 0, n: 2 });
  });

  it("of another repository that stand on a line of their own are not reverts of the changes with the same numbers here", async () => {
    const repository = aRepository();
    repository.git("remote", "add", "origin", "https://github.com/acme/shop.git");
    repository.commit({ message: "Add a thing (#3)" });
    repository.tag("v1.0.0");
    repository.commit({ message: "Update a package (#12)\n\nRelease notes:\nReverts other/repo#3" });
    repository.commit({ message: "Update another (#13)\n\nThis reverts merge request other/repo!3" });
    repository.tag("v1.0.1");
    const running = await headway(repository);

    expect((await running.exported("commits")).map(({ isRevert }) => isRevert)).toEqual([false, false, false]);
    expect((await running.measure("change-fail-rate")).whole).toMatchObject({ k: 0, n: 2 });
  });

  it("that say what they do are", async () => {
    const repository = aRepository();
    const added = repository.commit({ message: "Add a thing (#3)" });
    repository.tag("v1.0.0");
    repository.commit({ message: `Revert "Add a thing (#3)"\n\nThis reverts commit ${added}.` });
    repository.tag("v1.0.1");
    const running = await headway(repository);

    expect((await running.measure("change-fail-rate")).whole).toMatchObject({ k: 1, n: 2 });
    expect((await running.measure("rework-rate")).whole).toMatchObject({ k: 1, n: 2 });
  });
});

describe("27: tags that live only on release branches", () => {
  it("count for the commits of the default branch that they contain", async () => {
    const repository = aRepository();
    const a = repository.commit({ message: "A" });
    repository.commit({ message: "B" });
    repository.tag("v1.0.0", { of: repository.commit({ on: "1.x", message: "Prepare 1.0.0", parents: [a] }) });
    repository.tag("v1.0.1", { of: repository.commit({ on: "1.x", message: "Fix 1.0.1" }) });
    const running = await headway(repository);

    expect((await running.measure("deployment-frequency")).whole.value).toBe(2);
    expect(await carriers(running)).toEqual({ A: "v1.0.0", B: null });
    expect(await batches(running)).toEqual({ "v1.0.0": 2, "v1.0.1": 1 });
  });
});

describe("28: a history that was replaced", () => {
  it("by a force-push neither crashes nor is counted again", async () => {
    const repository = aRepository();
    const a = repository.commit({ message: "A" });
    repository.commits(2);
    repository.tag("v1.0.0");
    const running = await headway(repository);
    const before = await running.measure("lead-time-commit");
    repository.branch("main", a);
    for (const message of ["B again", "C again"]) repository.commit({ message });
    repository.tag("v1.1.0");

    const [outcome] = await running.sync();
    const [again] = await running.sync();

    expect([before.whole.n, outcome?.error, again?.changed]).toEqual([3, null, 0]);
    expect(await carriers(running)).toEqual({ A: "v1.0.0", "B again": "v1.1.0", "C again": "v1.1.0" });
    expect((await running.measure("lead-time-commit")).whole.n).toBe(3);
    expect(await batches(running)).toEqual({ "v1.0.0": 3, "v1.1.0": 2 });
    expect(await everything(running)).toEqual(await everything(await headway(repository)));
  });

  it("by an unrelated one keeps its releases, and is like one that was read for the first time", async () => {
    const repository = aRepository();
    repository.commits(3);
    repository.tag("v1.0.0");
    const running = await headway(repository);
    repository.commit({ message: "Begin anew", parents: [] });
    repository.commit({ message: "Go on" });
    repository.tag("v2.0.0");

    const [outcome] = await running.sync();

    expect(outcome?.error).toBeNull();
    expect(await carriers(running)).toEqual({ "Begin anew": "v2.0.0", "Go on": "v2.0.0" });
    expect(await batches(running)).toEqual({ "v1.0.0": 3, "v2.0.0": 2 });
    expect(await everything(running)).toEqual(await everything(await headway(repository)));
  });

  it("or joined by a merge of an unrelated one has each commit once", async () => {
    const repository = aRepository();
    repository.commits(2);
    repository.tag("v1.0.0");
    repository.commit({ on: "imported", message: "Imported", parents: [] });
    repository.merge(["imported"], { message: "Import" });
    repository.tag("v1.1.0");
    const running = await headway(repository);

    expect(await batches(running)).toEqual({ "v1.0.0": 2, "v1.1.0": 1 });
    expect((await running.measure("lead-time-commit")).whole.n).toBe(3);
  });

  it("by a force-push on GitHub is not counted again either", async () => {
    const host = await new FakeGitHub().listen();
    const shop = host.repository("shop");
    const first = shop.commit();
    shop.push(2);
    shop.deploy(["SUCCESS"]);
    const config = onGitHub(host);
    const running = await aHeadway({ config });
    shop.head = first.sha;
    shop.push(2);
    shop.deploy(["SUCCESS"]);

    const [outcome] = await running.sync();

    expect(outcome?.error).toBeNull();
    expect((await running.measure("lead-time-commit")).whole.n).toBe(3);
    expect(await batches(running)).toEqual({ 5000: 3, 5001: 2 });
    expect((await running.exported("deployments")).map(({ isRollback }) => isRollback)).toEqual([false, false]);
    expect(await everything(running)).toEqual(await everything(await aHeadway({ config })));
  });
});

function byName(pairs: readonly (readonly [name: unknown, value: unknown])[]): Record<string, unknown> {
  return Object.fromEntries(pairs.map(([name, value]) => [String(name), value]));
}

/** All rows there are. */
async function everything({ exported }: Headway) {
  return Promise.all(["commits", "changes", "deployments", "incidents"].map(exported));
}
