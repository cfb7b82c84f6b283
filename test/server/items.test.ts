import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "#metrics/time.ts";
import type { Path, Reply } from "#server/contract.ts";
import { contract } from "#server/contract.ts";
import { aChange, aCommit, aDeployment, aLine, anIncident, aRepository, aReview } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { LongLiving } from "#test/support/long-living.ts";

const NOW = at("2026-06-30T12:00");
const sha = (index: number) => `${String(index).padStart(2, "0")}${"ab".repeat(19)}`;
const days = Array.from({ length: 40 }, (_, index) => NOW - (60 - index) * DAY);

/** A change a day; ten are in the first deployment, twenty in the second, which failed and was rolled back, the rest waits. */
const aShop = async () =>
  aHeadway({
    config: told,
    tells: [
      [
        aRepository({ head: sha(39) }),
        ...aLine(...days.map((day, index) => aCommit(sha(index), { authoredAt: day, changeNumber: index + 1 }))),
        ...days.map((day, index) =>
          aChange(index + 1, {
            title: `Step ${index + 1}`,
            openedAt: day + HOUR,
            mergedAt: day + (index % 5) * HOUR + 2 * HOUR,
            mergeCommit: sha(index),
            commits: [{ sha: sha(index), authoredAt: day, parents: [], title: "", authorKind: "human" }] as never,
            reviews: [aReview(day + 90 * 60_000, { kind: "approval" })],
          }),
        ),
        aDeployment("first", sha(9), NOW - 50 * DAY),
        aDeployment("second", sha(29), NOW - 20 * DAY),
        aDeployment("back", sha(9), NOW - 20 * DAY + 5 * HOUR),
        aDeployment("stage", sha(29), NOW - 21 * DAY, { environment: "staging" }),
        aDeployment("try", sha(29), NOW - 22 * DAY, { statuses: [{ outcome: "failure", at: NOW - 22 * DAY }] }),
        anIncident("i1", NOW - 20 * DAY + HOUR, {
          number: 7,
          title: "Checkout is down",
          deployment: "second",
          resolvedAt: NOW - 20 * DAY + 6 * HOUR,
        }),
        anIncident("i2", NOW - 2 * DAY, { title: "Slow" }),
        aChange(900, { openedAt: NOW - 400 * DAY, readyAt: null, title: "Old draft" }),
        aChange(901, { openedAt: NOW - DAY, title: "Waits for a reviewer" }),
        aChange(902, { openedAt: NOW - 3 * DAY, reviews: [aReview(NOW - 2 * DAY)] }),
        aChange(903, { openedAt: NOW - 9 * DAY, authorKind: "bot" }),
        aChange(904, { openedAt: NOW - 9 * DAY, closedAt: NOW - 8 * DAY }),
        aChange(905, { openedAt: NOW - 9 * DAY, mergedAt: NOW - 8 * DAY, targetBranch: "next", mergeCommit: "beef" }),
      ],
    ],
  });

async function ask<P extends Path>({ get }: Headway, path: P, query = ""): Promise<Reply<P>> {
  const answer = await get(`${path}${query}`);
  expect(answer.status, answer.text).toBe(200);
  return contract[path].reply.parse(answer.json()) as Reply<P>;
}

const ids = (reply: { readonly rows: readonly { readonly id: string }[] }) => reply.rows.map(({ id }) => id);

