/** Answers are kept as they are sent: no longer than they are true, and no more than there is room for. */
import { describe, expect, it } from "vitest";
import { gunzipSync } from "node:zlib";
import { refresh } from "#server/refresh.ts";
import { Replies } from "#server/replies.ts";
import { Watch } from "#server/watch.ts";
import { aBatch, aRepositoryEvent } from "#test/support/events.ts";
import { at } from "#test/support/fake-host.ts";
import { anInstallation } from "#test/support/installation.ts";

const SOURCE = "fake:shop";

async function aShop(options: ConstructorParameters<typeof Replies>[2] = {}) {
  async function* collect() {}
  const installation = await anInstallation({ collectors: [{ source: SOURCE, name: "shop", collect }] });
  const replies = new Replies(new Watch(installation), "settled", options);
  let made = 0;
  const ask = async (question: string, text = ""): Promise<unknown> => {
    const { plain } = await replies.answer({ question }, async () => ({ made: (made += 1), text }));
    return JSON.parse(plain.toString());
  };
  return { ...installation, replies, ask, count: () => made };
}

describe("an answer", () => {
  it("is made once, also for many who ask at the same time", async () => {
    const { ask, count } = await aShop();

    await Promise.all([ask("how many"), ask("how many"), ask("how many")]);
    await ask("how many");
    await ask("how long");

    expect(count()).toBe(2);
  });

  it("is made again after a source was looked at, with or without news", async () => {
    const { store, ask } = await aShop();
    const before = await ask("how many");

    const { id } = await store.openSource({ key: SOURCE, name: "shop", host: "git" });
    await store.save(id, aBatch({ events: [aRepositoryEvent()] }), at("2026-03-02"));
    await store.finishSync(id, { syncedAt: at("2026-03-02"), notices: [] });

    expect([before, await ask("how many")]).toEqual([
      { made: 1, text: "" },
      { made: 2, text: "" },
    ]);
  });

  it("is made again when other events were worked out, though no fact is another", async () => {
    const shop = await aShop();
    const { id } = await shop.store.openSource({ key: SOURCE, name: "shop", host: "git" });
    const tell = async (archivedAt: number | null) => {
      await shop.store.save(id, aBatch({ events: [aRepositoryEvent({ archivedAt })] }), at("2026-03-02"));
      await shop.store.finishSync(id, { syncedAt: at("2026-03-02"), notices: [] });
    };
    await tell(null);
    await refresh(shop);
    await tell(at("2026-03-01"));
    await shop.ask("what is archived");

    await refresh(shop);
    await shop.ask("what is archived");

    expect(shop.count()).toBe(2);
  });

  it("is made again after somebody judged something", async () => {
    const { store, ask, count } = await aShop();
    await ask("how many");

    await store.addJudgement({
      kind: "note",
      service: null,
      scope: null,
      subject: null,
      from: "2026-03-02",
      to: "2026-03-03",
      recoveredAt: null,
      rebases: false,
      reason: "A holiday",
      actor: "Ada",
      madeAt: at("2026-03-02"),
    });
    await ask("how many");

    expect(count()).toBe(2);
  });

  it("goes when there is no room, the one asked for longest ago first", async () => {
    const { ask, count } = await aShop({ mostBytes: 250 });
    await ask("first", "x".repeat(80));
    await ask("second", "x".repeat(80));
    await ask("first");

    await ask("third", "x".repeat(80));
    await ask("first");
    expect(count()).toBe(3);

    await ask("second");
    expect(count()).toBe(4);
  });

  it("is not kept when it could not be made", async () => {
    const { replies, ask } = await aShop();
    const failing = replies.answer({ question: "how many" }, async () => {
      throw new Error("Nobody knows.");
    });

    await expect(failing).rejects.toThrow("Nobody knows.");
    expect(await ask("how many")).toEqual({ made: 1, text: "" });
  });

  it("is packed where that is worth it, and is the same then", async () => {
    const { replies } = await aShop();
    const answer = async (text: string) => replies.answer({ text }, async () => ({ text }));

    const { plain, packed } = await answer("x".repeat(5000));

    expect(gunzipSync(Buffer.from(String(packed?.toString("latin1")), "latin1"))).toEqual(plain);
    expect((await answer("x")).packed).toBeNull();
  });
});
