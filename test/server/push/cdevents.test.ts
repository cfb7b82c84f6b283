import { describe, expect, it } from "vitest";
import { aSender, exported } from "#test/support/pushing.ts";
import { anInstallation, query } from "#test/support/installation.ts";

const alone = async () => aSender(await anInstallation({ collectors: [] }));

/** As in the examples of the specification. */
function anEvent(
  type: string,
  content: object,
  has: { id?: string; subject?: string; at?: string; custom?: object } = {},
) {
  return {
    context: {
      version: "0.4.1",
      id: has.id ?? "271069a8-fc18-44f1-b38f-9d70a1695819",
      source: "/event/source/123",
      type: `dev.cdevents.${type}`,
      timestamp: has.at ?? "2026-06-01T10:00:00.315384Z",
    },
    subject: { id: has.subject ?? "mySubject123", source: "/event/source/123", type: "x", content },
    customData: has.custom,
  };
}

const artifactId = "pkg:oci/myapp@sha256%3A0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427";
const commit = "c0ffee1".padEnd(40, "0");
const deployed = anEvent("service.deployed.0.2.0", { environment: { id: "production" }, artifactId });

const binary = (type: string) => ({ "ce-specversion": "1.0", "ce-id": "1", "ce-source": "/x", "ce-type": type });
const structured = (data: { context: { type: string } }) => ({
  specversion: "1.0",
  id: "1",
  source: "/x",
  type: data.context.type,
  datacontenttype: "application/json",
  data,
});

