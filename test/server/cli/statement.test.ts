import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aFolder } from "#test/support/git-repository.ts";
import { aShop, headway } from "./support.ts";

const ACTUALS = "costCentre,month,amount\n4711,2025-12,1000\n4711,2026-01,1200.5\n";

function withActuals(text = ACTUALS): string {
  const { path } = aShop();
  writeFileSync(join(path, "actuals.csv"), text);
  return path;
}

describe("headway actuals import", () => {
  it("says what a file would change, takes it, and knows it again", async () => {
    const place = withActuals();

    const dry = await headway(place, "actuals import actuals.csv --dry-run");
    const kept = await headway(place, "actuals import actuals.csv --by Finance");
    const again = await headway(place, "actuals import actuals.csv");

    expect(dry.stdout).toBe(`actuals.csv: 2 new, 0 changed, 0 same. Nothing was kept: this was a dry run.
  line 2: new: 4711, 2025-12: 1000.00
  line 3: new: 4711, 2026-01: 1200.50
`);
    expect(kept.stdout).toContain("actuals.csv: 2 new, 0 changed, 0 same.\n");
    expect(again.stdout).toBe("actuals.csv: 0 new, 0 changed, 2 same.\n");
  });

  it("names every mistake with its line, and fails", async () => {
    const place = withActuals(`${ACTUALS}4711,2026-13,5\n`);

    const { code, stdout } = await headway(place, "actuals import actuals.csv");

    expect(code).toBe(1);
    expect(stdout).toContain('  line 4: "2026-13" is no month.');
  });

  it.each([
    ["actuals", "Say what to do: headway actuals import FILE"],
    ["actuals export", 'cannot "export"'],
    ["actuals import", "Name one file"],
    ["ledger --month May", "--month May is no month"],
    ["statement --format xlsx", "say where to write it with --out FILE.xlsx"],
    ["statement --format pdf", '--format cannot be "pdf"'],
    ["statement --month 2026-02", "2026-02 is not over"],
    ["verify", "Name one pack: headway verify PACK --key KEY"],
  ])("says what is wrong with %s", async (typed, words) => {
    const { code, stderr } = await headway(aShop().path, typed);

    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});

describe("headway statement", () => {
  it("issues a month once, and everybody can check it elsewhere with nothing but the pack and the key", async () => {
    const place = withActuals();
    await headway(place, "actuals import actuals.csv");

    const first = await headway(place, "statement --month 2025-12 --by Finance --out december.ndjson");
    const second = await headway(place, "statement");
    const again = await headway(place, "statement --month 2026-01");
    const earlier = await headway(place, "statement --month 2025-11");
    const key = String(/(?<=with the key )[0-9a-f]{64}/.exec(first.stderr));
    const elsewhere = aFolder();
    writeFileSync(join(elsewhere, "pack"), second.stdout);
    const good = await headway(elsewhere, `verify pack --key ${key}`);
    const json = await headway(elsewhere, "verify pack --json");
    const other = await headway(elsewhere, `verify pack --key ${"0".repeat(64)}`);
    const before = JSON.parse((await headway(place, "verify december.ndjson --json")).stdout) as { hash: string };

    expect(first.stderr).toContain("the statement of 2025-12 was issued now by Finance, and is in december.ndjson");
    expect(second.stderr).toContain("(say who does with --by NAME)");
    expect(again.stderr).toContain("the statement of 2026-01 had been issued by ");
    expect(earlier.stderr).toContain("2025-11 comes before 2026-01, which was issued");
    expect([earlier.code, earlier.stdout]).toEqual([2, ""]);
    expect(again.stdout).toBe(second.stdout);
    expect(good.stdout).toMatch(/^pack is good: all \d+ figures of 2026-01 follow from its 3 rows\./);
    expect(good.stdout).toContain("It is signed with the key that you gave");
    expect(JSON.parse(json.stdout)).toMatchObject({ isGood: true, month: "2026-01", key, previous: before.hash });
    expect([good.code, other.code]).toEqual([0, 1]);
    expect(other.stdout).toContain("pack is not good. Line 1: The statement is signed with the key");
  });

  it("names the line that somebody changed", async () => {
    const place = withActuals();
    await headway(place, "actuals import actuals.csv");
    await headway(place, "statement --out pack");
    const text = readFileSync(join(place, "pack"), "utf8");
    writeFileSync(join(place, "pack"), text.replace("1200.5", "1300.5"));

    const { code, stdout } = await headway(place, "verify pack");

    expect(code).toBe(1);
    expect(stdout).toBe("pack is not good. Line 3: The line is not what it was when the statement was signed.\n");
    expect((await headway(place, "statement --out pack")).stderr).toContain("pack is there already");
  });

  it("hands the same out as CSV, a page and a workbook", async () => {
    const place = withActuals();
    await headway(place, "actuals import actuals.csv");

    const csv = await headway(place, "statement --format csv");
    const html = await headway(place, "statement --format html");
    const xlsx = await headway(place, "statement --format xlsx --out january.xlsx");
    const ledger = await headway(place, "ledger");

    expect(csv.stdout).toContain('2026-01,books.2026-01.actual,"Books, 2026-01: paid",1200.50,EUR\n');
    expect(html.stdout).toContain("<h1>Statement of savings, 2026-01</h1>");
    expect(xlsx.code).toBe(0);
    expect(readFileSync(join(place, "january.xlsx")).subarray(0, 2).toString()).toBe("PK");
    expect(ledger.stdout).toBe("2026-02: The ledger is empty: nobody has said yet what is saved.\n");
  });
});
