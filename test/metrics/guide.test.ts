import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { guide } from "#metrics/guide.ts";
import { metrics } from "#metrics/index.ts";

it("describes every metric", () => {
  const text = guide();

  expect(metrics.filter(({ id }) => !text.includes(`\`${id}\``))).toEqual([]);
});

it("is what docs/metrics.md says (npm run docs writes it)", async () => {
  expect(await readFile(new URL("../../docs/metrics.md", import.meta.url), "utf8")).toBe(guide());
});

it("says of every metric by which of its instants something counts", () => {
  const entries = guide().split("\n### ").slice(1);

  expect(entries).toHaveLength(metrics.length);
  expect(entries.filter((entry) => !/^\*\*Clock\.\*\* It counts when it .+\.$/m.test(entry))).toEqual([]);
});

it("gives every metric an id of its own", () => {
  expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length);
});

const five = metrics.filter(({ factor }) => factor !== "context").map((metric) => [metric.id, metric.differs] as const);

it.each(five)("says of %s how GitLab, DevLake and DORA's survey differ", (_, differs) => {
  expect(["GitLab", "DevLake", "DORA's survey"].filter((peer) => !differs.includes(peer))).toEqual([]);
});
