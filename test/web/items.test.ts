import { describe, expect, it } from "vitest";

import { barOf } from "#web/items/bars.ts";
import { itemLink, listingLink, readListing } from "#web/items/listing.ts";
import { DEFAULTS } from "#web/filters.ts";
import { actOf } from "#web/shell/keys.ts";

const span = (from: number, to: number) => ({ from: `2026-06-${from}T00:00:00Z`, to: `2026-06-${to}T00:00:00Z` });

describe("the bar of a stage", () => {
  it("lies to scale between the beginning of the first and the end of the last", () => {
    const spans = [span(10, 12), span(12, 20)];

    expect(spans.map((one) => barOf(one, spans))).toEqual([
      { start: 0, length: 20 },
      { start: 20, length: 80 },
    ]);
  });

  it("can be seen also where it took hardly any time, and stays inside", () => {
    const spans = [span(10, 20), span(20, 20)];

    expect(barOf(span(20, 20), spans)).toEqual({ start: 99.4, length: 0.6 });
  });
});

describe("the address of a list", () => {
  const states = ["all", "open"] as const;
  const sorts = ["at", "age"] as const;

  it("says only what is not usual, and is read as it was written", () => {
    const listing = { state: "open", sort: "age", direction: "ascending", q: "a&b", offset: 100 } as const;
    const address = listingLink("changes", DEFAULTS, listing);

    expect(address).toBe("changes?state=open&sort=age&direction=ascending&q=a%26b&offset=100");
    expect(readListing(address.slice(7), [...states], [...sorts])).toEqual(listing);
    expect(listingLink("changes", DEFAULTS, readListing("", [...states], [...sorts]))).toBe("changes");
  });

  it("is read as if nothing were said where it cannot be understood", () => {
    const listing = readListing("?state=odd&sort=odd&direction=odd&offset=-3", [...states], [...sorts]);

    expect(listing).toEqual({ state: "all", sort: "at", direction: "descending", q: null, offset: 0 });
  });

  it("of one item keeps the window, and the id as it is", () => {
    expect(itemLink({ ...DEFAULTS, range: "1y" }, "deployment", { id: "a/b?c", service: "x y" })).toBe(
      "deployment?range=1y&id=a%2Fb%3Fc&of=x+y",
    );
  });
});

describe("a key", () => {
  const pressed = (key: string) => ({ key, hasModifier: false, isTyping: false });

  it("goes to a page only after g", () => {
    expect(actOf(pressed("g"), false)).toEqual({ do: "wait" });
    expect(actOf(pressed("c"), true)).toEqual({ do: "go", path: "changes" });
    expect(actOf(pressed("c"), false)).toEqual({ do: "nothing" });
  });

  it("is text in a field, and the browser's with a modifier", () => {
    expect(actOf({ ...pressed("/"), isTyping: true }, false)).toEqual({ do: "nothing" });
    expect(actOf({ ...pressed("?"), hasModifier: true }, false)).toEqual({ do: "nothing" });
    expect(actOf(pressed("/"), true)).toEqual({ do: "search" });
  });
});