describe("a CDEvent", () => {
  it("is taken in binary and in structured mode, and is the same event in both", async () => {
    const sender = await alone();

    const first = await sender.post("/api/cdevents", deployed, binary(deployed.context.type));
    const again = await sender.post("/api/cdevents", structured(deployed), {
      "content-type": "application/cloudevents+json; charset=UTF-8",
    });

    expect(first.status).toBe(201);
    expect(first.json()).toMatchObject({ kind: "deployment", service: "mySubject123" });
    expect([again.status, again.json()["result"]]).toEqual([200, "known"]);
    expect(await exported(sender, "deployments")).toMatchObject([
      { environment: "production", deployedAt: "2026-06-01T10:00:00.315Z", sha: null },
    ]);
  });

  it.each([
    "service.deployed.0.1.1",
    "service.upgraded.0.2.0",
    "service.upgraded.0.3.0-draft",
    "service.rolledback.1.0.0",
  ])("of any version that says that a service runs anew is a deployment: %s", async (type) => {
    const sender = await alone();

    await sender.post("/api/cdevents", anEvent(type, { environment: { id: "prod" }, artifactId }));

    expect(await exported(sender, "deployments")).toMatchObject([{ isRework: type.includes("rolledback") }]);
  });

  it("finds the commit in the artifact or in its custom data", async () => {
    const sender = await alone();
    const built = `pkg:generic/shop@1.2.3?vcs_url=git%2Bhttps://example.org/shop.git%40${commit}`;

    await sender.post("/api/cdevents", anEvent("service.deployed.0.2.0", { artifactId: built }, { id: "1" }));
    await sender.post(
      "/api/cdevents",
      anEvent("service.deployed.0.2.0", { artifactId }, { id: "2", custom: { sha: commit } }),
    );

    expect(await exported(sender, "deployments")).toMatchObject([{ sha: commit }, { sha: commit }]);
  });

  it("tells of an incident from its detection to its end", async () => {
    const sender = await alone();
    const service = { id: "myApp", source: "/clusterA" };
    const incident = { subject: "incident-123" };

    await sender.post(
      "/api/cdevents",
      anEvent(
        "incident.reported.0.3.0",
        { service, ticketURI: "https://issues.example/345" },
        { ...incident, at: "2026-06-01T10:05:00Z" },
      ),
    );
    await sender.post("/api/cdevents", anEvent("incident.detected.0.3.0", { service, description: "Slow" }, incident));
    await sender.post(
      "/api/cdevents",
      anEvent("incident.resolved.0.3.0", { service }, { ...incident, at: "2026-06-01T12:00:00Z" }),
    );

    expect(await exported(sender, "incidents")).toMatchObject([
      {
        id: "incident-123",
        service: "myApp",
        title: "Slow",
        url: "https://issues.example/345",
        openedAt: "2026-06-01T10:00:00.315Z",
        resolvedAt: "2026-06-01T12:00:00.000Z",
      },
    ]);
  });

  it("tells of a change from its creation to its merge", async () => {
    const sender = await alone();
    const repository = { id: "acme/erp", source: "https://example.org" };
    const told = async (type: string, at: string) =>
      sender.post(
        "/api/cdevents",
        anEvent(`change.${type}.0.3.0`, { repository, description: "Add it" }, { subject: "change-42", at }),
      );

    await told("merged", "2026-06-03T10:00:00Z");
    await told("created", "2026-06-01T10:00:00Z");
    await told("reviewed", "2026-06-02T10:00:00Z");

    expect(await exported(sender, "changes")).toMatchObject([
      {
        repository: "acme/erp",
        number: 42,
        title: "Add it",
        openedAt: "2026-06-01T10:00:00.000Z",
        firstReviewAt: "2026-06-02T10:00:00.000Z",
        mergedAt: "2026-06-03T10:00:00.000Z",
      },
    ]);
  });

  it("keeps pipeline runs, which alone make no service", async () => {
    const installation = await anInstallation({ collectors: [] });
    const sender = await aSender(installation);
    const run = { subject: "run-1", custom: { repository: "acme/erp" } };

    await sender.post("/api/cdevents", anEvent("pipelinerun.started.0.2.0", { pipelineName: "build" }, run));
    await sender.post(
      "/api/cdevents",
      anEvent(
        "pipelinerun.finished.0.2.0",
        { pipelineName: "build", outcome: "failure" },
        { ...run, at: "2026-06-01T11:00:00Z" },
      ),
    );

    const rows = await query(
      installation.config.database,
      "select id, body ->> 'outcome' as outcome from event where kind = 'pipeline'",
    );
    expect(rows).toEqual([{ id: "run-1", outcome: "failure" }]);
    expect((await sender.get("/api/status")).json()).toMatchObject({ services: [] });
  });

  it("keeps on what a run ran, with as many minutes as it took", async () => {
    const installation = await anInstallation({ collectors: [] });
    const sender = await aSender(installation);
    const run = { subject: "run-1", custom: { service: "erp", runner: "Jenkins: linux" } };
    await sender.post(
      "/api/cdevents",
      anEvent("service.deployed.0.2.0", { environment: { id: "production" }, artifactId: "pkg:oci/erp@1" }, run),
    );

    const start = { ...run, at: "2026-06-01T10:00:00Z" };
    await sender.post("/api/cdevents", anEvent("pipelinerun.started.0.2.0", { pipelineName: "build" }, start));
    const end = { ...run, at: "2026-06-01T11:00:00Z" };
    await sender.post("/api/cdevents", anEvent("pipelinerun.finished.0.2.0", { pipelineName: "build" }, end));

    expect(await exported(sender, "pipelines")).toMatchObject([{ jobMinutes: 60, runners: ["Jenkins: linux = 60"] }]);
  });

  it.each(["service.published.0.2.0", "service.removed.0.2.0", "build.finished.0.2.0", "testsuiterun.started.0.1.0"])(
    "that counts for nothing is understood and left: %s",
    async (type) => {
      const sender = await alone();

      const answer = await sender.post("/api/cdevents", anEvent(type, {}));

      expect(answer.status).toBe(200);
      expect(answer.json()).toMatchObject({ result: "ignored", note: expect.any(String) });
      expect(await exported(sender, "deployments")).toEqual([]);
    },
  );

  it.each([
    [anEvent("service", {}), {}, "context.type"],
    [{ ...deployed, subject: undefined }, {}, "subject"],
    [{ ...deployed, context: { ...deployed.context, timestamp: "yesterday" } }, {}, "context.timestamp"],
    [anEvent("incident.detected.0.3.0", {}), {}, "subject.content.service.id"],
    [anEvent("change.created.0.3.0", {}), {}, "subject.content.repository.id"],
    [deployed, binary("dev.cdevents.service.removed.0.2.0"), "type"],
    [deployed, { ...binary(deployed.context.type), "ce-specversion": "0.3" }, "ce-specversion"],
    [deployed, { "content-type": "application/cloudevents+json" }, "specversion"],
  ])("that cannot be taken is refused with the field: %#", async (body, headers, field) => {
    const sender = await alone();

    const answer = await sender.post("/api/cdevents", body, headers);

    expect(answer.status).toBe(422);
    expect(answer.json<{ errors: { field: string }[] }>().errors.map((error) => error.field)).toContain(field);
  });
});
