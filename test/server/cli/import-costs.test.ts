import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aShop, headway } from "./support.ts";

const COSTS = "kind,title,month,amount\nlicences,Tools,2026-01,9800\nci,Runners,2026-01,1200.5\n";

function withCosts(text = COSTS): string {
  const { path } = aShop();
  writeFileSync(join(path, "costs.csv"), text);
  return path;
}

describe("headway import costs", () => {
  it("says what a file would change, takes it, and knows it again", async () => {
    const place = withCosts();

    const dry = await headway(place, "import costs costs.csv --dry-run");
    const kept = await headway(place, "import costs costs.csv --by Finance");
    const again = await headway(place, "import costs costs.csv");

    expect(dry.stdout).toBe(`costs.csv: 2 new, 0 changed, 0 same. Nothing was kept: this was a dry run.
  new: licences, Tools, 2026-01: 9800.00
  new: ci, Runners, 2026-01: 1200.50
`);
    expect(kept.stdout).toContain("costs.csv: 2 new, 0 changed, 0 same.\n");
    expect(again.stdout).toBe("costs.csv: 0 new, 0 changed, 2 same.\n");
    expect((await headway(place, "programme export")).stdout).toContain("title: Runners");
  });

  it("names every mistake with its line, and fails", async () => {
    const { code, stdout } = await headway(withCosts(`${COSTS}licence,Tools,2026-02,5\n`), "import costs costs.csv");

    expect(code).toBe(1);
    expect(stdout).toContain('  line 4: There are no costs of the kind "licence". Did you mean `licences`?');
  });

  it.each([
    ["import costs", "Name the file: headway import costs FILE.csv"],
    ["import cost costs.csv", "Did you mean `costs`?"],
    ["import costs a.csv b.csv", '"b.csv" is one too many'],
    ["import costs costs.csv --service shop", "leave --service and --environment out"],
    ["import deployments rows.csv --by Ada", "Only costs are signed"],
  ])("says what is wrong with %s", async (typed, words) => {
    const { code, stderr } = await headway(aShop().path, typed);

    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});
