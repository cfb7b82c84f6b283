import { describe, expect, it } from "vitest";
import type { AlertFact } from "#metrics/facts.ts";
import { alertFacts } from "#metrics/alert-facts.ts";
import { WHOLE } from "#metrics/rules.ts";
import { HOUR } from "#metrics/time.ts";
import { withPushed } from "#metrics/pushed.ts";
import { aHosted, anAlert, factsOf } from "#test/support/builders.ts";

const place = { source: "git:shop", repository: "acme/shop", service: "shop" };
const nothing = { deployments: [], incidents: [], changes: [], pipelines: [] };

describe("an alert", () => {
  it("says everything a reader of the export is promised", () => {
    const alert = anAlert("code/3", 2 * HOUR, {
      scan: "dependency",
      severity: "critical",
      url: "https://acme.example/3",
      title: "lodash can be broken into",
      fixedAt: 5 * HOUR,
    });

    expect(factsOf(aHosted([], { alerts: [alert] })).alerts).toEqual([
      {
        ...place,
        id: "code/3",
        scan: "dependency",
        severity: "critical",
        url: "https://acme.example/3",
        title: "lodash can be broken into",
        openedAt: 2 * HOUR,
        fixedAt: 5 * HOUR,
        dismissedAt: null,
        hoursToFix: 3,
      } satisfies AlertFact,
    ]);
  });

  it.each([
    ["is open", {}],
    ["was dismissed", { dismissedAt: 5 * HOUR }],
    ["was fixed before it was opened", { fixedAt: HOUR }],
  ])("that %s has no hours to fix", (_what, has) => {
    const { alerts } = factsOf(aHosted([], { alerts: [anAlert("1", 2 * HOUR, has)] }));

    expect(alerts.map(({ hoursToFix }) => hoursToFix)).toEqual([null]);
  });
});

describe("a service that shares its repository", () => {
  const shared = { ...WHOLE, incidents: { own: ["shop"], others: ["pay"] } };

  it("has the alerts that were pushed for it, and none of its host, which does not tell whose they are", () => {
    const pushed = [anAlert("1", 0, { source: "push" }), anAlert("2", 0, { source: "push" })];
    const history = withPushed(aHosted([], { alerts: [anAlert("1", 0)] }), { ...nothing, alerts: pushed });

    expect(alertFacts(place, history, shared).map(({ id }) => id)).toEqual(["push/acme/shop/1", "2"]);
    expect(alertFacts(place, history, WHOLE).map(({ id }) => id)).toEqual(["1", "push/acme/shop/1", "2"]);
  });
});