describe("changes as a list", () => {
  it("say how many stand where, also those that are open since long before the window", async () => {
    const reply = await ask(await aShop(), "/api/changes");

    expect(reply.states).toEqual([
      { state: "coding", n: 1 },
      { state: "pickup", n: 1 },
      { state: "review", n: 1 },
      { state: "waiting", n: 10 },
      { state: "deployed", n: 30 },
      { state: "merged", n: 1 },
      { state: "closed", n: 1 },
    ]);
    expect(reply.total).toBe(45);
    expect(reply.sentence).toBe(
      "45 changes in 26 weeks: 30 in production, 1 merged, 10 wait for deployment, 1 waits for review, 1 in review, 1 still coded on, 1 closed without a merge.",
    );
  });

  it("are found by state, which each row repeats", async () => {
    const headway = await aShop();
    const { states } = await ask(headway, "/api/changes");

    for (const { state, n } of states) {
      const reply = await ask(headway, "/api/changes", `?state=${state}`);
      expect(
        reply.rows.map((row) => row.state),
        state,
      ).toEqual(Array.from({ length: n }, () => state));
      expect(reply.total, state).toBe(n);
    }
    expect(ids(await ask(headway, "/api/changes", "?state=open&sort=age"))).toEqual(["900", "902", "901"]);
    expect(ids(await ask(headway, "/api/changes", "?state=open&bots=in&sort=age"))).toEqual([
      "900",
      "903",
      "902",
      "901",
    ]);
    expect(ids(await ask(headway, "/api/changes", "?state=reverted"))).toEqual([]);
  });

  it("come in the order of any column by pages, what is unknown last, and each row once", async () => {
    const headway = await aShop();
    const pages = await Promise.all(
      [0, 20, 40].map(async (offset) =>
        ask(headway, "/api/changes", `?sort=lead&direction=ascending&limit=20&offset=${offset}`),
      ),
    );
    const rows = pages.flatMap((page) => page.rows);
    const leads = rows.map(({ leadTimeHours }) => leadTimeHours).filter((hours) => hours !== null);

    expect(new Set(rows.map(({ id }) => id)).size).toBe(45);
    expect(leads).toHaveLength(30);
    expect(leads).toEqual(leads.toSorted((a, b) => a - b));
    expect(rows.slice(30).every(({ leadTimeHours }) => leadTimeHours === null)).toBe(true);
  });

  it("of the same instant come by the name of their service, whichever was known first", async () => {
    const headway = await LongLiving.begin();
    const openedAt = NOW - 60 * DAY;
    for (const repository of ["acme/shop", "acme/pay"]) {
      const events = [aRepository({ id: repository, repository }), aChange(1, { repository, openedAt })];
      await headway.live({ kind: "learn", events });
    }

    const listed = await headway.ask({ path: "/api/changes", query: { from: "2026-04-01" } });

    expect(listed).toMatchObject({ rows: [{ service: "acme/pay" }, { service: "acme/shop" }] });
  });

  it("are found by number, by words of the title and by the beginning of their commit", async () => {
    const headway = await aShop();

    expect(ids(await ask(headway, "/api/changes", "?q=%23901"))).toEqual(["901"]);
    expect(ids(await ask(headway, "/api/changes", "?q=a%20REVIEWER"))).toEqual(["901"]);
    expect(ids(await ask(headway, "/api/changes", `?q=${sha(3).slice(0, 8)}`))).toEqual(["4"]);
  });

  it("belong to the window of their deployment", async () => {
    const headway = await aShop();

    expect((await ask(headway, "/api/changes", "?from=2026-05-01&to=2026-05-20&state=deployed")).total).toBe(10);
  });

  it("are unknown where no host tells of them, with what to do", async () => {
    const headway = await aHeadway({ config: told, tells: [[aRepository({ head: "a" }), aCommit("a")]] });

    expect((await ask(headway, "/api/changes")).reason).toContain("connect GitHub or GitLab");
    expect((await ask(headway, "/api/incidents")).reason).toContain("push incidents");
    expect((await ask(headway, "/api/deployments")).reason).toContain("the Data page says");
  });
});

describe("deployments and incidents as lists", () => {
  it("say which failed, which were repairs, and which never reached production", async () => {
    const headway = await aShop();
    const reply = await ask(headway, "/api/deployments");

    expect(reply.rows.map(({ id, state, changes, recoveryHours }) => [id, state, changes, recoveryHours])).toEqual([
      ["back", "repair", 0, null],
      ["second", "failed", 20, 6],
      ["stage", "elsewhere", 0, null],
      ["try", "attempt", 0, null],
      ["first", "good", 10, null],
    ]);
    expect(reply.sentence).toBe(
      "3 deployments to production in 26 weeks: 1 failed, 1 was a repair; 1 attempt never reached it, 1 went elsewhere.",
    );
    expect(ids(await ask(headway, "/api/deployments", "?state=failed"))).toEqual(["second"]);
    expect(ids(await ask(headway, "/api/deployments", "?sort=changes&limit=1"))).toEqual(["second"]);
  });

  it("say what each incident is linked to", async () => {
    const headway = await aShop();
    const reply = await ask(headway, "/api/incidents", "?sort=recovery");

    expect(reply.rows.map(({ id, state, deploymentId, linkedBy }) => [id, state, deploymentId, linkedBy])).toEqual([
      ["i1", "linked", "second", "id"],
      ["i2", "open", null, "none"],
    ]);
    expect(reply.sentence).toBe("2 incidents in 26 weeks: 1 is not over, 1 linked to a deployment.");
  });
});

