import { describe, expect, it } from "vitest";
import { WHOLE } from "#metrics/rules.ts";
import { canSettle } from "#metrics/settled.ts";
import { usualRules } from "#test/support/builders.ts";

describe("what can be settled", () => {
  it("is a whole repository by the usual rules", () => {
    expect(canSettle(usualRules, WHOLE)).toBe(true);
  });

  it("is no part of a repository, and none whose incidents are shared", () => {
    expect(canSettle(usualRules, { ...WHOLE, paths: ["apps/**"] })).toBe(false);
    expect(canSettle(usualRules, { ...WHOLE, incidents: { own: ["shop"], others: ["pay"] } })).toBe(false);
  });

  it("is nothing whose deployments are told by a rule, or whose repairs are looked for among what came before", () => {
    expect(canSettle({ ...usualRules, origins: [{ from: "deployments" }] }, WHOLE)).toBe(false);
    expect(canSettle({ ...usualRules, hotfix: { ...usualRules.hotfix, labels: ["hotfix"] } }, WHOLE)).toBe(false);
    expect(canSettle({ ...usualRules, hotfix: { ...usualRules.hotfix, branches: ["hotfix/*"] } }, WHOLE)).toBe(false);
  });
});
