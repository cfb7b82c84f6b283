import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reply } from "#server/contract.ts";
import { aSender, aToken, exported } from "#test/support/pushing.ts";
import type { Sender } from "#test/support/pushing.ts";
import { anInstallation, synced } from "#test/support/installation.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";

interface Row {
  readonly id: string;
  readonly service: string;
  readonly repository: string;
  readonly title: string;
  readonly scan: string;
  readonly severity: string | null;
  readonly openedAt: string;
  readonly fixedAt: string | null;
  readonly dismissedAt: string | null;
  readonly hoursToFix: number | null;
}

const alone = async () => aSender(await anInstallation({ collectors: [] }));
const hour = (text: string) => `2026-06-01T${text}:00:00Z`;
const instant = (text: string) => `2026-06-01T${text}:00:00.000Z`;
const alert = { id: "CVE-1", service: "sap", scan: "dependency", severity: "high", openedAt: hour("10") };
const rowsOf = async (sender: Sender) => exported<Row>(sender, "alerts");

describe("a pushed alert", () => {
  it("is open until it is fixed, and the same message again changes nothing", async () => {
    const sender = await alone();
    const fixed = { id: "CVE-1", service: "sap", fixedAt: hour("12") };

    const opened = await sender.post("/api/alerts", { ...alert, title: "lodash", url: "https://acme.example/1" });
    const again = await sender.post("/api/alerts", { ...alert, title: "lodash", url: "https://acme.example/1" });
    const [before] = await rowsOf(sender);
    const ended = await sender.post("/api/alerts", fixed);
    const endedAgain = await sender.post("/api/alerts", fixed);

    expect([opened, again, ended, endedAgain].map(({ status }) => status)).toEqual([201, 200, 200, 200]);
    expect(opened.json()).toEqual({
      result: "new",
      kind: "alert",
      id: "CVE-1",
      service: "sap",
      changed: [],
      note: null,
      unknown: [],
    });
    expect(again.json()).toMatchObject({ result: "known" });
    expect(ended.json()).toMatchObject({ result: "changed", changed: ["fixedAt"] });
    expect(endedAgain.json()).toMatchObject({ result: "known" });
    expect(before).toMatchObject({ fixedAt: null, hoursToFix: null });
    expect(await rowsOf(sender)).toEqual([
      {
        source: "push",
        repository: "sap",
        service: "sap",
        id: "CVE-1",
        scan: "dependency",
        severity: "high",
        url: "https://acme.example/1",
        title: "lodash",
        openedAt: instant("10"),
        fixedAt: instant("12"),
        dismissedAt: null,
        hoursToFix: 2,
      },
    ]);
  });

  it("may be told of as a whole, and corrected by being told of again", async () => {
    const sender = await alone();

    await sender.post("/api/alerts", { ...alert, fixedAt: hour("11") });
    const answer = await sender.post("/api/alerts", { ...alert, severity: "critical", fixedAt: hour("14") });

    expect(answer.json()).toMatchObject({ result: "changed", changed: ["severity", "fixedAt"] });
    expect(await rowsOf(sender)).toMatchObject([{ hoursToFix: 4, severity: "critical" }]);
  });

  it("that was dismissed is not fixed by that", async () => {
    const sender = await alone();
    await sender.post("/api/alerts", alert);

    await sender.post("/api/alerts", { id: "CVE-1", service: "sap", dismissedAt: hour("12") });

    expect(await rowsOf(sender)).toMatchObject([{ dismissedAt: instant("12"), fixedAt: null, hoursToFix: null }]);
  });

  it("that comes back is told of by its new beginning, and is open again", async () => {
    const sender = await alone();
    await sender.post("/api/alerts", alert);
    await sender.post("/api/alerts", { id: "CVE-1", service: "sap", fixedAt: hour("12") });

    await sender.post("/api/alerts", { ...alert, openedAt: hour("13") });

    expect(await rowsOf(sender)).toMatchObject([{ openedAt: instant("13"), fixedAt: null }]);
  });

  it("whose end comes first is kept, and counts once its beginning is known", async () => {
    const sender = await alone();

    const answer = await sender.post("/api/alerts", { id: "CVE-1", service: "sap", fixedAt: hour("12") });
    const before = await rowsOf(sender);
    await sender.post("/api/alerts", alert);

    expect(answer.json()).toMatchObject({ note: expect.stringContaining("once its beginning is known") });
    expect(before).toEqual([]);
    expect(await rowsOf(sender)).toMatchObject([{ hoursToFix: 2, scan: "dependency" }]);
  });

  it("of which nobody says when was opened when it came in, also when it comes again", async () => {
    const clock = { now: at("2026-06-01T10:00") };
    const sender = await aSender(await anInstallation({ collectors: [], now: () => clock.now }));
    const undated = { id: "1", service: "sap", scan: "code" };

    await sender.post("/api/alerts", undated);
    clock.now = at("2026-06-02T10:00");
    const again = await sender.post("/api/alerts", undated);

    expect(again.json()).toMatchObject({ result: "known" });
    expect(await rowsOf(sender)).toMatchObject([{ openedAt: instant("10"), title: "1", severity: null }]);
  });

  it.each([
    ["date", { openedAt: undefined, date: hour("10") }, { openedAt: instant("10") }],
    ["a severity as scanners write it", { severity: "HIGH" }, { severity: "high" }],
    ["another word for a severity", { severity: "moderate" }, { severity: "medium" }],
    ["a key in the header", { id: undefined }, { id: "from the header" }],
    ["a number for an id", { id: 17 }, { id: "17" }],
  ])("may say %s", async (_what, says, row) => {
    const sender = await alone();

    const answer = await sender.post("/api/alerts", { ...alert, ...says }, { "idempotency-key": "from the header" });

    expect(answer.status).toBe(201);
    expect(await rowsOf(sender)).toMatchObject([row]);
  });

  it.each([
    [{ id: undefined }, "id", "Say which alert"],
    [{ service: undefined }, "service", "Say which service"],
    [{ scan: undefined }, "scan", "code, dependency, secret"],
    [{ scan: "sast" }, "scan", "code, dependency, secret"],
    [{ severity: "awful" }, "severity", "critical, high, medium, low"],
    [{ fixedAt: hour("09") }, "fixedAt", "before it was opened"],
    [{ dismissedAt: hour("09") }, "dismissedAt", "before it was opened"],
    [{ fixedAt: "yesterday" }, "fixedAt", "with its zone"],
    [{ date: hour("11") }, "date", "something else than `openedAt`"],
    [{ severty: "high" }, "severty", "Did you mean `severity`?"],
  ])("is refused with the field and the reason: %o", async (wrong, field, reason) => {
    const sender = await alone();

    const answer = await sender.post("/api/alerts", { ...alert, ...wrong });

    expect(answer.status).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ field, reason: expect.stringContaining(reason) }] });
    expect(await rowsOf(sender)).toEqual([]);
  });

  it("is refused without a token, and with one that was revoked", async () => {
    const installation = await anInstallation({ collectors: [] });
    const sender = await aSender(installation);
    const revoked = await aToken(installation, { name: "old" });
    await installation.store.revokeToken("old", { actor: "Ada", at: installation.now() });

    const answers = await Promise.all(
      ["", `Bearer ${revoked}`].map(async (authorization) => sender.post("/api/alerts", alert, { authorization })),
    );

    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
  });
});

