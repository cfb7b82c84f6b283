import { describe, expect, it } from "vitest";
import { aShop, headway } from "./support.ts";

const SIGNED = "--by Ada --reason A-load-test";

describe("headway judge", () => {
  it("leaves a deployment out of the numbers, lists it, and puts it back", async () => {
    const { path } = aShop();
    const numbers = async () => (await headway(path, "report --json")).stdout;
    const before = await numbers();
    const exported = await headway(path, "export deployments --format json");
    const [{ id, service }] = JSON.parse(exported.stdout) as [{ id: string; service: string }];

    const out = await headway(path, `judge exclude deployment ${id} --service ${service} ${SIGNED}`);
    const during = await numbers();
    const list = await headway(path, "judge list --json");
    const back = await headway(path, "judge put-back 1 --by Bob --reason It-counts");

    expect([out.code, back.code], out.stderr + back.stderr).toEqual([0, 0]);
    expect(out.stdout.replace(/\s+/g, " ")).toBe(
      `1 2026-02-01 The deployment ${id} of ${service} counts in no number. A-load-test (Ada). `,
    );
    expect(JSON.parse(list.stdout)).toMatchObject([{ id: 1, kind: "deployment", subject: id, reversal: null }]);
    expect(during).not.toBe(before);
    expect(await numbers()).toBe(before);
    expect(back.stdout.replace(/\s+/g, " ")).toContain("Put back on 2026-02-01: It-counts (Bob).");
  });

  it("notes an adoption with which limits start anew, and gives programs JSON", async () => {
    const { path } = aShop();

    const { code, stdout, stderr } = await headway(
      path,
      `judge adopt Trunk --from 2026-01-05 --rebase --json ${SIGNED}`,
    );

    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: "adoption",
      subject: "Trunk",
      from: "2026-01-05",
      to: "2026-01-06",
      rebases: true,
      actor: "Ada",
    });
  });

  it("leaves out days and notes, of all services", async () => {
    const { path } = aShop();

    const days = await headway(path, `judge exclude days --from 2026-01-05 --to 2026-01-07 ${SIGNED}`);
    const note = await headway(path, `judge annotate Freeze --from 2026-01-05 ${SIGNED}`);
    const { stdout } = await headway(path, "judge list");

    expect([days.code, note.code], days.stderr + note.stderr).toEqual([0, 0]);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "What happened from 2026-01-05 to 2026-01-06 of every service counts in no number. A-load-test (Ada).",
    );
    expect(stdout.replace(/\s+/g, " ")).toContain("A note on 2026-01-05 for every service: Freeze");
  });

  it("says that nobody has decided anything", async () => {
    const { path } = aShop();

    expect((await headway(path, "judge list")).stdout).toBe("Nobody has decided anything yet.\n");
  });

  it.each([
    ["judge", "Say what to do"],
    ["judge exlude change 1", 'cannot "exlude". Did you mean `exclude`?'],
    ["judge exclude", "Say what to exclude"],
    ["judge exclude chnage 1", 'knows no "chnage". Did you mean `change`?'],
    [`judge exclude change ${SIGNED}`, "Write it like this: headway judge exclude change ID --service S"],
    [`judge exclude change 1 ${SIGNED}`, "Name the service: --service S."],
    ["judge exclude change 1 --service s --reason why-not", "add --by NAME"],
    ["judge exclude change 1 --service s --by Ada", "--reason"],
    [`judge exclude change 1 --service s --from 2026-01-01 ${SIGNED}`, "--from means nothing here"],
    [`judge exclude change one --service s ${SIGNED}`, "The id: A change is named by its number."],
    [`judge exclude days ${SIGNED}`, "Say the first day"],
    [`judge annotate Freeze --from yesterday ${SIGNED}`, "--from: "],
    [`judge annotate Freeze --from 2026-01-01 --rebase ${SIGNED}`, "`headway judge adopt` has"],
    [`judge put-back one ${SIGNED}`, "The id"],
    ["report --rebase", "`judge` has"],
  ])("refuses %s", async (typed, words) => {
    const { path } = aShop();

    const { code, stderr } = await headway(path, typed);

    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  it.each([
    [`judge exclude deployment v99 --service shop ${SIGNED}`, 'The service "shop" has no deployment "v99"'],
    [`judge exclude label chore ${SIGNED}`, 'No change has the label "chore". None has any label.'],
    [`judge put-back 7 ${SIGNED}`, "No judgement 7 is in force"],
    [`judge annotate Freeze --from 2026-01-01 --scope team:pay ${SIGNED}`, 'There is no team "pay"'],
  ])("refuses by the rules of the API %s", async (typed, words) => {
    const { path } = aShop();

    const { code, stderr } = await headway(path, typed);

    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});
