import { describe, expect, it } from "vitest";
import { contract } from "#server/contract.ts";
import { aShop, headway } from "./support.ts";

const january = "--from 2026-01-01 --to 2026-01-20";
const joined = (text: string): string => text.replaceAll(/\s+/g, " ");

/** A shop with a baseline of the first weeks of January. */
async function frozenShop(): Promise<string> {
  const { path } = aShop();
  const { code, stderr } = await headway(path, `report --freeze Start --by Ada ${january}`);
  expect([code, stderr]).toEqual([0, expect.stringContaining("nothing has been collected yet")]);
  return path;
}

describe("headway report --freeze", () => {
  it("says what was frozen, by whom, with which hash, how weak it is, and how to go on", async () => {
    const { path } = aShop();

    const { stdout, code } = await headway(path, `report --freeze Start --by Ada ${january}`);

    expect(code).toBe(0);
    expect(joined(stdout)).toContain("Frozen: the baseline “Start” of organisation, 1 to 19 Jan 2026.");
    expect(stdout).toMatch(/Signed by Ada, who is not verified\. SHA-256\s[0-9a-f]{64}\./);
    expect(stdout).toMatch(/^Deployment frequency: .*\(n \d/m);
    expect(joined(stdout)).toContain("savings want at least 12 weeks");
    expect(stdout).toContain("headway report --against Start\n");
  });

  it("gives programs everything that was frozen", async () => {
    const { stdout } = await headway(aShop().path, `report --freeze Start --by Ada ${january} --json`);

    expect(contract["/api/baseline"].reply.parse(JSON.parse(stdout))).toMatchObject({ name: "Start", signer: "Ada" });
  });

  it.each([
    ["--freeze Start", "add --by NAME"],
    ["--withdraw Start --by Ada", "Say why, in three letters at least"],
    ["--freeze ../x --by Ada", "A name has letters"],
    ["--freeze A --withdraw B --by Ada", "exclude each other"],
    ["--freeze A --by Ada --page leadership", "leave --against, --page and --interval out"],
    ["--by Ada", "--by belongs to --freeze NAME"],
    ["--page leadershp", '--page cannot be "leadershp"'],
  ])("does not understand %s", async (typed, words) => {
    const { code, stderr, stdout } = await headway(aShop().path, `report ${typed}`);

    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(words);
  });

  it("is refused where nothing was, and where the name is taken", async () => {
    const path = await frozenShop();

    const taken = await headway(path, `report --freeze Start --by Ada ${january}`);
    const empty = await headway(path, "report --freeze None --by Ada --from 2020-01-01 --to 2020-04-01");

    expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining('A baseline "Start" was frozen before') });
    expect(empty).toMatchObject({ code: 2, stderr: expect.stringContaining("Nothing is known of this window") });
  });
});

describe("headway report --against", () => {
  it("compares every number with the baseline", async () => {
    const path = await frozenShop();

    const { stdout } = await headway(path, "report --against Start --from 2026-01-20");

    expect(joined(stdout)).toContain(
      "Compared with the baseline “Start”, 1 to 19 Jan 2026, frozen on 2026-02-01 by Ada.",
    );
    expect(stdout).toContain("in the baseline");
  });

  it("compares with no baseline that was withdrawn", async () => {
    const path = await frozenShop();
    const taken = await headway(path, "report --withdraw Start --by Bob --reason Wrong");

    const { code, stderr } = await headway(path, "report --against Start");

    expect(joined(taken.stdout)).toContain("Withdrawn: the baseline “Start”.");
    expect([code, stderr]).toEqual([2, expect.stringContaining("was withdrawn by Bob: Wrong.")]);
  });
});

describe("headway report --page leadership", () => {
  it("says how to freeze a baseline where there is none, and when savings can be measured", async () => {
    const { stdout, code } = await headway(aShop().path, "report --page leadership");

    expect(code).toBe(0);
    expect(stdout).toContain("Leadership: organisation, ");
    expect(joined(stdout)).toContain("No baseline is frozen yet");
    expect(stdout).toMatch(/^Change fail rate: 0 % \(n 0 of 3, 95 % interval 0–\d+(\.\d+)? %\)$/m);
    expect(stdout).toContain("Data: commits deployed by now");
    expect(stdout).toMatch(/^Savings: not measurable yet, earliest 2026-\d\d-\d\d\.$/m);
  });

  it("reads the five against the baseline, and is the API's answer for programs", async () => {
    const path = await frozenShop();

    const text = await headway(path, "report --page leadership");
    const json = await headway(path, "report --page leadership --json");
    const answer = contract["/api/leadership"].reply.parse(JSON.parse(json.stdout));

    expect(joined(text.stdout)).toContain(
      "Against the baseline “Start”, 1 to 19 Jan 2026, frozen on 1 Feb 2026 by Ada",
    );
    expect(answer.five.map(({ label }) => label)).toContain("Too little to tell");
    expect(joined(text.stdout)).toContain(answer.savings.words);
    expect(text.stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });
});
