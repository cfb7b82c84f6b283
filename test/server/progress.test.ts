import { describe, expect, it } from "vitest";
import type { DeliveryEvent } from "#metrics/events.ts";
import { WEEK } from "#metrics/time.ts";
import type { Reply } from "#server/contract.ts";
import { at } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { daily, times } from "#test/support/daily-work.ts";
import { aTeamThatGotFaster } from "#test/support/one-team.ts";

const config = {
  ...told,
  services: [{ name: "acme/shop", team: "money", system: "tills", releaseClass: "cloud" }],
};

async function aShop(tells: readonly (readonly DeliveryEvent[])[]): Promise<Headway> {
  return aHeadway({ config, tells });
}

async function ask<T>({ get }: Headway, path: string): Promise<T> {
  const answer = await get(path);
  expect(answer.status, answer.text).toBe(200);
  return answer.json();
}

async function trunkBasedOfTeam(headway: Headway) {
  const { practices } = await ask<Reply<"/api/progress/service">>(headway, "/api/progress/service?service=acme/shop");
  return practices.find(({ practice }) => practice === "trunk-based")?.ofTeam;
}

describe("progress", () => {
  it("tells the stage of a service, who owns it, and what is missing next", async () => {
    const headway = await aShop([daily("2026-01-05", times(25, 5))]);
    const { services, stages, sentence, until } = await ask<Reply<"/api/progress">>(headway, "/api/progress");

    expect(until).toBe("2026-06-29T00:00:00.000Z");
    expect(services).toMatchObject([{ service: "acme/shop", team: "money", system: "tills", stage: 0 }]);
    expect(services[0]?.missing.map(({ id }) => id)).toContain("continuous-integration");
    expect(services[0]?.practices).toContainEqual({ practice: "trunk-based", status: "adopted" });
    expect(stages.map((one) => one.services)).toEqual([1, 0, 0, 0, 0, 0]);
    expect(sentence).toMatch(/^1 of 1 service is at stage 0, baseline and mandate; none is further\./);
  });

  it("shows each week of a part, and the facts behind it", async () => {
    const headway = await aShop([daily("2026-01-05", times(25, 5))]);
    const one = await ask<Reply<"/api/progress/service">>(headway, "/api/progress/service?service=acme/shop&weeks=8");
    const part = one.practices.find(({ practice }) => practice === "trunk-based")?.parts[0];
    const rows = await ask<Reply<"/api/progress/rows">>(
      headway,
      "/api/progress/rows?service=acme/shop&practice=trunk-based&part=branch-lifetime&week=2026-06-03",
    );

    expect(part?.history).toHaveLength(8);
    expect(part?.history.at(-1)).toMatchObject({ from: "2026-06-22T00:00:00.000Z", isMet: true, met: 5, of: 5 });
    expect(rows.window.from).toBe("2026-06-01T00:00:00.000Z");
    expect(rows.rows).toHaveLength(5);
    expect(new Set(rows.rows.map(({ isMet, kind }) => `${kind} ${isMet}`))).toEqual(new Set(["change true"]));
  });

  it("says of a part whose first step is taken how far the service is on the next one, and of no other", async () => {
    const headway = await aTeamThatGotFaster();
    const { practices } = await ask<Reply<"/api/progress/service">>(headway, "/api/progress/service?service=acme/shop");
    const parts = practices.flatMap((one) => one.parts);

    expect(parts.find(({ part }) => part === "deploys-often")).toMatchObject({
      status: "adopted",
      next: { status: "adopted", words: expect.stringContaining("on more than 50 % of the working days of a week") },
    });
    expect(parts.filter(({ next }) => next !== null).map(({ part }) => part)).toEqual([
      "deploys-often",
      "recovery-time",
    ]);
  });

  it("finds the week in which a part was adopted", async () => {
    const hours = [...times(20, 90), 4, 90, 4, 90, 4, 90, ...times(17, 4)];
    const headway = await aShop([daily("2025-09-01", hours)]);
    const { practices } = await ask<Reply<"/api/progress/service">>(
      headway,
      "/api/progress/service?service=acme/shop&weeks=52",
    );
    const part = practices.find(({ practice }) => practice === "trunk-based")?.parts[0];

    expect(part?.status).toBe("adopted");
    expect(Math.abs(Date.parse(String(part?.detected.at)) - at("2026-01-19"))).toBeLessThanOrEqual(3 * WEEK);
  });

  it("dates what a team adopted by all its services together, and tells no such date of its only one", async () => {
    const shop = daily("2025-09-01", [...times(20, 90), ...times(23, 4)]);
    const till = shop.map((event) => ({ ...event, repository: "acme/till" }));
    const both = {
      sources: [{ host: "github", token: "t", repositories: ["acme/shop", "acme/till"] }],
      services: ["acme/shop", "acme/till"].map((name) => ({ name, team: "money" })),
    };
    const together = await trunkBasedOfTeam(await aHeadway({ config: both, tells: [[...shop, ...till]] }));

    expect(await trunkBasedOfTeam(await aShop([shop]))).toBeNull();
    expect(Math.abs(Date.parse(String(together?.at)) - at("2026-01-19"))).toBeLessThanOrEqual(2 * WEEK);
    expect(together?.words).toContain("half of it was done");
  });

  it("looks again once facts are others", async () => {
    const headway = await aShop([daily("2026-01-05", times(10, 5)), daily("2026-01-05", times(25, 5))]);
    const statusOf = async () => {
      const { services } = await ask<Reply<"/api/progress">>(headway, "/api/progress");
      return services[0]?.practices.find(({ practice }) => practice === "trunk-based")?.status;
    };
    const before = await statusOf();
    await headway.sync();

    expect([before, await statusOf()]).toEqual(["insufficient-data", "adopted"]);
  });

  it("refuses a use case, a service and a part that are not there", async () => {
    const { get } = await aShop([daily("2026-06-01", times(2, 5))]);
    const asked = [
      "/api/progress?useCase=nobody",
      "/api/progress/service?service=shop",
      "/api/progress/rows?service=acme/shop&practice=trunk-based&part=branch-lifetim&week=2026-06-03",
      "/api/progress/rows?service=acme/shop&practice=trunk-based&part=branch-lifetime&week=1999-06-03",
    ];
    const answers = await Promise.all(asked.map(async (path) => get(path)));

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(answers[2]?.text).toContain('Did you mean \\"trunk-based branch-lifetime\\"?');
  });

  it("looks at a wave, and shows it on charts, with what is declared of practices", async () => {
    const headway = await aShop([daily("2026-01-05", times(25, 5))]);
    await declare(headway, {
      waves: [{ id: "first", title: "First wave", teams: ["money"], from: "2026-03-02" }],
      adoptions: [{ id: "m-review", team: "money", practice: "review", day: "2026-04-06" }],
      exemptions: [
        { id: "ci", service: "acme/shop", practice: "continuous-integration", reason: "No runner.", owner: "money" },
      ],
      drills: [{ id: "d", service: "acme/shop", day: "2026-06-01" }],
    });
    const page = await ask<Reply<"/api/progress">>(headway, "/api/progress?wave=first");
    const { practices } = await ask<Reply<"/api/progress/service">>(
      headway,
      "/api/progress/service?service=acme/shop&weeks=8",
    );
    const notes = await ask<Reply<"/api/annotations">>(headway, "/api/annotations");
    const refused = await headway.get("/api/progress?wave=second");

    expect(page.services).toMatchObject([{ service: "acme/shop", stage: 1 }]);
    expect(practices.map(({ practice, declared }) => [practice, declared])).toEqual(
      expect.arrayContaining([
        ["trunk-based", "2026-03-02"],
        ["review", "2026-04-06"],
      ]),
    );
    expect(practices.find(({ practice }) => practice === "continuous-integration")).toMatchObject({
      status: "not-applicable",
      words: expect.stringContaining("No runner. (money)"),
    });
    expect(notes).toMatchObject([
      { id: -1, title: "First wave", from: "2026-03-02", to: "2026-03-03", kind: "adoption" },
      { id: -2, title: "money adopts Fast review by another person", scope: "team:money" },
    ]);
    expect(refused.status).toBe(400);
  });

  it("shows on charts when the teams of all that is looked at were trained or kept from releasing, and of other teams nothing", async () => {
    const teams = [{ name: "money", services: ["acme/shop"] }, { name: "other" }];
    const headway = await aHeadway({ config: { ...told, teams }, tells: [[...daily("2026-01-05", times(25, 5))]] });
    const intervention = { hours: 40, cost: 9000 };
    await declare(headway, {
      interventions: [
        {
          ...intervention,
          id: "t",
          kind: "training",
          title: "Small changes",
          teams: ["money"],
          from: "2026-03-02",
          to: "2026-03-04",
        },
        {
          ...intervention,
          id: "f",
          kind: "freeze",
          title: "Year end",
          teams: [],
          from: "2026-01-12",
          to: "2026-01-12",
        },
        {
          ...intervention,
          id: "o",
          kind: "coaching",
          title: "Not theirs",
          teams: ["other"],
          from: "2026-02-02",
          to: "2026-04-02",
        },
      ],
    });
    const notes = await ask<Reply<"/api/annotations">>(headway, "/api/annotations");

    expect(notes).toMatchObject([
      { id: -1, kind: "note", title: "Freeze: Year end", from: "2026-01-12", to: "2026-01-13", scope: "organisation" },
      {
        id: -2,
        kind: "note",
        title: "Training: Small changes",
        from: "2026-03-02",
        to: "2026-03-05",
        scope: "team:money",
      },
    ]);
    expect(notes).toHaveLength(2);
  });

  it("asks of practices what the configuration says, in words and in what holds", async () => {
    const weeks = [daily("2026-01-05", times(25, 30))];
    const usual = await aShop(weeks);
    const thresholds = { practices: { cloud: { branchHours: 36 } } };
    const patient = await aHeadway({ config: { ...config, thresholds }, tells: weeks });
    const lifetimeIn = async (headway: Headway) => {
      const path = "/api/progress/service?service=acme/shop";
      const { practices } = await ask<Reply<"/api/progress/service">>(headway, path);
      return practices.find(({ practice }) => practice === "trunk-based")?.parts[0];
    };

    expect(await lifetimeIn(usual)).toMatchObject({ status: "not-yet", condition: expect.stringContaining("24 h") });
    expect(await lifetimeIn(patient)).toMatchObject({ status: "adopted", condition: expect.stringContaining("36 h") });
    expect((await patient.get("/api/settings")).json()).toMatchObject({
      thresholds: [{ name: "practices.cloud.branchHours", value: "36", usual: "24" }],
    });
  });

  it("computes the status of milestones from their metrics", async () => {
    const headway = await aShop([daily("2026-01-05", [...times(10, 90), ...times(15, 5)])]);
    const metric = { metric: "cycle-time", owner: "Office", setOn: "2026-03-02", from: 90 };
    await declare(headway, {
      milestones: [
        { ...metric, id: "fast", title: "Fast", scope: "team:money", target: 10, due: "2026-12-31" },
        { ...metric, id: "faster", title: "Faster", target: 1, due: "2026-06-15" },
        { ...metric, id: "unknown", title: "Unknown", metric: "recovery-time", target: 1, due: "2026-12-31" },
      ],
    });
    const milestones = await ask<Reply<"/api/progress/milestones">>(headway, "/api/progress/milestones");

    expect(milestones.map(({ id, state, now }) => [id, state, now])).toEqual([
      ["faster", "missed", 5],
      ["fast", "met", 5],
      ["unknown", "cannot-be-said", null],
    ]);
  });
});

/** As a file that is imported. JSON is YAML. */
async function declare({ post }: Headway, programme: object): Promise<void> {
  const body = { text: JSON.stringify(programme), save: true, follows: null, actor: "Ada" };
  const answer = await post("/api/programme/import", body);
  expect(answer.status, answer.text).toBe(200);
}
