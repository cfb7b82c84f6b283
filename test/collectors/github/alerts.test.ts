import { describe, expect, it } from "vitest";
import { allBatches, Known } from "#test/support/collector-contract.ts";
import type { FakeGitHub } from "#test/support/github/server.ts";
import type { FakeAlert } from "#test/support/github/world.ts";
import { aCollector, aShop, eventsOf, notices, nth, only, onRequest } from "./collecting.ts";

const DAY = 24 * 3_600_000;
const SCANS = /(code-scanning|dependabot|secret-scanning)\/alerts/;

function askedOfAlerts({ asked }: FakeGitHub): string[] {
  return asked.filter((request) => SCANS.test(request));
}

describe("an alert", () => {
  it.each([
    ["code", "an open one is open", { severity: "critical" }, { severity: "critical", fixedAt: null }],
    ["code", "a rule that is not about security has a level", { severity: null }, { severity: "high" }],
    ["dependency", "an advisory has a severity", { severity: "medium" }, { severity: "medium" }],
    ["secret", "a secret has none", {}, { severity: null }],
  ] as const)("of %s: %s", async (scan, _, has, expected) => {
    const { host, shop } = await aShop();
    const { openedAt, title } = shop.alert({ scan, ...has });

    expect(await only(host, "alert")).toMatchObject({
      id: `${scan}/1`,
      scan,
      title,
      url: `https://github.test/security/${scan}/1`,
      openedAt,
      dismissedAt: null,
      ...expected,
    });
  });

  it.each([
    ["code", "fixed", null, "fixedAt"],
    ["code", "dismissed", null, "dismissedAt"],
    ["dependency", "fixed", null, "fixedAt"],
    ["dependency", "dismissed", null, "dismissedAt"],
    ["dependency", "auto_dismissed", null, "dismissedAt"],
    ["secret", "resolved", "revoked", "fixedAt"],
    ["secret", "resolved", "false_positive", "dismissedAt"],
    ["secret", "resolved", "wont_fix", "dismissedAt"],
  ] as const)("of %s that is %s (%s) says when in %s alone", async (scan, state, resolution, field) => {
    const { host, shop } = await aShop();
    const alert = shop.alert({ scan });
    shop.endAlert(alert, state, resolution);

    const { fixedAt, dismissedAt } = await only(host, "alert");

    expect({ fixedAt: null, dismissedAt: null, [field]: alert.endedAt }).toEqual({ fixedAt, dismissedAt });
  });

  it("of a secret holds its kind, and GitHub is asked to keep the secret to itself", async () => {
    const { host, shop } = await aShop();
    shop.alert({ scan: "secret", title: "Acme Token" });

    const batches = await allBatches(aCollector(host), null);

    expect(eventsOf(batches, "alert").get("secret/1")?.title).toBe("Acme Token");
    expect(JSON.stringify(batches)).not.toMatch(/hunter2|hidden/);
    expect(askedOfAlerts(host).filter((request) => request.includes("secret-scanning"))).toEqual([
      expect.stringContaining("hide_secret=true"),
    ]);
  });
});

