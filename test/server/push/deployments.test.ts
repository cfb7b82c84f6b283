import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { aSender, exported } from "#test/support/pushing.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, synced } from "#test/support/installation.ts";
import type { Reply } from "#server/contract.ts";

interface Row {
  readonly service: string;
  readonly id: string;
  readonly sha: string | null;
  readonly environment: string;
  readonly tier: string;
  readonly status: string;
  readonly createdAt: string;
  readonly deployedAt: string | null;
  readonly commits: number;
  readonly isRework: boolean;
}

const alone = async () => aSender(await anInstallation({ collectors: [] }));
const aDeployment = { service: "sap", version: "1.2.3", deployedAt: "2026-06-01T10:00:00Z", id: "transport-1" };

/** A shop with five commits and no tags, and one who pushes for it. */
async function aShop(tags: readonly string[] = []) {
  const host = new FakeHost();
  const shas = Array.from({ length: 5 }, () => host.commit());
  for (const tag of tags) host.tag(tag, { publishedAt: at("2026-01-02T00:00") });
  const installation = await anInstallation({ collectors: [host.collector()] });
  return { host, shas, installation, sender: await aSender(installation) };
}

describe("a pushed deployment", () => {
  it("is new once, and known when it is sent again", async () => {
    const sender = await alone();

    const first = await sender.post("/api/deployments", aDeployment);
    const again = await sender.post("/api/deployments", aDeployment);

    expect(first.status).toBe(201);
    expect(first.json()).toMatchObject({ result: "new", kind: "deployment", id: "transport-1", service: "sap" });
    expect(again.status).toBe(200);
    expect(again.json()).toMatchObject({ result: "known", id: "transport-1", changed: [] });
    expect(await exported(sender, "deployments")).toHaveLength(1);
  });

  it("makes a service of its own where nobody knows it, in every list and number at once", async () => {
    const sender = await alone();

    await sender.post("/api/deployments", aDeployment);

    const { services, sources } = (await sender.get("/api/status")).json<Reply<"/api/status">>();
    const { measures } = (
      await sender.get("/api/measures?service=sap&metric=deployment-frequency&from=2026-05-01")
    ).json<Reply<"/api/measures">>();
    expect(services).toMatchObject([{ name: "sap", source: "push", deployments: 1, advice: null }]);
    expect(sources).toMatchObject([{ source: "push", state: "ok" }]);
    expect(measures[0]?.whole.value).toBe(1);
  });

  it.each([
    ["sha", { sha: "C0FFEE1" }],
    ["commitSha", { commitSha: "c0ffee1" }],
  ])("names its commit as %s", async (_name, what) => {
    const sender = await alone();

    await sender.post("/api/deployments", { ...what, appName: "sap", date: "2026-06-01T12:00:00+02:00" });

    expect(await exported<Row>(sender, "deployments")).toMatchObject([
      { service: "sap", sha: "c0ffee1", environment: "production", deployedAt: "2026-06-01T10:00:00.000Z" },
    ]);
  });

  it("is updated by other content under the same key, which the answer says", async () => {
    const sender = await alone();
    await sender.post("/api/deployments", aDeployment);

    const answer = await sender.post("/api/deployments", { ...aDeployment, deployedAt: "2026-06-01T11:00:00Z" });

    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ result: "changed", changed: ["createdAt", "statuses"] });
    expect(await exported<Row>(sender, "deployments")).toMatchObject([{ deployedAt: "2026-06-01T11:00:00.000Z" }]);
  });

  it("is the same by the header Idempotency-Key, also where it does not say when", async () => {
    const sender = await alone();
    const { id: _id, deployedAt: _at, ...body } = aDeployment;

    const answers = [
      await sender.post("/api/deployments", body, { "idempotency-key": "build-17" }),
      await sender.post("/api/deployments", body, { "idempotency-key": "build-17" }),
      await sender.post("/api/deployments", body, { "idempotency-key": "build-18" }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([201, 200, 201]);
    expect(answers.map((answer) => answer.json()["id"])).toEqual(["build-17", "build-17", "build-18"]);
  });

  it("has an id of its own without any key: what went where and when", async () => {
    const sender = await alone();
    const { id: _id, ...body } = aDeployment;

    const answers = [await sender.post("/api/deployments", body), await sender.post("/api/deployments", body)];

    expect(answers.map((answer) => answer.json()["id"])).toEqual(
      Array(2).fill("production 1.2.3 2026-06-01T10:00:00.000Z"),
    );
  });

  it("may be told of while it runs, and ends as success or failure", async () => {
    const sender = await alone();
    const told = async (status: string, date: string) =>
      sender.post("/api/deployments", { ...aDeployment, status, deployedAt: date });

    await told("running", "2026-06-01T10:00:00Z");
    const running = await exported<Row>(sender, "deployments");
    await told("success", "2026-06-01T10:20:00Z");
    const ended = await exported<Row>(sender, "deployments");
    await sender.post("/api/deployments", { ...aDeployment, id: "transport-2", status: "failed" });

    expect(running).toMatchObject([{ status: "running", deployedAt: null }]);
    expect(ended).toMatchObject([
      { status: "success", createdAt: "2026-06-01T10:00:00.000Z", deployedAt: "2026-06-01T10:20:00.000Z" },
    ]);
    expect(await exported<Row>(sender, "deployments")).toHaveLength(2);
  });

  it("elsewhere than in production is told of, and is none in production", async () => {
    const sender = await alone();

    await sender.post("/api/deployments", { ...aDeployment, environment: "preprod" });
    await sender.post("/api/deployments", { ...aDeployment, id: "2", env: "test" });

    const rows = await exported<Row>(sender, "deployments");
    expect(rows.map(({ environment, tier }) => [environment, tier])).toEqual([
      ["test", "other"],
      ["preprod", "other"],
    ]);
  });

  it("that repairs another version is rework", async () => {
    const sender = await alone();

    await sender.post("/api/deployments", { ...aDeployment, fixesVersion: "1.2.2" });

    expect(await exported<Row>(sender, "deployments")).toMatchObject([{ isRework: true }]);
  });
});

