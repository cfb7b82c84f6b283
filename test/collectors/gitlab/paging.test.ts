import { describe, expect, it } from "vitest";
import { HostError } from "#collectors/collector.ts";
import { readAll, updatedSince } from "#collectors/gitlab/paging.ts";
import type { Lister } from "#collectors/gitlab/paging.ts";
import { Refusal } from "#collectors/polite/refusal.ts";

interface Item {
  readonly id: number;
  readonly updated_at: number;
}

/** So many items with ids from 1, updated a second apart. */
function items(count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({ id: index + 1, updated_at: 1000 * (index + 1) }));
}

/** @param slide how far the list has slid towards its beginning when a page is read. */
function lister(all: readonly Item[], slide: (page: number) => number = () => 0): Lister<Item> {
  return (page, perPage) => {
    const start = Math.max(0, (page - 1) * perPage + slide(page));
    const found = all.slice(start, start + perPage);
    const next = start + perPage < all.length ? page + 1 : null;
    return Promise.resolve({ items: found, next, total: all.length });
  };
}

function refusedFrom(first: number, refusal: Error, list: Lister<Item>): Lister<Item> {
  return (page, perPage) => (page < first ? list(page, perPage) : Promise.reject(refusal));
}

function idsOf(all: readonly Item[]): number[] {
  return all.map(({ id }) => id).sort((a, b) => a - b);
}

function ofTwoPages(page: number): number | null {
  return page === 1 ? 2 : null;
}

describe("a list that is read to its end", () => {
  it.each([
    ["stands still", () => 0],
    ["slides back, so that items come twice", (page: number) => 3 * (1 - page)],
    ["slides forward, so that items are skipped", (page: number) => 2 * (page - 1)],
  ])("is read whole, each item once, when it %s", async (_, slide) => {
    const all = items(523);

    const read = await readAll(lister(all, slide), ({ id }) => id);

    expect(read.complete).toBe(true);
    expect(idsOf(read.items)).toEqual(idsOf(all));
  });

  it("is whole without what is counted and hidden, which is looked for once more", async () => {
    const all = items(250);
    let asked = 0;
    const list: Lister<Item> = async (page, perPage) => {
      asked += 1;
      const { items: some, ...rest } = await lister(all)(page, perPage);
      return { ...rest, items: some.filter(({ id }) => id % 50 !== 0) };
    };

    const read = await readAll(list, ({ id }) => id);

    expect([read.items.length, read.complete, asked]).toEqual([245, true, 6]);
  });

  it("of one page is read once, whatever the total says", async () => {
    const list: Lister<Item> = () => Promise.resolve({ items: items(3), next: null, total: 5 });

    expect(await readAll(list, ({ id }) => id)).toEqual({ items: items(3), complete: true });
  });

  it("is called incomplete while every reading brings something new", async () => {
    let start = 0;
    const list: Lister<Item> = (page) => {
      start += 1;
      return Promise.resolve({ items: items(start), next: ofTwoPages(page), total: 100 });
    };

    expect(await readAll(list, ({ id }) => id)).toMatchObject({ complete: false });
  });

  it("is read as far as the host goes, and called incomplete", async () => {
    const refusal = new HostError("gitlab", "unavailable", "no", new Refusal("GET", "https://gitlab.example", 405, ""));
    const list = refusedFrom(3, refusal, lister(items(523)));

    const read = await readAll(list, ({ id }) => id);

    expect([read.items.length, read.complete]).toEqual([200, false]);
  });

  it("is believed where the host says no total", async () => {
    const list: Lister<Item> = () => Promise.resolve({ items: items(3), next: null, total: null });

    expect(await readAll(list, ({ id }) => id)).toEqual({ items: items(3), complete: true });
  });
});

describe("updates", () => {
  /** A host that filters by instant, as GitLab does. */
  function host(all: Item[], onPage: () => void = () => undefined) {
    return (filter: { updatedAfter?: string; updatedBefore?: string }): Lister<Item> => {
      const [from, to] = [Date.parse(filter.updatedAfter ?? "1970"), Date.parse(filter.updatedBefore ?? "2100")];
      return async (page, perPage) => {
        const some = all
          .filter(({ updated_at }) => updated_at >= from && updated_at <= to)
          .sort((a, b) => a.updated_at - b.updated_at);
        const read = await lister(some)(page, perPage);
        onPage();
        return read;
      };
    };
  }

  /** Updates the oldest item, so many times. */
  function touching(all: Item[], times: number): () => void {
    let at = 1e9;
    return () => {
      const oldest = at < 1e9 + times ? all.shift() : undefined;
      if (oldest !== undefined) all.push({ id: oldest.id, updated_at: at++ });
    };
  }

  async function readUpdates(all: Item[], onPage?: () => void): Promise<number[]> {
    const found = new Set<number>();
    for await (const { items: some } of updatedSince(host(all, onPage), null, ({ id }) => id))
      for (const { id } of some) found.add(id);
    return [...found].sort((a, b) => a - b);
  }

  it("are all read, page by page", async () => {
    expect(await readUpdates(items(350))).toEqual(idsOf(items(350)));
  });

  it("are all read when something is updated while they are read", async () => {
    const all = items(350);

    expect(await readUpdates(all, touching(all, 30))).toEqual(idsOf(items(350)));
  });

  it("are all read when more than a page was updated at one instant", async () => {
    const crowd = items(570).map(({ id, updated_at }) => ({ id, updated_at: Math.ceil(updated_at / 250_000) * 1000 }));

    expect(await readUpdates(crowd)).toEqual(idsOf(crowd));
  });
});