describe("alerts", () => {
  it.each<FakeAlert["scan"]>(["code", "dependency", "secret"])("of %s are all read, 230 of them", async (scan) => {
    const { host, shop } = await aShop();
    for (let number = 0; number < 230; number++) shop.alert({ scan });

    expect(eventsOf(await allBatches(aCollector(host), null), "alert").size).toBe(230);
    expect(askedOfAlerts(host)).toHaveLength(3 + 2);
  });

  it("cost a request for each scan when nothing is new, and bring what is", async () => {
    const { host, shop } = await aShop();
    const alerts = Array.from({ length: 130 }, () => shop.alert());
    const known = await new Known().take(aCollector(host));
    for (const alert of alerts.slice(0, 50)) shop.endAlert(alert, "fixed");
    await known.take(aCollector(host));
    const fresh = await new Known().take(aCollector(host));
    host.asked.length = 0;

    const batches = await allBatches(aCollector(host), known.cursor);

    expect(known.events).toEqual(fresh.events);
    expect(batches.flatMap(({ events }) => events)).toEqual([]);
    expect(askedOfAlerts(host)).toHaveLength(3);
  });

  it("that are gone are noticed once a day, and one that only moved in the list is not taken for gone", async () => {
    const { host, shop } = await aShop();
    const clock = { now: Date.parse("2026-06-01") };
    for (let number = 0; number < 150; number++) shop.alert();
    const known = await new Known().take(aCollector(host, {}, clock));
    shop.alerts.splice(3, 1);
    clock.now += DAY;
    const meanwhile = [() => void shop.touch(nth(shop.alerts, 0))];
    host.before = onRequest(/code-scanning.*page=2/, (time) => meanwhile[time - 1]?.());

    await known.take(aCollector(host, {}, clock));

    expect(known.events.has("alert acme/shop code/4")).toBe(false);
    expect(known.events.has("alert acme/shop code/1")).toBe(true);
  });

  it("are left alone where the configuration says so", async () => {
    const { host, shop } = await aShop();
    shop.alert();

    const batches = await allBatches(aCollector(host, { alerts: false }), null);

    expect(eventsOf(batches, "alert").size).toBe(0);
    expect(askedOfAlerts(host)).toEqual([]);
  });
});

describe("alerts that GitHub does not tell", () => {
  it.each(["403", "404", "410", "451"] as const)("(%s) are a remark that names the permission", async (status) => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.alert({ scan: "secret" });
    host.before = onRequest(/(code-scanning|dependabot)\/alerts/, () => status);

    const batches = await allBatches(aCollector(host), null);

    expect(notices(batches)).toEqual(["no-alerts"]);
    const [notice] = batches.flatMap((batch) => batch.notices);
    expect(notice?.level).toBe("info");
    expect(notice?.message).toContain("“Code scanning alerts: read”, “Dependabot alerts: read” (");
    expect(eventsOf(batches, "alert").size).toBe(1);
    expect(eventsOf(batches, "commit").size).toBe(1);
  });

  it("are asked for once a day, the remark stays meanwhile, and they are read once GitHub tells them", async () => {
    const { host, shop } = await aShop();
    const clock = { now: Date.parse("2026-06-01") };
    shop.alert();
    host.before = onRequest(SCANS, () => "403");
    const known = await new Known().take(aCollector(host, {}, clock));
    host.asked.length = 0;
    clock.now += DAY / 2;

    const later = await allBatches(aCollector(host, {}, clock), known.cursor);
    const askedLater = askedOfAlerts(host);
    host.before = () => {};
    clock.now += DAY / 2;
    await known.take(aCollector(host, {}, clock));

    expect(askedLater).toEqual([]);
    expect(notices(later)).toEqual(["no-alerts"]);
    expect(known.events.has("alert acme/shop code/1")).toBe(true);
  });

  it("because the repository was hidden for a moment are read by the next sync", async () => {
    const { host, shop } = await aShop();
    shop.alert();
    const hidden = host.repositories.slice();
    host.before = onRequest(/code-scanning/, () => void host.repositories.splice(0));
    const known = new Known();

    await known.take(aCollector(host)).catch(() => {});
    host.before = () => {};
    host.repositories.splice(0, 1, ...hidden);
    await known.take(aCollector(host));

    expect(known.events.has("alert acme/shop code/1")).toBe(true);
  });

  it("are one remark for all repositories of a source", async () => {
    const { host } = await aShop();
    for (const name of ["api", "web", "docs", "infra", "tools", "site"]) host.repository(name);
    host.before = onRequest(/secret-scanning/, () => "404");

    const batches = await allBatches(aCollector(host, { organization: "acme" }), null);

    expect(notices(batches)).toEqual(["no-alerts"]);
    expect(batches.at(-1)?.notices[0]?.message).toMatch(/secret scanning in acme\/\w+(, acme\/\w+){4}, 2 more,/);
  });
});