describe("an alert pushed for a service that a source knows", () => {
  it("is that service's, by its name or its repository, and gives its numbers", async () => {
    const host = new FakeHost();
    host.commit();
    const installation = await anInstallation({ collectors: [host.collector()] });
    await synced(installation);
    const sender = await aSender(installation);

    const byName = await sender.post("/api/alerts", { ...alert, service: "shop", fixedAt: hour("13") });
    const byRepository = await sender.post("/api/alerts", {
      ...alert,
      id: "CVE-2",
      service: undefined,
      repository: "https://git.example/shop.git",
    });

    expect([byName, byRepository].map((answer) => answer.json<{ service: string }>().service)).toEqual([
      "shop",
      "shop",
    ]);
    expect((await rowsOf(sender)).map(({ id, service }) => [id, service])).toEqual([
      ["CVE-1", "shop"],
      ["CVE-2", "shop"],
    ]);
    const { measures } = (
      await sender.get("/api/measures?metric=alerts-opened,alert-remediation-time&from=2026-05-01&to=2026-06-30")
    ).json<Reply<"/api/measures">>();
    expect(measures.map(({ metric, whole: { value, n } }) => [metric, value, n])).toEqual([
      ["alerts-opened", 2, 2],
      ["alert-remediation-time", 3, 1],
    ]);
  });
});

describe("what is said of alerts in any order, and any number of times,", () => {
  it("ends as the same", async () => {
    const told = fc.constantFrom(
      alert,
      { ...alert, id: "CVE-2", fixedAt: hour("11"), title: "as a whole" },
      ...["11", "12", "13"].flatMap((end) => [
        { id: "CVE-1", service: "sap", fixedAt: hour(end), title: end },
        { id: "CVE-2", service: "sap", dismissedAt: hour(end), severity: "low" },
      ]),
    );
    // Of each part there is one: a second takes the place of the first, as it should.
    const partOf = (says: { readonly id: string }) => [says.id, "openedAt" in says, "fixedAt" in says].join(" ");
    const lists = fc.uniqueArray(told, { maxLength: 4, selector: partOf });
    const orders = lists.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
    );
    const rowsAfter = async (list: readonly object[]) => {
      const sender = await alone();
      for (const body of list) await sender.post("/api/alerts", body);
      return (await rowsOf(sender)).map((row) => JSON.stringify(row)).sort();
    };

    await fc.assert(
      fc.asyncProperty(orders, async ([inOrder, shuffled]) => {
        expect(await rowsAfter(shuffled)).toEqual(await rowsAfter(inOrder));
      }),
      { numRuns: 12 },
    );
  });
});
