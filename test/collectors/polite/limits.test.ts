import { describe, expect, it } from "vitest";
import { HostError } from "#collectors/collector.ts";
import { createBudget } from "#collectors/polite/budget.ts";
import { aHost, fine, json } from "./host.ts";

const noon = Date.parse("2026-03-01T12:00:00Z");
const inTenMinutes = noon / 1000 + 600;

function left(remaining: number, resource = "core", reset = inTenMinutes) {
  return {
    "x-ratelimit-limit": 100,
    "x-ratelimit-remaining": remaining,
    "x-ratelimit-reset": reset,
    "x-ratelimit-resource": resource,
  };
}

describe("a limit that is used up", () => {
  it("is waited for until the host starts counting anew, and people are told until when", async () => {
    const host = await aHost(json({ message: "API rate limit exceeded" }, left(0), 403), fine);

    await host.polite()(host.url);

    expect(host.asked[1]?.at).toBeGreaterThanOrEqual(inTenMinutes * 1000);
    expect(host.waits).toHaveLength(2);
    expect(host.waits[0]?.why).toBe("GitHub's limit is used up; resumes 04:10");
    expect(host.waits[1]).toBeNull();
  });

  it("is GraphQL's, which says so in an answer of 200", async () => {
    const limited = { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] };
    const host = await aHost(json(limited, left(0, "graphql")), fine);

    await host.polite()(`${host.url}/api/graphql`, { method: "POST", body: "{}" });

    expect(host.asked[1]?.at).toBeGreaterThanOrEqual(inTenMinutes * 1000);
  });

  it("does not hold up what is counted separately", async () => {
    const host = await aHost(json({}, left(0, "core")), json({}, left(90, "graphql")), fine);
    const polite = host.polite();
    await polite(host.url);

    await polite(`${host.url}/graphql`, { method: "POST", body: "{}" });

    expect(host.asked[1]?.at).toBe(noon);
  });

  it("starts anew by the host's clock, not by ours", async () => {
    const host = await aHost((response) => {
      const anHourAhead = noon + 3_600_000;
      response.writeHead(200, {
        date: new Date(anHourAhead).toUTCString(),
        ...left(0, "core", anHourAhead / 1000 + 60),
      });
      response.end("{}");
    }, fine);
    const polite = host.polite();
    await polite(host.url);

    await polite(host.url);

    expect(host.asked[1]?.at).toBeLessThan(noon + 70_000);
    expect(host.asked[1]?.at).toBeGreaterThanOrEqual(noon + 60_000);
  });

  it("is read from GitLab's headers as well", async () => {
    const headers = { "ratelimit-limit": 100, "ratelimit-remaining": 0, "ratelimit-reset": inTenMinutes };
    const host = await aHost(json({}, headers), fine);
    const polite = host.polite({ source: "gitlab:test" });
    await polite(host.url);

    await polite(host.url);

    expect(host.asked[1]?.at).toBeGreaterThanOrEqual(inTenMinutes * 1000);
    expect(host.waits[0]?.why).toMatch(/^GitLab's limit/);
  });
});

describe("the budget", () => {
  it.each([
    [0.8, 21, noon],
    [0.8, 20, inTenMinutes * 1000],
    [0.5, 50, inTenMinutes * 1000],
    [1, 1, noon],
  ])("of %d leaves the rest to people: with %i of 100 left", async (budget, remaining, from) => {
    const host = await aHost(json({}, left(remaining)), fine);
    const polite = host.polite({ budget });
    await polite(host.url);

    await polite(host.url);

    expect(host.asked[1]?.at).toBeGreaterThanOrEqual(from);
    expect(host.asked[1]?.at).toBeLessThan(from + 1000);
  });

  it("counts what is still on its way", () => {
    const budget = createBudget(0.8);
    budget.spend("core");
    budget.settle("core", { resource: "core", limit: 100, remaining: 22, resetAt: noon + 1000 });

    const openings = [0, 1, 2].map(() => {
      const at = budget.openAt("core", noon);
      budget.spend("core");
      return at;
    });

    expect(openings).toEqual([0, 0, noon + 1000]);
  });

  it("counts what the dearest request has cost", () => {
    const budget = createBudget(0.8);
    for (const remaining of [90, 85, 23]) {
      budget.spend("graphql");
      budget.settle("graphql", { resource: "graphql", limit: 100, remaining, resetAt: noon + 1000 });
    }

    expect(budget.openAt("graphql", noon)).toBe(noon + 1000);
  });
});

describe("a host that asks for a pause", () => {
  it.each([403, 429, 503])("gets it, with the Retry-After of a %i", async (status) => {
    const host = await aHost(json({ message: "slow down" }, { "retry-after": 7 }, status), fine);

    await host.polite()(host.url);

    expect(host.asked[1]?.at).toBeGreaterThanOrEqual(noon + 7000);
  });

  it("gets it until a date as well", async () => {
    const until = new Date(noon + 90_000).toUTCString();
    const host = await aHost(json({}, { "retry-after": until }, 429), fine);

    await host.polite()(host.url);

    expect(host.asked[1]?.at).toBeGreaterThanOrEqual(noon + 90_000);
  });

  it("gets a minute when it does not say how long, and twice as long the next time", async () => {
    const secondary = json({ message: "You have exceeded a secondary rate limit." }, left(90), 403);
    const host = await aHost(secondary, secondary, fine);

    await host.polite()(host.url);

    expect(host.naps).toEqual([60_000, 120_000]);
  });

  it("gets a shorter one when it is not the host itself that asks: no count, no reason", async () => {
    const bare = json({ message: "Server Error" }, {}, 429);
    const host = await aHost(bare, bare, fine);

    await host.polite()(host.url);

    expect(host.naps).toEqual([5000, 10_000]);
  });

  it("gets it from everything that is asked", async () => {
    const host = await aHost(json({}, { "retry-after": 30 }, 429), fine);
    const polite = host.polite();

    await Promise.all([polite(`${host.url}/a`), polite(`${host.url}/b`).then(() => polite(`${host.url}/graphql`))]);

    const later = host.asked.slice(2);
    expect(later.every(({ at }) => at >= noon + 30_000)).toBe(true);
  });

  it("is given up when it never ends, with what to do", async () => {
    const host = await aHost(json({}, { "retry-after": 1 }, 429));

    const error: unknown = await host
      .polite()(host.url)
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(HostError);
    expect(error).toMatchObject({ reason: "rate-limit", message: expect.stringContaining("a token of its own") });
  });
});

it("asks for few things at once", async () => {
  let inFlight = 0;
  let most = 0;
  const host = await aHost((response) => {
    most = Math.max(most, ++inFlight);
    setTimeout(() => {
      inFlight -= 1;
      response.end("{}");
    }, 10);
  });
  const polite = host.polite({ concurrency: 2 });

  await Promise.all(Array.from({ length: 8 }, () => polite(host.url)));

  expect(most).toBe(2);
});
