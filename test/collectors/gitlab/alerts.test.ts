import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "#metrics/time.ts";
import { aGitLab, failing } from "#test/support/fake-gitlab.ts";
import type { Payload } from "#test/support/fake-gitlab-project.ts";
import { ids, Sync } from "./collecting.ts";

const NOW = Date.parse("2026-04-01T00:00:00Z");
const SOON = { now: NOW + HOUR };
const TOMORROW = { now: NOW + DAY };

async function aProject(options: object = {}) {
  const fake = await aGitLab();
  const project = fake.project();
  project.commit();
  const sync = new Sync(fake, options, { now: NOW });
  return { fake, project, sync, alert: (found: { id: string }) => sync.one("alert", number(found)) };
}

function number({ id }: { id: string }): string {
  return id.slice("gid://gitlab/Vulnerability/".length);
}

function instant(value: unknown): number {
  return Date.parse(String(value));
}

function resolve(found: Payload, at: string): void {
  Object.assign(found, { state: "RESOLVED", resolvedAt: at, updatedAt: at });
}

describe("an alert", () => {
  it("is what a scanner found, since when, how bad it is, and where to read of it", async () => {
    const { fake, project, sync } = await aProject();
    const found = project.vulnerability({ title: "Weak random", severity: "CRITICAL" });

    await sync.run();

    const id = number(found);
    expect(sync.all("alert")).toEqual([
      {
        kind: "alert",
        source: `gitlab:${fake.url}/acme/shell`,
        repository: "acme/shell",
        id,
        scan: "code",
        severity: "critical",
        url: `${fake.url}/acme/shell/-/security/vulnerabilities/${id}`,
        title: "Weak random",
        openedAt: instant(found["detectedAt"]),
        fixedAt: null,
        dismissedAt: null,
      },
    ]);
  });

  it.each([
    ["SAST", "code"],
    ["DAST", "code"],
    ["DEPENDENCY_SCANNING", "dependency"],
    ["CONTAINER_SCANNING", "dependency"],
    ["SECRET_DETECTION", "secret"],
  ])("of %s is one about %s", async (reportType, scan) => {
    const { project, sync } = await aProject();
    project.vulnerability({ reportType });

    await sync.run();

    expect(sync.all("alert").map((alert) => alert.scan)).toEqual([scan]);
  });

  it.each([
    ["HIGH", "high"],
    ["MEDIUM", "medium"],
    ["LOW", "low"],
    ["INFO", null],
    ["UNKNOWN", null],
  ])("of severity %s is %s", async (severity, expected) => {
    const { project, sync } = await aProject();
    project.vulnerability({ severity });

    await sync.run();

    expect(sync.all("alert").map((alert) => alert.severity)).toEqual([expected]);
  });

  it("that is resolved or dismissed says when, and that it is found again when it is", async () => {
    const { project, sync, alert } = await aProject();
    const [first, second] = [project.vulnerability(), project.vulnerability()];
    await sync.run();

    const at = project.pass();
    resolve(first, at);
    Object.assign(second, { state: "DISMISSED", dismissedAt: at, updatedAt: at });
    await sync.run();
    const settled = [first, second].map((found) => [alert(found)?.fixedAt, alert(found)?.dismissedAt]);
    Object.assign(first, { state: "DETECTED", updatedAt: project.pass() });
    await sync.run();

    expect(settled).toEqual([
      [instant(at), null],
      [null, instant(at)],
    ]);
    expect(alert(first)?.fixedAt).toBeNull();
  });
});

describe("the alerts of a project", () => {
  it("are read a hundred to a request, and then with one request while nothing is new", async () => {
    const { fake, project, sync } = await aProject();
    for (let count = 0; count < 250; count += 1) project.vulnerability();
    await sync.run();
    const first = fake.count(/graphql/);
    fake.asked.length = 0;

    await sync.run({}, SOON);

    expect([first, sync.all("alert").length]).toEqual([3, 250]);
    expect(fake.count(/graphql/)).toBe(1);
    expect(sync.fresh).toEqual([]);
  });

  it("that are new cost a page more at most, and one that changed deep in the list is found within a day", async () => {
    const { fake, project, sync, alert } = await aProject();
    const oldest = project.vulnerability();
    for (let count = 0; count < 250; count += 1) project.vulnerability();
    await sync.run();
    fake.asked.length = 0;

    const fresh = project.vulnerability();
    resolve(oldest, project.pass());
    await sync.run({}, SOON);
    const [soon, requests] = [ids(sync.fresh), fake.count(/graphql/)];
    await sync.run({}, TOMORROW);

    expect(soon).toContain(number(fresh));
    expect(soon).not.toContain(number(oldest));
    expect(requests).toBe(2);
    expect(alert(oldest)?.fixedAt).toBe(instant(oldest["resolvedAt"]));
  });

  it("are not asked for where the configuration does not want them", async () => {
    const { fake, project, sync } = await aProject({ alerts: false });
    project.vulnerability();

    await sync.run();

    expect([sync.all("alert"), fake.count(/graphql/)]).toEqual([[], 0]);
  });
});

describe("a GitLab that shows no alerts", () => {
  it.each([
    ["since the plan has none", { vulnerabilities: null }, {}],
    [
      "since the edition knows none",
      {},
      { withoutVulnerabilities: "Field 'vulnerabilities' doesn't exist on type 'Project'" },
    ],
  ])("%s is said to, once a day, and all else is read", async (_, ofProject, ofHost) => {
    const { fake, project, sync } = await aProject();
    Object.assign(project, ofProject);
    Object.assign(fake, ofHost);
    project.mergeRequest();

    const said: string[][] = [];
    for (const around of [{ now: NOW }, SOON, TOMORROW]) {
      await sync.run({}, around);
      said.push([...sync.codes]);
    }

    expect(said).toEqual([["alerts-unreadable"], [], ["alerts-unreadable"]]);
    expect(sync.notices).toMatchObject([{ level: "info", message: expect.stringMatching(/Ultimate.*alerts: false/) }]);
    expect(fake.count(/graphql/)).toBe(2);
    expect(sync.all("change")).toHaveLength(1);
  });

  it.each([401, 403, 404, 500])("and answers %i does not stop the rest", async (status) => {
    const { fake, project, sync } = await aProject();
    project.vulnerability();
    project.pipeline();
    fake.fault = failing(/graphql/, { kind: "status", status });

    await sync.run();

    expect(sync.codes).toEqual(["alerts-unreadable"]);
    expect([sync.all("alert"), sync.all("pipeline").length]).toEqual([[], 1]);
  });

  it("shows them to a better token the next day", async () => {
    const { fake, project, sync } = await aProject();
    project.vulnerability();
    fake.fault = failing(/graphql/, { kind: "status", status: 403 }, 1);
    await sync.run();

    await sync.run({}, TOMORROW);

    expect(sync.all("alert")).toHaveLength(1);
    expect(sync.codes).toEqual([]);
  });

  it("is said to once for all projects of a group", async () => {
    const { fake, sync } = await aProject();
    for (const path of ["acme/web", "acme/tools/cli"]) fake.project(path).commit();
    for (const project of fake.projects) project.vulnerabilities = null;

    await sync.run({ group: "acme" });

    expect(sync.codes).toEqual(["alerts-unreadable"]);
  });
});
