import { describe, expect, it } from "vitest";
import { allBatches, Known } from "#test/support/collector-contract.ts";
import type { FakeGitHub } from "#test/support/github/server.ts";
import { aCollector, aShop, aWanting, eventsOf, nth, onRequest } from "./collecting.ts";

const paths = { paths: true };

async function changesOf(host: FakeGitHub) {
  return eventsOf(await allBatches(aWanting(host, paths), null), "change");
}

async function commitsOf(host: FakeGitHub) {
  return eventsOf(await allBatches(aWanting(host, paths), null), "commit");
}

function manyFiles(count: number): string[] {
  return Array.from({ length: count }, (_, number) => `src/${number}.ts`);
}

function singleCommits({ asked }: FakeGitHub): string[] {
  return asked.filter((request) => /\/commits\/\w{40}/.test(request));
}

describe("the files of a change", () => {
  it("are unknown and not asked for where no service is made of paths", async () => {
    const { host, shop } = await aShop();
    shop.merge(shop.open());

    const known = await new Known().take(aCollector(host));

    expect(known.events.get("change acme/shop 1")).toMatchObject({ paths: null });
    expect(singleCommits(host)).toEqual([]);
  });

  it("are all read, 130 of them", async () => {
    const { host, shop } = await aShop();
    shop.open({ files: manyFiles(130) });

    expect((await changesOf(host)).get("1")?.paths).toEqual(manyFiles(130));
  });

  it("are asked of REST by a server whose GraphQL does not know them, renamed ones by both of their names", async () => {
    const { host, shop } = await aShop();
    host.lacks.add("PullRequest.files");
    shop.open({ files: [["api/old.ts", "web/new.ts"], ...manyFiles(120)] });

    expect((await changesOf(host)).get("1")?.paths).toEqual(["api/old.ts", "web/new.ts", ...manyFiles(120)]);
  });

  it("are unknown where GitHub cannot work them out, and everything else is read", async () => {
    const { host, shop } = await aShop();
    shop.merge(shop.open({ files: null }));

    expect((await changesOf(host)).get("1")).toMatchObject({ paths: null, mergedAt: expect.any(Number) });
  });
});

describe("files that cost a request for each change", () => {
  it("are not asked for again of changes of which nothing is new", async () => {
    const { host, shop } = await aShop();
    host.lacks.add("PullRequest.files");
    for (let number = 0; number < 30; number++) shop.open();
    const known = await new Known().take(aWanting(host, paths));
    shop.review(nth(shop.changes, 3));
    host.asked.length = 0;

    await known.take(aWanting(host, paths));

    expect(host.asked.filter((request) => request.includes("/files"))).toEqual([expect.stringContaining("/pulls/4/")]);
    expect(known.events).toEqual((await new Known().take(aWanting(host, paths))).events);
  });
});

describe("the files of a change or a commit", () => {
  it.each([
    ["change", /pulls\/1\/files/],
    ["commit", /\/commits\/\w{40}/],
  ])("(%s) are not taken for unknown when the repository is hidden while they are asked for", async (_, request) => {
    const { host, shop } = await aShop();
    host.lacks.add("PullRequest.files");
    shop.open();
    shop.commit();
    const whole = await new Known().take(aWanting(host, paths));
    const hidden = host.repositories.slice();
    host.before = onRequest(request, () => void host.repositories.splice(0));
    const known = new Known();

    await known.take(aWanting(host, paths)).catch(() => {});
    host.before = () => {};
    host.repositories.splice(0, 1, ...hidden);
    await known.take(aWanting(host, paths));

    expect(known.events).toEqual(whole.events);
  });

  it("are unknown where GitHub gives up every time, and nothing else is", async () => {
    const { host, shop } = await aShop();
    const { sha } = shop.commit();
    host.before = onRequest(/\/commits\/\w{40}/, () => "502");

    expect((await commitsOf(host)).get(sha)?.paths).toBeNull();
  });

  it("are asked for again by the next sync where GitHub answers nothing at all", async () => {
    const { host, shop } = await aShop();
    const { sha } = shop.commit();
    const known = new Known();
    host.before = onRequest(/\/commits\/\w{40}|\/repos\/acme\/shop$/, () => "502");

    await expect(known.take(aWanting(host, paths))).rejects.toThrow("502");
    host.before = () => {};
    await known.take(aWanting(host, paths));

    expect(known.events.get(`commit acme/shop ${sha}`)).toMatchObject({ paths: [expect.any(String)] });
  });
});

