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

it("gives every metric an id of its own", () => {
  expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length);
});
