import { describe, expect, it } from "vitest";
import { DAY } from "#metrics/time.ts";
import { aGitLab } from "#test/support/fake-gitlab.ts";
import { Sync } from "./collecting.ts";

async function aProject() {
  const fake = await aGitLab();
  const project = fake.project();
  project.commit();
  project.environment("production", "production");
  project.environment("preprod", "staging");
  return { fake, project, sync: new Sync(fake) };
}

function instant(value: unknown): number {
  return Date.parse(String(value));
}

describe("a deployment", () => {
  it("was made when its job finished, whatever happened to the record later", async () => {
    const { project, sync } = await aProject();
    const made = project.deploy();
    const finishedAt = instant(made["updated_at"]);
    project.edit(made, {});

    await sync.run();

    const success = sync.one("deployment", made.id)?.statuses.find(({ outcome }) => outcome === "success");
    expect(success?.at).toBe(finishedAt);
  });

  it("through the API has no job, and was made when it was last updated", async () => {
    const { project, sync } = await aProject();
    const made = project.deploy({ deployable: null });

    await sync.run();

    expect(sync.one("deployment", made.id)?.statuses.at(-1)).toEqual({
      outcome: "success",
      at: instant(made["updated_at"]),
    });
  });

  it.each([
    ["created", "waiting"],
    ["blocked", "waiting"],
    ["running", "running"],
    ["failed", "failure"],
    ["canceled", "cancelled"],
    ["skipped", "skipped"],
    ["something new", "waiting"],
  ])("that is %s is %s", async (status, outcome) => {
    const { project, sync } = await aProject();
    const made = project.deploy({ status, deployable: null });

    await sync.run();

    expect(sync.one("deployment", made.id)?.statuses.at(-1)?.outcome).toBe(outcome);
  });

  it("that waits for approval while syncing is counted once it is through, even where no list says so", async () => {
    const { project, sync } = await aProject();
    const made = project.deploy({ status: "blocked", deployable: null });
    const later = project.deploy();
    await sync.run();

    project.pass(DAY);
    project.edit(later, {});
    made["status"] = "success";
    await sync.run();
    const first = sync.one("deployment", made.id)?.statuses.at(-1)?.outcome;
    await sync.run();

    expect(first).toBe("success");
    expect(sync.fresh).toEqual([]);
  });

  it("that was waited for and is deleted is removed", async () => {
    const { project, sync } = await aProject();
    const made = project.deploy({ status: "running", deployable: null });
    project.pass(DAY);
    project.deploy();
    await sync.run();

    project.deployments.shift();
    await sync.run();

    expect(sync.one("deployment", made.id)).toBeUndefined();
    expect(sync.all("deployment")).toHaveLength(1);
  });

  it("has the tier of its environment, which is asked for once", async () => {
    const { fake, project, sync } = await aProject();
    const [production, preprod] = [project.deploy(), project.deploy({ environment: { id: 2, name: "preprod" } })];
    const gone = project.deploy({ environment: { id: 9, name: "review/gone" } });

    await sync.run();

    expect([production, preprod, gone].map(({ id }) => sync.one("deployment", id)?.tier)).toEqual([
      "production",
      "staging",
      null,
    ]);
    expect(fake.count(/environments/)).toBe(1);
  });

  it("brings the commits along that the default branch does not hold", async () => {
    const { project, sync } = await aProject();
    const fork = project.head;
    const first = project.commit({ on: "hotfix", parents: [fork] });
    const second = project.commit({ on: "hotfix" });
    project.deploy({ sha: second });

    await sync.run();

    expect(sync.one("commit", first)?.parents).toEqual([fork]);
    expect(sync.one("commit", second)?.parents).toEqual([first]);
  });

  it.each([true, false])("brings them along later too, where ranges can be asked for: %s", async (ranges) => {
    const { project, sync } = await aProject();
    project.ranges = ranges;
    await sync.run();

    const hotfix = project.commit({ on: "hotfix", parents: [project.head] });
    project.deploy({ sha: hotfix });
    await sync.run();

    expect(sync.fresh.map(({ kind }) => kind)).toEqual(["commit", "deployment"]);
    expect(sync.one("commit", hotfix)).toBeDefined();
  });

  it("of one branch beside it bring their commits along with one look", async () => {
    const { fake, project, sync } = await aProject();
    const first = project.commit({ on: "hotfix", parents: [project.head] });
    project.deploy({ sha: project.commit({ on: "hotfix" }) });
    project.deploy({ sha: first });

    await sync.run();

    expect(fake.asked.filter(({ query }) => query["ref_name"]?.includes(".."))).toHaveLength(1);
  });

  it("of a commit that no longer exists is kept, and not wondered about again", async () => {
    const { fake, project, sync } = await aProject();
    const made = project.deploy({ sha: "9".repeat(40) });
    await sync.run();
    fake.asked.length = 0;

    project.edit(made, {});
    await sync.run();

    expect(sync.one("deployment", made.id)?.sha).toBe("9".repeat(40));
    expect(fake.count(/compare|commits$/)).toBe(0);
  });

  it("of the same commit to several environments costs no further request", async () => {
    const { fake, project, sync } = await aProject();
    await sync.run();
    project.commit();
    project.deploy({ environment: { id: 2, name: "preprod", tier: "staging" } });
    fake.asked.length = 0;

    project.deploy({ environment: { id: 1, name: "production", tier: "production" } });
    await sync.run();

    expect(fake.count(/compare|environments/)).toBe(0);
  });
});
