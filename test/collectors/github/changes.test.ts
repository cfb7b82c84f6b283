import { describe, expect, it } from "vitest";
import { allBatches, Known } from "#test/support/collector-contract.ts";
import type { FakeChange } from "#test/support/github/world.ts";
import { alice, bob, dependabot } from "#test/support/github/world.ts";
import { aCollector, aShop, eventsOf, nth, only, onRequest } from "./collecting.ts";

describe("a change", () => {
  it("knows its author, its commits by their author dates, and where it was merged", async () => {
    const { host, shop } = await aShop();
    const change = shop.open({ labels: ["fix"], branch: "fix/checkout" });
    const merged = shop.merge(change);

    expect(await only(host, "change")).toMatchObject({
      id: "1",
      author: "someone like alice@github.test",
      authorKind: "human",
      labels: ["fix"],
      sourceBranch: "fix/checkout",
      targetBranch: "main",
      mergeCommit: merged.sha,
      commits: [{ sha: nth(change.commits, 0).sha, authoredAt: nth(change.commits, 0).authoredAt }],
      truncated: false,
    });
  });

  it("keeps its coding time when its branch was rebased", async () => {
    const { host, shop } = await aShop();
    const authoredAt = shop.now;
    shop.open({ commits: [shop.loose({ authoredAt, committedAt: shop.tick(100) })] });

    const { commits } = await only(host, "change");

    expect(commits.map((commit) => commit.authoredAt)).toEqual([authoredAt]);
  });

  it("tells a bot's comment from a person's review", async () => {
    const { host, shop } = await aShop();
    const change = shop.open();
    shop.comment(change, dependabot);
    shop.review(change, "CHANGES_REQUESTED", bob);
    shop.review(change, "APPROVED", alice);

    const { reviews } = await only(host, "change");

    expect(reviews.map(({ kind, authorKind, byChangeAuthor }) => [kind, authorKind, byChangeAuthor])).toEqual([
      ["comment", "bot", false],
      ["review", "human", false],
      ["approval", "human", true],
    ]);
  });

  it("has responses of deleted accounts, by nobody, and none that were never sent", async () => {
    const { host, shop } = await aShop();
    const change = shop.open({ author: null, reviews: [{ state: "PENDING", at: null, author: bob }] });
    shop.review(change, "COMMENTED", null);

    const { author, reviews } = await only(host, "change");

    expect(author).toBeNull();
    expect(reviews.map((review) => [review.author, review.byChangeAuthor])).toEqual([[null, false]]);
  });

  it.each([
    ["when it was opened, if it never was a draft", {}, 0],
    ["never, while it is a draft", { isDraft: true }, null],
    ["when it stopped being a draft", { timeline: [ready(7)] }, 7],
    [
      "when it was opened, if it became a draft later",
      {
        timeline: [draft(7), ready(9)],
      },
      0,
    ],
  ])("is ready %s", async (_, has, ready) => {
    const { host, shop } = await aShop();
    shop.open({ openedAt: 0, ...has });

    expect((await only(host, "change")).readyAt).toBe(ready);
  });

  it("that was closed, reopened and merged is merged", async () => {
    const { host, shop } = await aShop();
    const change = shop.open();
    const known = await new Known().take(aCollector(host));
    shop.close(change);
    await known.take(aCollector(host));
    shop.reopen(change);
    await known.take(aCollector(host));
    shop.merge(change);

    await known.take(aCollector(host));

    const [event] = [...known.events.values()].filter(({ kind }) => kind === "change");
    expect(event).toMatchObject({
      mergedAt: change.mergedAt,
      closedAt: change.closedAt,
      reopenedAt: [expect.any(Number)],
    });
  });

  it("is read with all its 130 commits, 120 reviews and 60 comments", async () => {
    const { host, shop } = await aShop();
    const change = shop.open();
    for (let more = 1; more < 130; more++) change.commits.push(shop.loose());
    for (let more = 0; more < 120; more++) shop.review(change);
    for (let more = 0; more < 60; more++) shop.comment(change);

    const { commits, reviews, truncated } = await only(host, "change");

    expect([commits.length, reviews.length, truncated]).toEqual([130, 180, false]);
  });

  it("with more commits than GitHub lists is flagged as truncated", async () => {
    const { host, shop } = await aShop();
    const change = shop.open();
    for (let more = 1; more < 260; more++) change.commits.push(shop.loose());

    const { commits, truncated } = await only(host, "change");

    expect([commits.length, truncated]).toEqual([250, true]);
  });
});

describe("changes", () => {
  it("are not lost when one moves to the front of the list while it is read", async () => {
    const { host, shop } = await aShop();
    for (let number = 0; number < 80; number++) shop.open();
    const known = await new Known().take(aCollector(host));
    for (const change of shop.changes) shop.comment(change);
    const merges = [() => {}, () => void shop.merge(nth(shop.changes, 0))];
    host.before = onRequest(/pullRequests\(first: \$first.*UPDATED_AT/s, (time) => merges[time - 1]?.());

    await known.take(aCollector(host));

    host.before = () => {};
    const fresh = await new Known().take(aCollector(host));
    expect(known.events.get("change acme/shop 1")).toMatchObject({ mergedAt: expect.any(Number) });
    expect(changesOf(known)).toEqual(changesOf(fresh));
  });

  it("are found when they are opened and updated while the first sync reads them", async () => {
    const { host, shop } = await aShop();
    for (let number = 0; number < 120; number++) shop.open();
    host.before = onRequest(/pullRequests\(first: \$first.*CREATED_AT/s, (time) => {
      shop.open();
      shop.comment(nth(shop.changes, time));
    });

    const known = await new Known().take(aCollector(host));

    host.before = () => {};
    expect(changesOf(known)).toEqual(changesOf(await new Known().take(aCollector(host))));
  });

  it("that are open are asked for again even when nothing updated them", async () => {
    const { host, shop } = await aShop();
    const change = shop.open();
    for (let number = 0; number < 30; number++) shop.merge(shop.open());
    const known = await new Known().take(aCollector(host));
    change.labels = ["late"];

    await known.take(aCollector(host));

    expect(known.events.get("change acme/shop 1")).toMatchObject({ labels: ["late"] });
  });

  it("are asked for in smaller portions when GitHub cannot finish large ones", async () => {
    const { host, shop } = await aShop();
    for (let number = 0; number < 60; number++) shop.open();
    host.before = onRequest(/^POST .*"first":(50|25)\b/, () => "502");

    const batches = await allBatches(aCollector(host), null);

    expect(eventsOf(batches, "change").size).toBe(60);
  });
});

function changesOf({ events }: Known): unknown[] {
  return [...events].filter(([, { kind }]) => kind === "change").toSorted(([a], [b]) => a.localeCompare(b));
}

function ready(at: number): FakeChange["timeline"][number] {
  return { type: "ReadyForReviewEvent", at };
}

function draft(at: number): FakeChange["timeline"][number] {
  return { type: "ConvertToDraftEvent", at };
}