describe("the files of a commit", () => {
  it("are asked for only where no change brought it", async () => {
    const { host, shop } = await aShop();
    const direct = shop.commit({ files: ["docs/a.md", ["lib/b.ts", "src/b.ts"]] });
    const squashed = shop.merge(shop.open());
    const change = shop.open();
    const first = nth(change.commits, 0);
    const merge = shop.merge(change);
    Object.assign(merge, { parents: [...merge.parents, first.sha] });

    const commits = await commitsOf(host);

    expect(commits.get(direct.sha)?.paths).toEqual(["docs/a.md", "lib/b.ts", "src/b.ts"]);
    expect([squashed, merge, first].map(({ sha }) => commits.get(sha)?.paths)).toEqual([null, null, null]);
    expect(singleCommits(host)).toHaveLength(1);
  });

  it("are asked for where a change of another repository brought it, as in a fork", async () => {
    const { host, shop } = await aShop();
    const upstream = host.repository("upstream");
    const merged = upstream.merge(upstream.open());
    shop.upstream = upstream;
    shop.commit({ sha: merged.sha, files: ["a.ts"] });

    expect((await commitsOf(host)).get(merged.sha)?.paths).toEqual(["a.ts"]);
  });

  it("are all read, 700 of them", async () => {
    const { host, shop } = await aShop();
    const { sha } = shop.commit({ files: manyFiles(700) });

    expect((await commitsOf(host)).get(sha)?.paths).toHaveLength(700);
    expect(singleCommits(host)).toHaveLength(3);
  });

  it("are asked for, a request each, where the token may not read changes", async () => {
    const { host, shop } = await aShop();
    const { sha } = shop.merge(shop.open());
    host.before = onRequest(/associatedPullRequests/, () => "403");

    expect((await commitsOf(host)).get(sha)?.paths).toHaveLength(1);
  });

  it("are unknown beside the default branch, where nothing is attributed by them", async () => {
    const { host, shop } = await aShop();
    shop.push(2);
    const { sha } = shop.loose();
    shop.tag("v1.0.1", sha);

    expect((await commitsOf(host)).get(sha)?.paths).toBeNull();
  });
});

describe("files that a service of paths needs later", () => {
  it("are read of everything that was read without them, and only once", async () => {
    const { host, shop } = await aShop();
    shop.push(130);
    for (let number = 0; number < 60; number++) shop.merge(shop.open());
    const known = await new Known().take(aCollector(host));

    await known.take(aWanting(host, paths));

    const fresh = await new Known().take(aWanting(host, paths));
    expect(known.events).toEqual(fresh.events);
    expect(known.events.get("change acme/shop 1")).toMatchObject({ paths: [expect.any(String), expect.any(String)] });
    expect((await allBatches(aWanting(host, paths), known.cursor)).flatMap(({ events }) => events)).toEqual([]);
  });

  it("are not lost when it is stopped after any batch and resumed", async () => {
    const { host, shop } = await aShop();
    shop.push(130);
    for (let number = 0; number < 60; number++) shop.merge(shop.open());
    const first = await new Known().take(aCollector(host));
    const fresh = await new Known().take(aWanting(host, paths));

    for (let stop = 0; stop <= fresh.batches; stop++) {
      const known = new Known(first);
      await known.take(aWanting(host, paths), stop);
      await known.take(aWanting(host, paths));
      expect(known.events).toEqual(fresh.events);
    }
  });

  it("are asked for by the name under which the repository is known", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const known = await new Known().take(aCollector(host));
    shop.name = "store";
    host.moved.set("acme/shop", shop);
    const asked: string[] = [];

    await known.take(aCollector(host, {}, undefined, (name) => ({ paths: asked.push(name) > 0 })));

    expect(asked).toEqual(["acme/shop"]);
  });
});
