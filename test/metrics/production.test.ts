import { describe, expect, it } from "vitest";
import { isProduction } from "#metrics/production.ts";

const named = (environment: string) => isProduction({ environment, tier: null }, null);

describe("production", () => {
  it.each([
    "production",
    "Production",
    "PROD",
    "prod",
    "live",
    "prod-eu",
    "production/eu-west-1",
    "live_blue",
    "prod 2",
  ])("is %s, by its name", (environment) => {
    expect(named(environment)).toBe(true);
  });

  it.each([
    "preprod",
    "pre-production",
    "staging",
    "non-prod",
    "products",
    "prod2",
    "delivery",
    "alive",
    "",
    "review/prod",
  ])("is not %s", (environment) => {
    expect(named(environment)).toBe(false);
  });

  it("is the tier that the host gives, whatever the name", () => {
    expect(isProduction({ environment: "gstg", tier: "production" }, null)).toBe(true);
    expect(isProduction({ environment: "production", tier: "staging" }, null)).toBe(false);
  });

  it("is what the configured pattern says and nothing else, whatever the tier", () => {
    const pattern = "^(gprd|edge)$";

    expect(isProduction({ environment: "edge", tier: "other" }, pattern)).toBe(true);
    expect(isProduction({ environment: "production", tier: "production" }, pattern)).toBe(false);
    expect(isProduction({ environment: "Edge", tier: null }, pattern)).toBe(false);
  });
});
