import { describe, expect, it } from "vitest";
import { integrationSize } from "#metrics/context/batch-size.ts";
import { elapsed } from "#metrics/lens.ts";
import { aCommitFact } from "#test/support/builders.ts";

const observed = (has: Parameters<typeof aCommitFact>[0]) => integrationSize.observe(aCommitFact(has), elapsed(0));

describe("the size of an integration", () => {
  it("is that of a step of the default branch, at the date of its commit", () => {
    expect(observed({ committedAt: 5, integrated: 3 })).toEqual({ at: 5, value: 3 });
  });

  it("is none of a commit that is no step, and of one without a date", () => {
    expect(observed({ committedAt: 5, integrated: null })).toBeNull();
    expect(observed({ committedAt: null, integrated: 3 })).toBeNull();
  });
});
