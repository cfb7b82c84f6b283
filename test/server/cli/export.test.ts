import { describe, expect, it } from "vitest";
import { aFolder } from "#test/support/git-repository.ts";
import { ClosedPipe, aShop, headway } from "./support.ts";

interface Row {
  readonly id: string;
}

const rows = (text: string): Row[] => JSON.parse(`[${text.trimEnd().replaceAll("\n", ",")}]`) as Row[];

describe("headway export", () => {
  it("writes a row per line, collecting first where nothing was collected", async () => {
    const { code, stdout, stderr } = await headway(aShop().path, "export deployments");

    expect(new Set(rows(stdout).map(({ id }) => id))).toEqual(new Set(["v1.0.0", "v1.1.0", "v1.1.1"]));
    expect(stderr).toContain("nothing has been collected yet");
    expect(code).toBe(0);
  });

  it("writes CSV with its columns first, and JSON as one list", async () => {
    const { path } = aShop();

    const csv = await headway(path, "export commits --format csv");
    const json = await headway(path, "export commits --json");

    expect(csv.stdout).toMatch(/^source,repository,service,sha,/);
    expect(csv.stdout.trimEnd().split("\n")).toHaveLength(10);
    expect(JSON.parse(json.stdout)).toHaveLength(9);
  });

  it("writes only the rows of a window and a service", async () => {
    const { path } = aShop();

    const none = await headway(path, "export deployments --to 2025-12-31");
    const all = await headway(path, "export deployments --from 2026-01-01 --to 2026-01-02 --service shop");

    expect(none).toMatchObject({ code: 0, stdout: "" });
    expect(rows(all.stdout)).toHaveLength(3);
  });

  it("refuses an unknown service", async () => {
    const { code, stdout, stderr } = await headway(aShop().path, "export commits --service shp");

    expect(stderr).toContain('Did you mean "shop"?');
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("fails when there is nothing to export from", async () => {
    expect(await headway(aFolder(), "export commits --repo .")).toMatchObject({ code: 1, stdout: "" });
  });

  it("ends quietly when its reader has left", async () => {
    const { path } = aShop();
    await headway(path, "sync");

    expect(await headway(path, "export commits", { stdout: new ClosedPipe() })).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });
});
