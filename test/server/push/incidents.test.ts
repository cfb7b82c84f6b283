import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pushedHistory } from "#server/store/pushes.ts";
import { aSender, exported } from "#test/support/pushing.ts";
import { anInstallation } from "#test/support/installation.ts";
import { at } from "#test/support/fake-host.ts";

interface Row {
  readonly id: string;
  readonly service: string;
  readonly title: string;
  readonly openedAt: string;
  readonly resolvedAt: string | null;
  readonly linkedBy: string;
  readonly deploymentId: string | null;
  readonly falseAlarm: boolean;
  readonly recoveryHours: number | null;
}

const alone = async () => aSender(await anInstallation({ collectors: [] }));
const hour = (text: string) => `2026-06-01T${text}:00:00Z`;
const trigger = { type: "triggered", id: "INC-1", service: "sap", date: hour("10"), title: "Checkout is down" };

describe("a pushed incident", () => {
  it("is open until it is resolved, and open again when it comes back", async () => {
    const sender = await alone();
    const step = async (body: object) => {
      const { status } = await sender.post("/api/incidents", { ...trigger, ...body });
      const [row] = await exported<Row>(sender, "incidents");
      return [status, row?.openedAt, row?.resolvedAt];
    };
    const opened = "2026-06-01T10:00:00.000Z";

    expect(await step({})).toEqual([201, opened, null]);
    expect(await step({ type: "resolved", date: hour("12") })).toEqual([200, opened, "2026-06-01T12:00:00.000Z"]);
    expect(await step({ type: "reopened", date: hour("13") })).toEqual([200, opened, null]);
    expect(await step({ type: "resolved", date: hour("15") })).toEqual([200, opened, "2026-06-01T15:00:00.000Z"]);
  });

  it("may be told of as a whole, with its end, which can be corrected", async () => {
    const sender = await alone();

    await sender.post("/api/incidents", { ...trigger, endedAt: hour("11") });
    const answer = await sender.post("/api/incidents", { ...trigger, endedAt: hour("14") });

    expect(answer.json()).toMatchObject({ result: "changed", changed: ["resolvedAt"] });
    expect(await exported<Row>(sender, "incidents")).toMatchObject([{ recoveryHours: 4, title: "Checkout is down" }]);
  });

  it("that is resolved again, nobody says when, was resolved then", async () => {
    const clock = { now: at("2026-06-01T12:00") };
    const sender = await aSender(await anInstallation({ collectors: [], now: () => clock.now }));
    await sender.post("/api/incidents", trigger);
    const resolved = { type: "resolved", id: "INC-1", service: "sap" };

    await sender.post("/api/incidents", resolved);
    clock.now = at("2026-06-02T12:00");
    const again = await sender.post("/api/incidents", resolved);

    expect(again.json()).toMatchObject({ result: "known" });
    expect(await exported<Row>(sender, "incidents")).toMatchObject([{ resolvedAt: "2026-06-01T12:00:00.000Z" }]);
  });

  it("whose end comes first is kept, and counts once its beginning is known", async () => {
    const sender = await alone();

    const answer = await sender.post("/api/incidents", { ...trigger, type: "resolved", date: hour("12") });
    const before = await exported<Row>(sender, "incidents");
    await sender.post("/api/incidents", trigger);

    expect(answer.json()).toMatchObject({ note: expect.stringContaining("once its beginning is known") });
    expect(before).toEqual([]);
    expect(await exported<Row>(sender, "incidents")).toMatchObject([{ recoveryHours: 2 }]);
  });

  it.each([
    ["the deployment it names", { deploymentId: "d1" }, "id", "d1"],
    ["the commit it names", { sha: "c0ffee1" }, "sha", "d1"],
    ["the latest within 72 hours, when it names nothing", {}, "service-window", "d2"],
    ["none, when it names something else", { deploymentId: "d9" }, "none", null],
  ])("belongs to %s", async (_what, names, linkedBy, deploymentId) => {
    const sender = await alone();
    for (const [id, sha, deployedAt] of [
      ["d1", "c0ffee1", hour("08")],
      ["d2", "c0ffee2", hour("09")],
    ])
      await sender.post("/api/deployments", { service: "sap", id, sha, deployedAt });

    await sender.post("/api/incidents", { ...trigger, ...names });

    expect(await exported<Row>(sender, "incidents")).toMatchObject([{ linkedBy, deploymentId }]);
    const failed = (await exported<{ id: string; failedBy: string[] }>(sender, "deployments")).filter(
      ({ failedBy }) => failedBy.length > 0,
    );
    expect(failed.map(({ id }) => id)).toEqual([deploymentId].filter((id) => id !== null));
  });

  it("keeps the labels it is told of, those of its beginning first", async () => {
    const installation = await anInstallation({ collectors: [] });
    const sender = await aSender(installation);
    const labels = async () => {
      const { incidents } = await installation.store.withPushed(pushedHistory("sap"), {
        own: ["sap"],
        shared: [],
        labels: null,
      });
      return incidents.map((incident) => incident.labels);
    };

    await sender.post("/api/incidents", trigger);
    const before = await labels();
    await sender.post("/api/incidents", { ...trigger, labels: ["checkout", "sev 1"] });
    await sender.post("/api/incidents", { ...trigger, type: "resolved", date: hour("12"), labels: ["late"] });

    expect(before).toEqual([[]]);
    expect(await labels()).toEqual([["checkout", "sev 1"]]);
  });

  it("that was a false alarm fails nothing", async () => {
    const sender = await alone();
    await sender.post("/api/deployments", { service: "sap", id: "d1", sha: "c0ffee1", deployedAt: hour("08") });

    await sender.post("/api/incidents", { ...trigger, endedAt: hour("11"), falseAlarm: true });

    expect(await exported<Row>(sender, "incidents")).toMatchObject([{ falseAlarm: true, recoveryHours: null }]);
    expect(await exported(sender, "deployments")).toMatchObject([{ failedBy: [] }]);
  });

  it.each([
    [{ id: undefined }, "id", "Say which incident"],
    [{ type: "closed" }, "type", "triggered, resolved, reopened"],
    [{ endedAt: hour("09") }, "endedAt", "before it began"],
    [{ service: undefined }, "service", "Say which service"],
    [{ sha: "main" }, "sha", "hexadecimal"],
    [{ falseAlarm: "no" }, "falseAlarm", "true or false"],
    [{ labels: "checkout" }, "labels", "list of names"],
    [{ date: undefined, endedAt: hour("11") }, "date", "when it began"],
  ])("is refused with the field and the reason: %o", async (wrong, field, reason) => {
    const sender = await alone();

    const answer = await sender.post("/api/incidents", { ...trigger, ...wrong });

    expect(answer.status).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ field, reason: expect.stringContaining(reason) }] });
  });
});

describe("what is said of incidents in any order, and any number of times,", () => {
  it("ends as the same", async () => {
    const told = fc.record({
      id: fc.constantFrom("1", "2"),
      type: fc.constantFrom("resolved", "reopened"),
      date: fc.constantFrom(...["11", "12", "13", "14"].map(hour)),
      title: fc.constantFrom("Down", "Slow"),
    });
    const lists = fc
      .uniqueArray(told, { maxLength: 6, selector: ({ id, type, date }) => `${id} ${type} ${date}` })
      .map((list) => [...["1", "2"].map((id) => ({ ...trigger, id, endedAt: hour("10") })), ...list]);
    const orders = lists.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
    );
    const rowsAfter = async (list: readonly object[]) => {
      const sender = await alone();
      for (const body of list) await sender.post("/api/incidents", { service: "sap", ...body });
      return (await exported(sender, "incidents")).map((row) => JSON.stringify(row)).sort();
    };

    await fc.assert(
      fc.asyncProperty(orders, async ([inOrder, shuffled]) => {
        expect(await rowsAfter(shuffled)).toEqual(await rowsAfter(inOrder));
      }),
      { numRuns: 12 },
    );
  });
});
