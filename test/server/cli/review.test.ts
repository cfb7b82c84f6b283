import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aShop, headway } from "./support.ts";

describe("headway review", () => {
  it("says what it would freeze, freezes it with its minutes, lists it and shows it", async () => {
    const { path } = aShop();
    writeFileSync(join(path, "minutes.md"), "We looked.\n- Decision: Freeze a baseline.\n");

    const dry = await headway(path, "review --dry-run");
    const none = await headway(path, "review list");
    const held = await headway(path, "review --minutes minutes.md --kind steering --by Office");
    const list = await headway(path, "review list");
    const shown = await headway(path, "review show 1");
    const { things, decisions } = JSON.parse((await headway(path, "review show 1 --json")).stdout);

    expect(dry.stdout).toContain("Nothing was frozen: this was a dry run of a monthly review.");
    expect(none.stdout).toContain("No review was held yet");
    expect(held.stdout).toContain("Review 1 was held (steering).");
    expect(held.stdout).toMatch(/1 decision in the minutes\. SHA-256\s+[0-9a-f]{64}\./);
    expect(list.stdout).toMatch(
      /^ {2}1 {2}\d{4}-\d\d-\d\d {2}steering {2}The programme: hold, held by Office; different today: 0\n$/,
    );
    expect(shown.stdout).toContain("- Decision: Freeze a baseline.");
    expect(shown.stdout).toContain("Nothing is different today.");
    expect(decisions).toEqual(["Freeze a baseline."]);
    expect(things.length).toBeGreaterThan(20);
  });

  it.each([
    ["review shw", 'cannot "shw". Did you mean `show`?'],
    ["review show", "Name one review by its number"],
    ["review show 1 2", "Name one review by its number"],
    ["review list 1", "lists all there are"],
    ["review --kind yearly", 'There is no review of the kind "yearly"'],
    ["review --for money", "--for money is not understood"],
  ])("does not understand %s", async (typed, words) => {
    const { code, stderr } = await headway(aShop().path, typed);

    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});
