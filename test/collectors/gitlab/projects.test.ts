import { describe, expect, it } from "vitest";
import { aGitLab, failing } from "#test/support/fake-gitlab.ts";
import { ids, Sync } from "./collecting.ts";

async function aGroup(...paths: string[]) {
  const fake = await aGitLab();
  for (const path of paths) {
    const project = fake.project(path);
    project.commit();
    project.merge(project.mergeRequest());
  }
  return { fake, sync: new Sync(fake, { group: "acme" }) };
}

function second({ projects: [, project] }: Awaited<ReturnType<typeof aGroup>>["fake"]): object {
  if (project === undefined) throw new Error("The group has one project.");
  return project.payload;
}

describe("a group", () => {
  it("is read with its subgroups", async () => {
    const { sync } = await aGroup("acme/shell", "acme/tools/web", "other/thing");

    await sync.run();

    expect(ids(sync.all("repository"))).toEqual(["acme/shell", "acme/tools/web"]);
  });

  it.each([
    [{ include: ["acme/*"] }, ["acme/old", "acme/shell"]],
    [{ include: ["acme/**"], exclude: ["**/old"] }, ["acme/shell", "acme/tools/web"]],
    [{ include: ["ACME/Shell"] }, ["acme/shell"]],
    [{ exclude: ["acme/tools/**"] }, ["acme/old", "acme/shell"]],
    [{ exclude: ["acme/s.ell"] }, ["acme/old", "acme/shell", "acme/tools/web"]],
  ])("is narrowed by %j", async (patterns, expected) => {
    const { fake, sync } = await aGroup("acme/shell", "acme/tools/web", "acme/old");

    await sync.run({ group: "acme", ...patterns });

    expect(ids(sync.all("repository"))).toEqual(expected);
    expect(fake.asked.length).toBeGreaterThan(0);
  });

  it("leaves archived projects out when told to; one that is archived later keeps its history and says so", async () => {
    const { fake, sync } = await aGroup("acme/shell", "acme/web");
    await sync.run({ group: "acme", archived: false });

    Object.assign(second(fake), { archived: true, last_activity_at: "2026-04-01T00:00:00Z" });
    await sync.run({ group: "acme", archived: false });
    const codes = [...sync.codes];
    fake.asked.length = 0;
    await sync.run({ group: "acme", archived: false });

    expect(codes).toEqual(["project-gone"]);
    expect(sync.codes).toEqual(["project-gone"]);
    expect(sync.one("repository", "acme/web")?.archivedAt).toBe(Date.parse("2026-04-01"));
    expect(sync.all("change")).toHaveLength(2);
    expect(fake.count(/1001/)).toBe(0);
  });

  it("says once that a project was archived, keeps reading it, and knows since when nothing happens there", async () => {
    const { fake, sync } = await aGroup("acme/shell", "acme/web");
    await sync.run();

    Object.assign(second(fake), { archived: true, last_activity_at: "2026-04-01T00:00:00Z" });
    await sync.run();
    const notices = sync.notices;
    await sync.run();

    expect(notices).toMatchObject([
      { level: "info", code: "project-archived", message: expect.stringContaining("acme/web was archived") },
    ]);
    expect(sync.codes).toEqual([]);
    expect(sync.one("repository", "acme/web")?.archivedAt).toBe(Date.parse("2026-04-01"));
  });

  it("says once that a project is going to be deleted, and does not take its new name for a move", async () => {
    const { fake, sync } = await aGroup("acme/shell", "acme/web");
    await sync.run();

    Object.assign(second(fake), {
      marked_for_deletion_on: "2026-05-01",
      path_with_namespace: "acme/web-deletion_scheduled-1001",
    });
    await sync.run();
    const notices = sync.notices;
    await sync.run();

    expect(notices.map(({ code, level }) => [code, level])).toEqual([["project-leaving", "warning"]]);
    expect(notices[0]?.message).toMatch(/2026-05-01.*Restore it/);
    expect(sync.codes).toEqual([]);
    expect(ids(sync.all("repository"))).toEqual(["acme/shell", "acme/web"]);
  });

  it("says where a project went that was transferred out of it, and what to do", async () => {
    const { fake, sync } = await aGroup("acme/shell", "acme/web");
    await sync.run();

    Object.assign(second(fake), { path_with_namespace: "other/web" });
    await sync.run();

    expect(sync.codes).toEqual(["project-gone"]);
    expect(sync.notices[0]?.message).toMatch(/now other\/web, outside the group.*add other\/web to the sources/);
    expect(sync.all("change")).toHaveLength(2);
  });

  it("is silent of a project that is gone once it is excluded", async () => {
    const { fake, sync } = await aGroup("acme/shell", "acme/web");
    await sync.run();

    fake.first.hidden = true;
    await sync.run();
    const notices = sync.notices;
    await sync.run({ group: "acme", exclude: ["acme/shell"] });

    expect(notices[0]?.message).toMatch(/deleted or made private.*role Reporter.*exclude it/);
    expect(sync.codes).toEqual([]);
    expect(sync.all("change")).toHaveLength(2);
  });

  it("finds projects that are new", async () => {
    const { fake, sync } = await aGroup("acme/shell");
    await sync.run();

    fake.project("acme/new").commit();
    await sync.run();

    expect(ids(sync.all("repository"))).toEqual(["acme/new", "acme/shell"]);
  });

  it("goes on when one of its projects is broken, says which, and is not called complete", async () => {
    const { fake, sync } = await aGroup("acme/shell", "acme/broken", "acme/web");
    fake.fault = failing(/1001\/merge_requests/, { kind: "html" });

    await expect(sync.run()).rejects.toMatchObject({ name: "HostError", reason: "unavailable" });
    fake.fault = () => null;
    await sync.run();

    expect(ids(sync.all("change"))).toEqual(["1", "1", "1"]);
  }, 60_000);

  it.each([{ groupsByKey: true, offsetMax: 0 }, { groupsByKey: true, offsetMax: 50_000 }, { groupsByKey: false }])(
    "of many projects is read whole by a host like %j",
    async (like) => {
      const fake = await aGitLab();
      Object.assign(fake, like);
      for (let count = 0; count < 210; count += 1) fake.project(`acme/p${count}`).hidden = count % 100 === 7;
      const sync = new Sync(fake, { group: "acme", include: ["acme/p5", "acme/p106", "acme/p209"], pipelines: false });

      await sync.run();

      expect(ids(sync.all("repository"))).toEqual(["acme/p106", "acme/p209", "acme/p5"]);
      expect(fake.count(/groups/)).toBe(3);
    },
  );

  it("that does not exist is an error that says so", async () => {
    const fake = await aGitLab();
    fake.fault = failing(/groups/, { kind: "status", status: 404 });

    await expect(new Sync(fake, { group: "nobody" }).run()).rejects.toMatchObject({ reason: "not-found" });
  });
});

