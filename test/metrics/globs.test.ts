import { describe, expect, it } from "vitest";
import { fileMatcher } from "#metrics/globs.ts";

describe("the files that globs mean", () => {
  it.each([
    [["apps/checkout/**"], "apps/checkout/src/deep/a.ts", true],
    [["apps/checkout/**"], "apps/checkout/.env", true],
    [["apps/checkout/**"], "apps/checkout2/a.ts", false],
    [["apps/*/src/*.ts"], "apps/pay/src/a.ts", true],
    [["apps/*/src/*.ts"], "apps/pay/src/deep/a.ts", false],
    [["{apps,libs}/pay/**"], "libs/pay/a", true],
    [["apps/checkout"], "apps/checkout/a.ts", true],
    [["apps/checkout/"], "apps/checkout/a.ts", true],
    [["/apps/checkout"], "apps/checkout", true],
    [["./apps/checkout"], "apps/checkout/a.ts", true],
    [["apps/checkout"], "apps/checkout-old/a.ts", false],
    [["*.md"], "README.md", true],
    [["*.md"], "docs/README.md", false],
    [["apps/**", "!**/*.md"], "apps/a/README.md", false],
    [["!**/*.md", "apps/**"], "apps/a/a.ts", true],
    [["apps/**", "!**/*.md"], "libs/a.ts", false],
    [["!docs/**"], "src/a.ts", true],
    [["!docs/**"], "docs/a.md", false],
    [["Apps/**"], "apps/a", false],
    [["app (old)/**"], "app (old)/a", true],
  ])("%j: %s is %s", (globs, path, isMeant) => {
    expect(fileMatcher(globs)(path)).toBe(isMeant);
  });

  it.each(["apps/[", "apps/{a", ""])("cannot be told by what is no glob: %s", (glob) => {
    expect(() => fileMatcher([glob])).toThrow();
  });
});
