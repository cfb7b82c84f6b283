import { describe, expect, it } from "vitest";
import { DAY } from "#metrics/time.ts";
import { aGitLab, failing } from "#test/support/fake-gitlab.ts";
import { Sync } from "./collecting.ts";

const NOW = Date.parse("2026-04-01T00:00:00Z");

const TREE = /\/repository\/tree$/;

async function aProject(files: readonly string[]) {
  const fake = await aGitLab();
  const project = fake.project();
  project.commit({ files });
  return { fake, project, sync: new Sync(fake, {}, { now: NOW }) };
}

describe("the files of a project", () => {
  it("tell what it is for, page by page", async () => {
    const many = Array.from({ length: 130 }, (_, index) => `src/part-${index}.py`);
    const { fake, sync } = await aProject(["dags/load.py", ...many]);

    await sync.run();

    expect(sync.all("layout")).toMatchObject([
      { repository: "acme/shell", files: 131, isWhole: true, folders: [{ path: "dags" }, { path: "src" }] },
    ]);
    expect(fake.count(TREE)).toBe(2);
  });

  it("are asked for once, then a week later at the earliest, and only after a push", async () => {
    const { fake, project, sync } = await aProject(["a.ts"]);
    const times: number[] = [];
    for (const [pushed, days] of [
      [0, 0],
      [0, 8],
      [1, 9],
      [1, 10],
      [0, 17],
    ] as const) {
      for (let turn = 0; turn < pushed; turn += 1) project.commit();
      await sync.run({}, { now: NOW + days * DAY });
      times.push(fake.count(TREE));
    }

    expect(times).toEqual([1, 1, 2, 2, 3]);
  });

  it("are cut where there are too many, which is said", async () => {
    const { fake, sync } = await aProject(Array.from({ length: 5001 }, (_, index) => `part-${index}.ts`));

    await sync.run();

    expect(sync.codes).toEqual(["files-cut"]);
    expect(sync.all("layout")).toMatchObject([{ files: 5000, isWhole: false }]);
    expect(fake.count(TREE)).toBe(50);
  });

  it("hold nothing else up where the token may not see them, and are left alone where nobody wants them", async () => {
    const { fake, sync } = await aProject(["a.ts"]);
    await sync.run({ files: false });
    const before = fake.count(TREE);
    fake.fault = failing(TREE, { kind: "status", status: 403 });
    await sync.run();
    const [first, asked] = [sync.codes, fake.count(TREE)];
    await sync.run();

    expect([before, first, sync.codes]).toEqual([0, ["files-unlisted"], []]);
    expect(sync.all("commit")).toHaveLength(1);
    expect(fake.count(TREE)).toBe(asked);
  });
});
