import { describe, expect, it } from "vitest";

import { address, ApiError } from "#web/api.ts";
import { DEFAULTS } from "#web/filters.ts";
import { nothingYet } from "#web/overview/nothing.tsx";
import { pagingLink, readPaging, rowQuery } from "#web/rows/paging.ts";
import { seen } from "#web/use-status.ts";

import { aService, aSource, aStatus } from "./support.ts";

describe("the watch over the server", () => {
  const before = { status: aStatus(), problem: null, revision: 4 };

  it("asks for nothing again while the facts are the same", () => {
    expect(seen(before, aStatus()).revision).toBe(4);
  });

  it("asks again when the facts changed", () => {
    expect(seen(before, aStatus({ facts: 2 })).revision).toBe(5);
  });

  it("asks again when the server came back", () => {
    expect(seen({ ...before, problem: new ApiError("unreachable", "", null) }, aStatus())).toMatchObject({
      revision: 5,
      problem: null,
    });
  });

  it("does not ask twice at first", () => {
    expect(seen({ status: null, problem: null, revision: 0 }, aStatus()).revision).toBe(0);
  });
});

describe("nothing to measure", () => {
  it("has no reason as soon as there is one commit", () => {
    expect(nothingYet(aStatus({ services: [aService({ commits: 1, deployments: 0 })] }))).toBeNull();
  });

  it.each([
    ["no-source", []],
    ["not-collected", [aSource({ state: "never", syncedAt: null })]],
    ["nothing-found", [aSource()]],
  ] as const)("is %s", (reason, sources) => {
    expect(nothingYet(aStatus({ services: [], sources: [...sources] }))).toBe(reason);
  });
});

describe("pages of rows", () => {
  it("take what they cannot understand as if it were not there", () => {
    const all = { label: null, authorKind: null, minLines: null, maxLines: null };
    expect(readPaging("?metric=x&order=random&offset=-5&authorKind=cat&minLines=few&maxLines=-1")).toEqual({
      metric: "x",
      pipeline: null,
      order: "newest",
      offset: 0,
      ...all,
    });
  });

  it("are links that leave out what is default", () => {
    const paging = { ...readPaging("?metric=x"), offset: 100 };
    expect(pagingLink(DEFAULTS, paging)).toBe("rows?metric=x&offset=100");
  });

  it("say by which label, author and size rows are chosen", () => {
    const search = "?metric=x&label=a%26b&authorKind=bot&minLines=0&maxLines=400";
    expect(pagingLink(DEFAULTS, readPaging(search))).toBe(`rows${search}`);
    expect(rowQuery(readPaging(search))).toEqual({ label: "a&b", authorKind: "bot", minLines: 0, maxLines: 400 });
  });
});

it("asks relative to the page, without what is unknown", () => {
  expect(address("/api/rows", { metric: "a b", service: null })).toBe("./api/rows?metric=a+b");
});
