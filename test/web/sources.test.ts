import { describe, expect, it } from "vitest";

import { newTokenAt } from "#web/connect/hosts.ts";
import { clock, dataSentence, progressWords, stateWords, waitWords } from "#web/sources/words.ts";
import { heard, isNews } from "#web/use-status.ts";
import { aSource, aStatus } from "./support.ts";

const waiting = { until: "2026-11-22T13:05:00Z", why: "GitHub's limit is used up; resumes 05:05" };

describe("the first sentence of the Data page", () => {
  it.each([
    [[], "Nothing is connected yet."],
    [[aSource()], "Everything is up to date: 1\u00a0source"],
    [[aSource(), aSource({ state: "failed" })], "1 of 2\u00a0sources could not be synced"],
    [[aSource({ state: "failed" })], "The source could not be synced"],
    [[aSource({ state: "never", syncedAt: null })], "Not everything has been collected yet."],
    [[aSource(), aSource({ name: "acme", state: "syncing", progress: 0.43 })], "Collecting acme: 43\u00a0%."],
    [[aSource({ name: "acme", state: "syncing", waiting })], "acme: GitHub's limit is used up; resumes"],
  ])("says what matters most: %j", (sources, words) => {
    expect(dataSentence(aStatus({ sources }))).toContain(words);
  });
});

describe("a wait", () => {
  it("ends at a time in the zone of the page", () => {
    expect(waitWords(waiting, "Europe/Berlin")).toBe("GitHub's limit is used up; resumes 14:05");
    expect(clock(waiting.until, "UTC")).toBe("13:05");
  });

  it("has a word and a sign of its own", () => {
    expect(stateWords(aSource({ state: "syncing", waiting })).word).toBe("waiting");
  });
});

describe("progress", () => {
  const since = (progress: number | null, events: number | null, minutes: number) =>
    progressWords(
      aSource({ state: "syncing", progress, events, startedAt: "2026-11-22T12:00:00Z" }),
      new Date(Date.parse("2026-11-22T12:00:00Z") + minutes * 60_000).toISOString(),
    );

  it("says how much, and how long it will take once that can be told", () => {
    expect(since(0.25, 1200, 5)).toBe("25\u00a0%, 1,200\u00a0events, about 15\u00a0min to go");
    expect(since(0.01, 3, 5)).toBe("1\u00a0%, 3\u00a0events");
    expect(since(0.1, 3, 60)).toContain("about 9\u00a0h to go");
    expect(since(0.99, 3, 5)).toContain("less than a minute to go");
    expect(since(null, null, 5)).toBe("begun");
  });
});

describe("what the server tells", () => {
  const status = aStatus({ facts: 3, sources: [aSource()] });
  const told = { now: "2026-11-22T12:00:00Z", facts: 3, sources: [aSource({ state: "syncing" })] };

  it("is shown at once, and the rest is asked for only when it changed", () => {
    const watch = { status, problem: null, revision: 1 };

    expect(heard(watch, told)).toMatchObject({ revision: 1, status: { facts: 3, sources: [{ state: "syncing" }] } });
    expect(heard({ ...watch, status: null }, told).status).toBeNull();
    expect(isNews(status, told)).toBe(false);
    expect(isNews(status, { ...told, facts: 4 })).toBe(true);
    expect(isNews(status, { ...told, sources: [...told.sources, aSource({ source: "github:acme" })] })).toBe(true);
  });
});

it("knows where a token is made", () => {
  expect(newTokenAt("github", "https://api.github.com")).toMatch(
    /^https:\/\/github\.com\/settings\/tokens\/new\?.*repo/,
  );
  expect(newTokenAt("github", "https://ghe.example/api/v3")).toMatch(/^https:\/\/ghe\.example\/settings/);
  expect(newTokenAt("gitlab", "https://gitlab.example")).toContain("scopes=read_api");
  expect(newTokenAt("gitlab", "javascript:alert(1)")).toBeNull();
});