describe("a deployment pushed for a known service", () => {
  it.each([
    ["its name", { service: "shop" }],
    ["its name in other letters", { service: "Shop" }],
    ["its repository", { repository: "shop" }],
    ["its repository beside another name", { service: "web-frontend", repository: "shop" }],
  ])("is the service's, by %s, and carries its commits", async (_how, who) => {
    const { shas, installation, sender } = await aShop();
    await synced(installation);

    const answer = await sender.post("/api/deployments", { ...who, sha: shas[2], deployedAt: "2026-01-03T00:00:00Z" });

    expect(answer.json()).toMatchObject({ result: "new", service: "shop" });
    expect(await exported<Row>(sender, "deployments")).toMatchObject([{ service: "shop", sha: shas[2], commits: 3 }]);
  });

  it("gives the same whether it comes before the service is known or after", async () => {
    const [early, late] = [await aShop(), await aShop()];
    const body = { service: "shop", sha: early.shas[2], deployedAt: "2026-01-03T00:00:00Z" };

    await early.sender.post("/api/deployments", body);
    const before = await exported<Row>(early.sender, "deployments");
    await synced(early.installation);
    await synced(late.installation);
    await late.sender.post("/api/deployments", body);

    const services = (await early.sender.get("/api/status")).json<Reply<"/api/status">>().services;
    expect(before).toMatchObject([{ service: "shop", source: "push", commits: null }]);
    expect(await exported(early.sender, "deployments")).toEqual(await exported(late.sender, "deployments"));
    expect(services.map(({ source }) => source)).toEqual(["fake:shop"]);
  });

  it("finds its commit by an abbreviation or by the tag that the version names", async () => {
    const { shas, installation, sender } = await aShop(["v1.0.0"]);
    await synced(installation);

    await sender.post("/api/deployments", {
      service: "shop",
      sha: shas[1]?.slice(0, 9),
      deployedAt: "2026-01-03T00:00:00Z",
    });
    await sender.post("/api/deployments", { service: "shop", version: "1.0.0", deployedAt: "2026-01-04T00:00:00Z" });

    const rows = await exported<Row>(sender, "deployments");
    expect(rows.map(({ sha }) => sha)).toEqual([shas[4], shas[1], shas[4]]);
  });

  it("is one with the release that the service knows already", async () => {
    const { shas, installation, sender } = await aShop(["v1.0.0"]);
    await synced(installation);

    await sender.post("/api/deployments", {
      service: "shop",
      sha: shas[4],
      deployedAt: "2026-01-02T00:15:00Z",
      id: "17",
    });
    await sender.post("/api/incidents", {
      service: "shop",
      id: "i1",
      date: "2026-01-20T00:00:00Z",
      deploymentId: "17",
    });

    expect(await exported<Row>(sender, "deployments")).toMatchObject([{ id: "v1.0.0" }]);
    expect(await exported(sender, "incidents")).toMatchObject([{ linkedBy: "id", deploymentId: "v1.0.0" }]);
  });

  it("carries exactly the commits that it lists", async () => {
    const { shas, installation, sender } = await aShop();
    await synced(installation);

    await sender.post("/api/deployments", {
      service: "shop",
      sha: shas[4],
      includedCommitShas: [shas[1], shas[3]?.slice(0, 12)],
      deployedAt: "2026-01-03T00:00:00Z",
    });

    const commits = await exported<{ sha: string; deployedAt: string | null }>(sender, "commits");
    const deployed = commits.filter(({ deployedAt }) => deployedAt !== null).map(({ sha }) => sha);
    expect(new Set(deployed)).toEqual(new Set([shas[1], shas[3]]));
  });

  it("keeps an id that a release has, with the name it was pushed for", async () => {
    const { shas, installation, sender } = await aShop(["v1.0.0"]);
    await synced(installation);

    await sender.post("/api/deployments", {
      service: "shop",
      sha: shas[1],
      id: "v1.0.0",
      deployedAt: "2026-01-05T00:00:00Z",
    });

    const rows = await exported<Row>(sender, "deployments");
    expect(rows.map(({ id }) => id)).toEqual(["push/shop/v1.0.0", "v1.0.0"]);
  });
});

