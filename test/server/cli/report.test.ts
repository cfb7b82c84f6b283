import { describe, expect, it } from "vitest";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { aFolder, aRepository } from "#test/support/git-repository.ts";
import { Capture, ClosedPipe, aShop, headway } from "./support.ts";

const january = "--from 2025-12-01 --to 2026-02-01";
const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));
// oxlint-disable-next-line no-control-regex
const withoutColour = (text: string) => text.replaceAll(/\u001b\[\d+m/g, "");

/** Payments owned the shop until the middle of January. */
function aTeam(): { readonly path: string } {
  const folder = aFolder();
  const config = `
sources: [{ host: git, path: ${JSON.stringify(aShop().path)}, name: shop }]
teams:
  - name: payments
    services: [{ service: shop, until: 2026-01-16 }, shap]
    hours: { monday: 00:00-24:00, thursday: 00:00-24:00, friday: 00:00-24:00 }
  - name: idle
`;
  writeFileSync(join(folder, "headway.yaml"), config);
  return { path: folder };
}

describe("headway report", () => {
  it("collects first where nothing was collected, and says so on stderr", async () => {
    const { path } = aShop();

    const first = await headway(path, "report");
    const second = await headway(path, "report");

    expect(first.stderr).toContain("nothing has been collected yet, so that comes first");
    expect(second.stderr).toBe("");
    expect(second.stdout).toBe(first.stdout);
  });

  it("says what it looks at, by which rule, over which days, and what the data says", async () => {
    const { stdout } = await headway(aShop().path, `report ${january}`);

    expect(stdout.replaceAll("\n", " ")).toContain(
      "shop, from git: stable version tags (1.2.3, v1.2.3, pkg@1.2.3) on any branch stand in for deployments.",
    );
    expect(stdout).toContain("1 Dec 2025 to 31 Jan 2026 (UTC), by week · collected just now");
    expect(stdout).toContain("3 deployments in");
    expect(stdout).toContain("shop: 2 commits on main wait for a deployment.");
  });

  it("shows DORA's five with n and interval, and what explains them", async () => {
    const { stdout } = await headway(aShop().path, `report ${january}`);

    expect(stdout).toMatch(/^DORA’s five +value +95 % interval +n +each week$/m);
    expect(stdout).toMatch(/^Deployment frequency +[\d.]+ a week +[\d.]+–[\d.]+ +3/m);
    expect(stdout).toMatch(/^Change fail rate +0 % +0–[\d.]+ % +0 of 3/m);
    expect(stdout).toMatch(/^What explains them/m);
    expect(stdout).toMatch(/^Batch size in commits +\d/m);
  });

  it("shows a dash and the reason where nothing is known", async () => {
    const { stdout } = await headway(aShop().path, `report ${january}`);

    expect(stdout).toMatch(/^Failed deployment recovery time +— +0.*\n {2}No failed deployment in this window\.$/m);
  });

  it("is of a team, by the services that it owned and the days on which they were its own", async () => {
    const { path } = aTeam();

    const { stdout } = await headway(path, `report ${january} --scope team:payments`);
    const later = await headway(path, "report --from 2026-01-20 --to 2026-02-01 --scope team:payments");
    const idle = await headway(path, `report ${january} --scope team:idle`);

    expect(stdout).toContain("Team payments: shop, from git: stable version tags");
    expect(stdout).toContain("--scope team:payments --from 2025-12-01T00:00:00Z");
    expect(later.stdout).toContain('The team "payments" owned no service in this window.');
    expect(idle.stdout).toContain("Team idle: no services.");
  });

  it("tells durations in working hours where that is asked for", async () => {
    const { path } = aTeam();

    const { stdout } = await headway(path, `report ${january} --time working --scope team:payments`);
    const silent = await headway(path, `report ${january} --time working --scope team:idle`);
    const wrong = await headway(path, "report --time nights");

    expect(stdout).toContain("by week, in working hours");
    expect(stdout).toMatch(/^Change lead time \(commit clock, per commit\) +[\d.]+ working h/m);
    expect(silent.code).toBe(0);
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
  });

  it("refuses a scope that there is not, and a service that is not in it", async () => {
    const { path } = aTeam();

    const unknown = await headway(path, "report --scope team:paymets");
    const both = await headway(path, "report --scope team:idle --service shop");

    expect(unknown).toMatchObject({ code: 2, stdout: "" });
    expect(unknown.stderr).toContain('There is no team "paymets". Did you mean "payments"?');
    expect(both).toMatchObject({ code: 2, stdout: "" });
    expect(both.stderr).toContain('There is no service "shop" in team:idle.');
  });

  it("gives a repository without releases its next step, and what is true of it all the same", async () => {
    const repository = aRepository();
    repository.commits(5);

    const { stdout, code } = await headway(repository.path, `report ${january}`);

    expect(stdout).toMatch(/^Deployment frequency +— /m);
    expect(stdout).toMatch(/^Integration frequency +[\d.]+ a week/m);
    expect(stdout).toContain("This repository has no tags");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("git tag -a v1.0.0");
    expect(code).toBe(0);
  });

  it("names the commands that go on from here, for the same repository and window", async () => {
    const { path } = aShop();

    const { stdout } = await headway(aFolder(), `report --repo ${path} ${january} --service shop`);

    const again = `--repo ${path} --service shop --from 2025-12-01T00:00:00Z --to 2026-02-01T00:00:00Z`;
    expect(stdout).toContain(`headway export deployments ${again}\n`);
    expect(stdout).toContain(`headway check --repo ${path}\n`);
  });

  it("gives programs the measures of the API", async () => {
    const { stdout } = await headway(aShop().path, `report ${january} --interval month --json`);

    const reply = JSON.parse(stdout);
    expect(reply).toMatchObject({ interval: "month", zone: "UTC", window: { from: "2025-12-01T00:00:00.000Z" } });
    expect(reply.measures[0]).toMatchObject({ metric: "deployment-frequency", whole: { value: 3, n: 3 } });
  });

  it("refuses an unknown service and names the nearest", async () => {
    const { code, stderr } = await headway(aShop().path, "report --service shp");

    expect(stderr).toContain('There is no service "shp". Did you mean "shop"?');
    expect(code).toBe(2);
  });

  it("refuses a window that ends before it begins", async () => {
    const { code, stderr } = await headway(aShop().path, "report --from 2026-02-01 --to 2026-01-01");

    expect(stderr).toContain("The window is empty");
    expect(code).toBe(2);
  });

  it("fails when there is nothing to report on", async () => {
    const { code, stdout, stderr } = await headway(aFolder(), "report --repo .");

    expect(stderr).toContain(": not collected.");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });

  it("ends quietly when its reader has left", async () => {
    const { path } = aShop();
    await headway(path, "sync");

    expect(await headway(path, "report", { stdout: new ClosedPipe() })).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("the report's looks", () => {
  it("fit 100 columns, and a narrower terminal, without a word less", async () => {
    const { path } = aShop();
    const [wide, narrow] = [new Capture(true, 200), new Capture(true, 60)];

    await headway(path, `report ${january}`, { stdout: wide });
    await headway(path, `report ${january}`, { stdout: narrow });

    const body = (text: string) => withoutColour(text).replace(/Every number.*/s, "");
    expect(widest(body(wide.text))).toBeLessThanOrEqual(100);
    expect(widest(body(narrow.text))).toBeLessThanOrEqual(60);
    expect(body(narrow.text)).toContain("Failed deployment recovery time\n  —");
  });

  it("have colours only in a terminal that wants them", async () => {
    const { path } = aShop();
    const [terminal, plain] = [new Capture(true, 100), new Capture(true, 100)];

    const file = await headway(path, "report");
    await headway(path, "report", { stdout: terminal });
    await headway(path, "report", { stdout: plain, env: { NO_COLOR: "1" } });

    expect(terminal.text).toContain("\u001b[1m");
    expect(file.stdout).toBe(withoutColour(terminal.text));
    expect(plain.text).toBe(file.stdout);
  });

  it.each([{ LANG: "C" }, { LC_ALL: "POSIX", LANG: "en_US.UTF-8" }, { TERM: "dumb", LANG: "C.UTF-8" }])(
    "are ASCII where there is no Unicode: %j",
    async (env) => {
      const { stdout } = await headway(aShop().path, `report ${january}`, { env });

      expect(stdout).toMatch(/^[\n -~]+$/);
      expect(stdout).toMatch(/^Failed deployment recovery time +- /m);
    },
  );

  it("let no name reach the terminal as a control character", async () => {
    const { path } = aShop();
    const stdout = new Capture(true, 100);

    const { code } = await headway(aFolder(), `report --repo ${path} --service \u001b[2Jshop`, { stdout });

    expect(code).toBe(2);
    expect(stdout.text).not.toContain("\u001b[2J");
  });
});
