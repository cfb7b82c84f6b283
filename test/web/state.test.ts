import { describe, expect, it } from "vitest";

import { address, ApiError } from "#web/api.ts";
import { DEFAULTS } from "#web/filters.ts";
import { nothingYet } from "#web/overview/nothing.tsx";
import { pagingLink, readPaging, rowQuery } from "#web/rows/paging.ts";
import { heard, isNews, seen } from "#web/use-status.ts";
import { firstWords, isPartial } from "#web/words.ts";

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
    ["reading", [aSource({ state: "syncing", syncedAt: null })]],
    ["reading", [aSource({ state: "deriving", deriving: { done: 0, of: 40 } })]],
    ["reading", [aSource(), aSource({ state: "syncing", deriving: { done: 0, of: 1 } })]],
  ] as const)("is %s", (reason, sources) => {
    expect(nothingYet(aStatus({ services: [], sources: [...sources] }))).toBe(reason);
  });

  it("is nothing to be looked for elsewhere while the first numbers are worked out", () => {
    const sources = [aSource({ state: "deriving", deriving: { done: 0, of: 2 } })];
    const services = [aService({ commits: 0, deployments: 0 })];

    expect(nothingYet(aStatus({ services, sources }))).toBe("reading");
    expect(isPartial({ sources })).toBe(true);
  });
});

describe("the first numbers", () => {
  it.each([
    ["Collecting headway", null, aSource({ state: "syncing", syncedAt: null })],
    ["Collecting headway: 70 %", 0.7, aSource({ state: "syncing", syncedAt: null, progress: 0.7 })],
    ["Working out the numbers of headway", null, aSource({ state: "deriving", deriving: { done: 0, of: 1 } })],
    [
      "Working out the numbers of headway: 10 of 40\u00a0services",
      0.25,
      aSource({ state: "syncing", progress: 0.7, deriving: { done: 10, of: 40 } }),
    ],
  ])("are told as %s", (words, progress, source) => {
    expect(firstWords(source)).toEqual({ words, progress });
  });

  it("are asked for as soon as all are there, whatever the facts", () => {
    const before = aStatus({ sources: [aSource({ state: "deriving", deriving: { done: 1, of: 2 } })] });
    const told = { now: before.now, facts: before.facts, sources: [aSource()] };
    const watch = { status: before, problem: null, revision: 3 };

    expect(isNews(before, told)).toBe(true);
    expect(heard(watch, told).revision).toBe(4);
    expect(heard(watch, { ...told, facts: told.facts + 1 }).revision).toBe(3);
    expect(seen(watch, aStatus()).revision).toBe(4);
    expect(seen({ ...watch, status: aStatus() }, aStatus()).revision).toBe(3);
  });

  it("do not go back where an answer was overtaken by what the server told", () => {
    const sources = [aSource({ state: "deriving", deriving: { done: 2, of: 2 } })];
    const heardLater = aStatus({ now: "2026-11-22T12:00:02.000Z", sources });
    const answered = aStatus({ now: "2026-11-22T12:00:01.000Z", facts: 9, sources: [aSource({ state: "syncing" })] });

    const { status } = seen({ status: heardLater, problem: null, revision: 1 }, answered);

    expect(status).toEqual({ ...answered, sources, now: heardLater.now });
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
