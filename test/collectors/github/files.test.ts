import { describe, expect, it } from "vitest";
import { allBatches, Known } from "#test/support/collector-contract.ts";
import type { FakeGitHub } from "#test/support/github/server.ts";
import { aCollector, aShop, eventsOf, notices, onRequest } from "./collecting.ts";

const DAY = 24 * 3_600_000;

function askedOfFiles({ asked }: FakeGitHub): number {
  return asked.filter((request) => request.includes("/git/trees/")).length;
}

async function collect(host: FakeGitHub, known: Known, at: number, options: object = {}): Promise<string[]> {
  const batches = await allBatches(aCollector(host, options, { now: at }), known.cursor);
  for (const batch of batches) known.save(batch);
  return notices(batches);
}

describe("the files of a repository", () => {
  it("tell what it is for", async () => {
    const { host, shop } = await aShop();
    shop.commit({ files: ["openapi.yaml", "CODEOWNERS", "src/a.ts"] });

    const layout = eventsOf(await allBatches(aCollector(host), null), "layout").get("acme/shop");

    expect(layout).toMatchObject({ files: 3, isWhole: true });
    expect(layout?.folders[0]?.hints.map(({ sort }) => sort)).toEqual(["code-owners", "openapi"]);
  });

  it("are asked for once, then a day later at the earliest, and only after a push", async () => {
    const { host, shop } = await aShop();
    shop.push(1);
    const [known, now] = [new Known(), Date.parse("2026-06-01")];
    const times: number[] = [];
    for (const [pushed, at] of [
      [0, now],
      [0, now + 2 * DAY],
      [1, now + 3 * DAY],
      [1, now + 3.5 * DAY],
      [0, now + 5 * DAY],
    ] as const) {
      shop.push(pushed);
      await collect(host, known, at);
      times.push(askedOfFiles(host));
    }

    expect(times).toEqual([1, 1, 2, 2, 3]);
  });

  it("are not asked for where somebody does not want it", async () => {
    const { host, shop } = await aShop();
    shop.push(1);
    await collect(host, new Known(), Date.parse("2026-06-01"), { files: false });

    expect(askedOfFiles(host)).toBe(0);
  });

  it("may be more than GitHub lists, which is said", async () => {
    const { host, shop } = await aShop();
    shop.push(1);
    shop.isTooLarge = true;
    const known = new Known();

    expect(await collect(host, known, Date.parse("2026-06-01"))).toEqual(["files-cut"]);
    expect(known.layouts.get("layout acme/shop acme/shop")).toMatchObject({ isWhole: false });
  });

  it.each(["403", "404", "502"] as const)("hold nothing else up where GitHub answers %s", async (fault) => {
    const { host, shop } = await aShop();
    shop.push(2);
    host.before = onRequest(/git\/trees/, () => fault);
    const [known, now] = [new Known(), Date.parse("2026-06-01")];
    const first = await collect(host, known, now);
    const asked = askedOfFiles(host);
    const second = await collect(host, known, now + 2 * DAY);

    expect([first, second]).toEqual([["files-unlisted"], []]);
    expect(askedOfFiles(host)).toBe(asked);
    expect([...known.events.values()].filter(({ kind }) => kind === "commit")).toHaveLength(2);
  });
});