describe("a project", () => {
  it("that moves keeps its history under its first name, and says so", async () => {
    const { fake, sync } = await aGroup("acme/shell");
    await sync.run({});

    fake.first.payload.path_with_namespace = "tools/shell";
    fake.first.commit();
    await sync.run({});

    expect(sync.codes).toEqual(["project-moved"]);
    expect(ids(sync.all("repository"))).toEqual(["acme/shell"]);
    expect(sync.all("commit")).toHaveLength(4);
  });

  it.each([{}, { group: "acme" }])("that is deleted or made private keeps its history, with %j", async (options) => {
    const { fake, sync } = await aGroup("acme/shell", "acme/web");
    const project = fake.first;
    await sync.run(options);
    const before = sync.known.events.size;

    project.hidden = true;
    await sync.run(options);
    const codes = [...sync.codes];
    project.hidden = false;
    project.commit();
    await sync.run(options);

    expect(codes).toEqual(["project-gone"]);
    expect(sync.codes).toEqual([]);
    expect(sync.known.events.size).toBe(before + 1);
  });

  it("that never was there is an error, since it is mistyped", async () => {
    const fake = await aGitLab();

    await expect(new Sync(fake).run()).rejects.toMatchObject({ name: "HostError", reason: "not-found" });
  });

  it("that never was there does not stop the others", async () => {
    const { sync } = await aGroup("acme/shell");

    await sync.run({ projects: ["acme/mistyped", "acme/shell"] });

    expect(sync.codes).toEqual(["project-failed"]);
    expect(ids(sync.all("repository"))).toEqual(["acme/shell"]);
  });

  it("can be added without beginning anew", async () => {
    const { fake, sync } = await aGroup("acme/shell", "acme/web");
    await sync.run({ projects: ["acme/shell"] });
    fake.asked.length = 0;

    await sync.run({ projects: ["acme/shell", "acme/web"] });

    expect(ids(sync.all("repository"))).toEqual(["acme/shell", "acme/web"]);
    expect(fake.count(/1000\/merge_requests\/\d/)).toBe(0);
  });

  it("that is hidden while it is read loses nothing", async () => {
    const { fake, sync } = await aGroup("acme/shell");
    const project = fake.first;
    fake.before = ({ path }) => {
      project.hidden ||= /notes/.test(path);
    };

    await expect(sync.run({})).rejects.toMatchObject({ reason: "not-found" });
    fake.before = () => undefined;
    project.hidden = false;
    await sync.run({});

    expect(ids(sync.all("change"))).toEqual(["1"]);
  });

  it.each(["merge_requests", "issues", "pipelines", "deployments", "repository"])(
    "of which the token may not read %s is read but for that",
    async (part) => {
      const { fake, sync } = await aGroup("acme/shell");
      fake.fault = failing(new RegExp(`1000/${part}`), { kind: "status", status: 403 });

      await sync.run({});

      expect(new Set(sync.codes)).toEqual(new Set(["part-unreadable"]));
      expect(sync.notices[0]?.message).toMatch(/acme\/shell cannot be read \(403\).*What was collected/);
    },
  );
});
