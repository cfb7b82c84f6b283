import { expect, it } from "vitest";

import { seriesCells } from "#web/delivery/series-csv.ts";
import { csv } from "#web/export.ts";

import { aDefinition, aPoint } from "./support.ts";

it("quotes what would break a line or a cell", () => {
  expect(csv([["a,b", 'say "x"', "two\nlines", 1.5]])).toBe('"a,b","say ""x""","two\nlines",1.5\r\n');
});

it("leaves what is unknown empty", () => {
  expect(csv([[null, 0]])).toBe(",0\r\n");
});

it("does not let a title become a formula", () => {
  expect(csv([["=1+1", "@x", -1]])).toBe("'=1+1,'@x,-1\r\n");
});

it("exports a series with its definition's version", () => {
  const [head, line] = csv(seriesCells(aDefinition(), [aPoint({ value: null })])).split("\r\n");
  expect(head).toContain("metric,unit,period,from,to,value");
  expect(line).toBe(
    "deployment-frequency,deployments,2026-W47,2026-11-16T00:00:00Z,2026-11-23T00:00:00Z,,84,,,,,,,false,,1",
  );
});