describe("one item", () => {
  it("that is a change says when what happened, and in which numbers it counts or why not", async () => {
    const item = await ask(await aShop(), "/api/item", "?kind=change&id=11");

    expect(item.moments.map(({ what }) => what)).toEqual([
      "First commit",
      "Opened",
      "First review",
      "First approval",
      "Merged",
      "Deployed",
    ]);
    expect(item.spans.map(({ title, hours }) => [title, hours])).toEqual([
      ["Coding", 1],
      ["Waiting for review", 0.5],
      ["In review", 0.5],
      ["Waiting for deployment", 718],
    ]);
    expect(item.links.map(({ kind, id }) => [kind, id])).toEqual([["deployment", "second"]]);
    expect(item.counts.find(({ metric }) => metric === "stage-coding")).toMatchObject({ counted: true, value: "1 h" });
    expect(item.sentence).toContain("In production");
  });

  it("that is not over lasts until the facts end, and counts where open work counts", async () => {
    const item = await ask(await aShop(), "/api/item", "?kind=change&id=901&service=acme/shop");

    expect(item).toMatchObject({ state: "pickup", sentence: "Open for 24 h, and nobody has reviewed it yet." });
    expect(item.spans).toEqual([
      {
        title: "Waiting for review",
        from: new Date(NOW - DAY).toISOString(),
        to: new Date(NOW).toISOString(),
        hours: 24,
        isOpen: true,
      },
    ]);
    expect(item.counts.filter(({ counted }) => counted).map(({ metric, value }) => [metric, value])).toEqual([
      ["time-to-first-review", "> 24 h"],
      ["time-to-merge", "> 24 h"],
    ]);
    expect(new Set(item.counts.filter(({ counted }) => !counted).map(({ why }) => why))).toEqual(
      new Set(["It is not merged."]),
    );
  });

  it("that is a failed deployment says what it first carried, by what it failed and how it was back", async () => {
    const item = await ask(await aShop(), "/api/item", "?kind=deployment&id=second");

    expect(item.sentence).toBe(
      "It failed, as an incident and its rollback show, and was back after 6 h. It first carried 20 changes and 20 commits.",
    );
    expect(item.carried).toMatchObject({ total: 20 });
    expect(item.carried?.rows[0]).toMatchObject({ kind: "change", id: "11", title: "#11 Step 11" });
    expect(item.links.map(({ id, words }) => [id, words])).toEqual([
      ["i1", "The incident names this deployment."],
      ["back", "Put back an older commit in its place."],
      ["first", "The deployment before it."],
    ]);
    expect(item.moments.map(({ what }) => what)).toEqual([
      "Made",
      "In production",
      "Incident began",
      "Rolled back",
      "Incident ended",
      "Recovered",
    ]);
    expect(item.counts.find(({ metric }) => metric === "change-fail-rate")).toMatchObject({
      counted: true,
      value: "yes",
    });
  });

  it("that somebody left out says who and why", async () => {
    const headway = await aShop();
    await headway.judge({ kind: "deployment", service: "acme/shop", id: "second" });
    const item = await ask(headway, "/api/item", "?kind=deployment&id=second");

    expect(item.counts.find(({ metric }) => metric === "deployment-frequency")).toMatchObject({
      counted: false,
      value: null,
      why: "Excluded: A bad day (Ada, 2026-06-30).",
    });
  });

  it("that is an incident says to which deployment it is linked, and by which rule", async () => {
    const item = await ask(await aShop(), "/api/item", "?kind=incident&id=i1");

    expect(item).toMatchObject({ name: "#7", sentence: "Over after 5 h; linked to second." });
    expect(item.links).toEqual([
      expect.objectContaining({ kind: "deployment", id: "second", words: "The incident names this deployment." }),
    ]);
  });

  it("that is not there is refused, with the nearest", async () => {
    const { get } = await aShop();
    const answer = await get("/api/item?kind=deployment&id=secon");

    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Did you mean \\"second\\"?');
  });
});

describe("search", () => {
  it("finds by number, by a part of the title, by id and by the sha of a commit; what is called so comes first", async () => {
    const headway = await aShop();
    const found = async (text: string) =>
      (await ask(headway, "/api/search", `?q=${encodeURIComponent(text)}&limit=3`)).hits.map(
        ({ kind, id }) => `${kind} ${id}`,
      );

    expect(await found("SHO")).toEqual(["service acme/shop"]);
    expect((await found("#7"))[0]).toBe("change 7");
    expect(await found("7")).toContain("incident i1");
    expect(await found("reviewer")).toEqual(["change 901"]);
    expect(await found("second")).toEqual(["deployment second"]);
    expect(await found(sha(29).slice(0, 10))).toEqual(
      ["change 30", "deployment second", "deployment stage", "deployment try"].slice(0, 4),
    );
    expect(await found("' or 1=1 --")).toEqual([]);
  });

  it("finds what is called so in a service that is named with it, and the newest of one that alone is named", async () => {
    const headway = await aShop();
    const found = async (text: string) =>
      (await ask(headway, "/api/search", `?q=${encodeURIComponent(text)}&limit=3`)).hits.map(
        ({ kind, id }) => `${kind} ${id}`,
      );

    expect(await found("shop reviewer")).toEqual(["change 901"]);
    expect((await found("#7 acme/shop"))[0]).toBe("change 7");
    expect(await found("bank reviewer")).toEqual([]);
    const newest = await found("Shop");
    expect(newest[0]).toBe("service acme/shop");
    expect(newest.filter((hit) => hit.startsWith("change "))).toHaveLength(3);
    expect(newest).toContain("deployment second");
  });
});
