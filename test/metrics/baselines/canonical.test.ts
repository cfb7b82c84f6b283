import fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Json } from "#metrics/baselines/canonical.ts";
import { canonical } from "#metrics/baselines/canonical.ts";

const hash = (value: Json): string => createHash("sha256").update(canonical(value)).digest("hex");

/** The same value, every object made in the opposite order: the canonical text turned round, key by key. */
const entries = fc.uniqueArray(fc.tuple(fc.string(), fc.integer()), { selector: ([key]) => key });
const objects = entries.map((pairs): readonly [Json, Json] => [
  Object.fromEntries(pairs),
  Object.fromEntries(pairs.toReversed()),
]);
const nested = fc.tuple(objects, objects).map(([[a, turnedA], [b, turnedB]]): readonly [Json, Json] => [
  { x: a, y: [b, { z: a, w: b }] },
  { y: [turnedB, { w: turnedB, z: turnedA }], x: turnedA },
]);

describe("the canonical text", () => {
  it("has its keys in order, no spaces, and numbers as ECMAScript writes them (RFC 8785)", () => {
    expect(canonical({ b: [1e21, 0.000001, 56.0], a: { "\u20ac": null, "\r": true, "1": "é\n" } })).toBe(
      '{"a":{"\\r":true,"1":"é\\n","€":null},"b":[1e+21,0.000001,56]}',
    );
  });

  it("is the same, and so is its hash, in whatever order an object was made", () => {
    fc.assert(
      fc.property(nested, ([value, turned]) => {
        expect(hash(turned)).toBe(hash(value));
      }),
    );
  });

  it("reads back as the value, so that two values never share a text", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        expect(JSON.parse(canonical(json))).toEqual(json);
      }),
    );
  });

  it("refuses what JSON cannot say", () => {
    expect(() => canonical({ value: NaN })).toThrow("JSON has no number NaN");
    expect(() => canonical([Infinity])).toThrow("JSON has no number Infinity");
  });
});
