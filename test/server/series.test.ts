/** Each team, system or service side by side is told what it is told alone. */
import { describe, expect, it } from "vitest";
import { contract } from "#server/contract.ts";
import type { Reply } from "#server/contract.ts";
import { anAcme } from "#test/support/acme.ts";
import type { Headway } from "#test/support/headway.ts";

const config = {
  calendar: "office",
  calendars: [{ name: "office", hours: "09:00-17:00" }],
  teams: [
    { name: "sales", services: ["acme/site"] },
    { name: "payments", services: [{ service: "acme/shop", until: "2026-04-01" }] },
    { name: "checkout", parent: "sales", services: [{ service: "acme/shop", since: "2026-04-01" }] },
    { name: "idle", parent: "sales" },
  ],
  systems: [{ name: "press" }, { name: "ledger" }],
  services: [{ name: "acme/books", system: "ledger" }],
};

const span = "from=2026-01-01&to=2026-07-01";

async function seriesOf(headway: Headway, question: string): Promise<Reply<"/api/series">> {
  const answer = await headway.get(`/api/series?${span}&${question}`);
  expect(answer.status, answer.text).toBe(200);
  return contract["/api/series"].reply.parse(answer.json());
}

/** As it is told of a scope alone. */
async function alone(headway: Headway, scope: string, metric: string, question = "") {
  const { whole, series } = await headway.measure(metric, `${span}&scope=${scope}&${question}`);
  return contract["/api/series"].reply.shape.each.element.parse({ scope, whole, series });
}

const scopes = {
  team: ["team:sales", "team:payments", "team:checkout", "team:idle"],
  system: ["system:press", "system:ledger"],
  service: ["service:acme/books", "service:acme/shop", "service:acme/site"],
};

describe("one metric of each", () => {
  it.each([
    ["team", "lead-time-change", ""],
    ["team", "lead-time-change", "time=working&interval=month"],
    ["team", "deployment-frequency", "interval=month"],
    ["team", "change-fail-rate", "bots=in"],
    ["team", "lead-time-merge", "open=dropped"],
    ["system", "recovery-time", ""],
    ["service", "lead-time-change", "interval=day"],
    ["service", "pipeline-duration", ""],
  ] as const)("%s is what it is alone: %s %s", async (each, metric, question) => {
    const headway = await anAcme(config);
    const expected = await Promise.all(scopes[each].map(async (scope) => alone(headway, scope, metric, question)));

    const found = await seriesOf(headway, `each=${each}&metric=${metric}&${question}`);

    expect(found.each).toEqual(expected);
  });

  it("is told of the same rows where somebody left some of them out", async () => {
    const headway = await anAcme(config);
    const question = "each=team&metric=lead-time-change";
    const before = await seriesOf(headway, question);
    await headway.judge({ kind: "days", service: "acme/site", from: "2026-02-01", to: "2026-02-28" });

    const { each } = await seriesOf(headway, question);

    expect(each).toEqual(
      await Promise.all(scopes.team.map(async (scope) => alone(headway, scope, "lead-time-change"))),
    );
    expect([before, { each }].map((told) => told.each[0]?.whole.n)).toEqual([66, 61]);
    expect(each[1]).toEqual(before.each[1]);
  });

  it("says why nothing is known of a team that owns nothing", async () => {
    const headway = await anAcme(config);

    const { each } = await seriesOf(headway, "each=team&metric=deployment-frequency");

    expect(each[3]).toMatchObject({ scope: "team:idle", whole: { value: null }, series: [] });
    expect(each[3]?.whole.reason).toContain('The team "idle" owns no service that is known');
  });

  it("is of none where none is configured", async () => {
    const headway = await anAcme({});

    expect((await seriesOf(headway, "each=team&metric=deployment-frequency")).each).toEqual([]);
  });

  it.each([
    ["metric=lead-time-change,deployment-frequency&each=team", "A series is of one metric"],
    ["metric=lead-time-chnge&each=team", 'Did you mean "lead-time-change"?'],
    ["metric=lead-time-change&each=team&interval=day&from=1990-01-01", "One point a day of each of 4 over this window"],
  ])("is refused with what to ask instead: %s", async (question, words) => {
    const headway = await anAcme(config);
    const answer = await headway.get(`/api/series?${question}`);

    expect(answer.status).toBe(400);
    expect(answer.json<{ detail: string }>().detail).toContain(words);
  });
});
