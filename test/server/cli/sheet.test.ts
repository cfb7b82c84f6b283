import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aShop, Capture, headway } from "./support.ts";

const page = "report --page leadership";

describe("headway report --page leadership --format", () => {
  it("prints Markdown and HTML, and nothing else", async () => {
    const { path } = aShop();

    const md = await headway(path, `${page} --format md`);
    const html = await headway(path, `${page} --format html`);

    expect(md.stdout).toMatch(/^# Leadership: organisation\n/);
    expect(md.stdout).toContain("## Vision and use cases\n");
    expect(md.stdout).toContain("Savings: not measurable yet, earliest 2026-");
    expect(html.stdout).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
    expect([md.code, html.code]).toEqual([0, 0]);
  });

  it("writes what a file is called after, and never over another unless told", async () => {
    const { path } = aShop();
    writeFileSync(join(path, "taken.pdf"), "mine");

    const first = await headway(path, `${page} --out sheet.pdf`);
    const taken = await headway(path, `${page} --out taken.pdf`);

    expect(first).toMatchObject({ code: 0, stdout: `Wrote ${join(path, "sheet.pdf")}.\n` });
    expect(readFileSync(join(path, "sheet.pdf"), "latin1")).toMatch(/^%PDF-1\.7/);
    expect(taken.code).toBe(2);
    expect(taken.stderr).toContain("is there already. Name another one, or add --overwrite");
    expect(readFileSync(join(path, "taken.pdf"), "utf8")).toBe("mine");
    expect(await headway(path, `${page} --format md --out taken.pdf --overwrite`)).toMatchObject({ code: 0 });
    expect(readFileSync(join(path, "taken.pdf"), "utf8")).toMatch(/^# Leadership/);
  });

  it.each([
    [`${page} --format doc`, '--format cannot be "doc". Known are `md`, `html`, `pdf`.'],
    [`${page} --out page`, "Say which file that is: --format md"],
    [`${page} --format md --json`, "--json and --format md exclude each other"],
    ["report --format md", "--format belongs to --page leadership"],
    ["report --out a.md", "--out belongs to --page leadership"],
    [`${page} --out no/such/folder.md`, "is in a folder that is not there"],
    ["sync --overwrite", "`backup` and `report` have"],
  ])("does not understand %s", async (typed, words) => {
    const { code, stdout, stderr } = await headway(aShop().path, typed);

    expect(stderr).toContain(words);
    expect([code, stdout]).toEqual([2, ""]);
  });

  it("puts no PDF into a terminal", async () => {
    const stdout = new Capture(true, 100);

    const { code, stderr } = await headway(aShop().path, `${page} --format pdf`, { stdout });

    expect(stderr).toContain("A PDF is nothing for a terminal. Say where to put it: --out leadership.pdf.");
    expect([code, stdout.text]).toEqual([2, ""]);
  });
});
