import { describe, expect, it } from "vitest";
import { attributesOf, isAsked } from "#metrics/attributes.ts";
import { aChangeFact } from "#test/support/builders.ts";

const any = { label: null, authorKind: null, minLines: null, maxLines: null, pipeline: null };
const change = aChangeFact({ authorKind: "bot", labels: ["Chore", "ci"], additions: 40, deletions: 2 });

describe("a row", () => {
  it.each([
    ["nothing is asked", {}, true],
    ["its label in another case", { label: "CHORE" }, true],
    ["another label", { label: "cho" }, false],
    ["who wrote it", { authorKind: "bot" as const }, true],
    ["somebody else", { authorKind: "human" as const }, false],
    ["exactly its lines", { minLines: 42, maxLines: 42 }, true],
    ["more lines", { minLines: 43 }, false],
    ["fewer lines", { maxLines: 41 }, false],
    ["a workflow, which it has not", { pipeline: "CI" }, false],
  ])("is asked for by %s: %o is %s", (_, asked, is) => {
    expect(isAsked({ ...any, ...asked }, attributesOf("delivered", change))).toBe(is);
  });

  it.each([{ minLines: 0 }, { maxLines: 1000 }])("of unknown lines is not asked for by %o", (asked) => {
    const unknown = aChangeFact({ additions: 3, deletions: null });

    expect(isAsked({ ...any, ...asked }, attributesOf("merged", unknown))).toBe(false);
  });
});