describe("what cannot be taken", () => {
  it.each([
    [{ version: undefined }, "version", "Say what was rolled out"],
    [{ service: undefined }, "service", "Say which service"],
    [{ service: "a\u0007b" }, "service", "cannot be read"],
    [{ service: "x".repeat(201) }, "service", "longer than 200"],
    [{ sha: "main" }, "sha", "7 to 64 hexadecimal"],
    [{ sha: "c0ffee1", commitSha: "c0ffee2" }, "commitSha", "something else than `sha`"],
    [{ deployedAt: "yesterday" }, "deployedAt", "instant with its zone"],
    [{ deployedAt: "2026-06-01T10:00:00" }, "deployedAt", "instant with its zone"],
    [{ deployedAt: "2126-06-01T10:00:00Z" }, "deployedAt", "lies in the future"],
    [{ deployedAt: "1970-01-21T10:00:00Z" }, "deployedAt", "before 1990"],
    [{ date: "2026-06-02T10:00:00Z" }, "date", "something else than `deployedAt`"],
    [{ startedAt: "2026-06-01T10:00:01Z" }, "startedAt", "after the end"],
    [{ status: "green" }, "status", "Write one of success"],
    [{ url: "javascript:alert(1)" }, "url", "https://"],
    [{ includedCommitShas: "c0ffee1" }, "includedCommitShas", "list of shas"],
    [{ includedCommitShas: ["c0ffee1", 7] }, "includedCommitShas.1", "hexadecimal"],
    [{ enviroment: "staging" }, "enviroment", "Did you mean `environment`?"],
  ])("is refused with the field and the reason: %o", async (wrong, field, reason) => {
    const sender = await alone();

    const answer = await sender.post("/api/deployments", { ...aDeployment, ...wrong });

    expect(answer.status).toBe(422);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.json()).toMatchObject({
      type: "about:blank",
      status: 422,
      errors: [{ field, reason: expect.stringContaining(reason) }],
    });
    expect(await exported(sender, "deployments")).toEqual([]);
  });

  it("is told all at once", async () => {
    const sender = await alone();

    const answer = await sender.post("/api/deployments", { sha: "x", deployedAt: "now", url: "here" });

    expect(answer.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field)).toEqual([
      "sha",
      "deployedAt",
      "url",
    ]);
  });

  it.each(["[]", "null", "17", '"text"', "[[]]"])("is anything but one object: %s", async (body) => {
    const sender = await alone();

    expect((await sender.post("/api/deployments", body)).status).toBe(422);
  });

  it("names fields that mean nothing here, and takes the rest", async () => {
    const sender = await alone();

    const answer = await sender.post("/api/deployments", { ...aDeployment, team: "blue", description: "Transport" });

    expect(answer.status).toBe(201);
    expect(answer.json()).toMatchObject({ unknown: ["team"] });
  });

  it("takes an empty value for one that is not given", async () => {
    const sender = await alone();

    const answer = await sender.post("/api/deployments", { ...aDeployment, sha: "", url: null, environment: "" });

    expect(answer.status).toBe(201);
    expect(await exported<Row>(sender, "deployments")).toMatchObject([{ sha: null, environment: "production" }]);
  });
});

const bodies = fc.record(
  {
    service: fc.constantFrom("shop", "sap"),
    id: fc.constantFrom("1", "2", "3"),
    status: fc.constantFrom("running", "success"),
    url: fc.constantFrom("https://ci.example/1", "https://ci.example/2"),
  },
  { requiredKeys: ["service", "id", "status"] },
);

describe("deployments pushed in any order, and any number of times,", () => {
  it("end as the same", async () => {
    const messages = fc.uniqueArray(bodies, {
      maxLength: 8,
      selector: ({ service, id, status }) => `${service} ${id} ${status}`,
    });
    const orders = messages.chain((list) =>
      fc.tuple(
        fc.shuffledSubarray(list, { minLength: list.length }),
        fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
      ),
    );
    const filled = (body: { id: string; status: string }) => ({
      ...body,
      version: body.id,
      deployedAt: `2026-06-0${body.id}T1${body.status.length}:00:00Z`,
    });
    const rowsAfter = async (list: readonly { id: string; status: string }[]) => {
      const sender = await alone();
      for (const body of list) expect((await sender.post("/api/deployments", filled(body))).status).toBeLessThan(300);
      return (await exported(sender, "deployments")).map((row) => JSON.stringify(row)).sort();
    };

    await fc.assert(
      fc.asyncProperty(orders, async ([once, twice]) => {
        expect(await rowsAfter(twice)).toEqual(await rowsAfter(once));
      }),
      { numRuns: 12 },
    );
  });
});
