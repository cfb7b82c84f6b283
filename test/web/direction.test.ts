import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { nothingSaid, someSaid } from "#test/browser/support/programme.ts";
import { directionOf, enteredDirection } from "#web/programme/direction.ts";

const { programme } = someSaid;
const nothing = nothingSaid.programme;

describe("the form of the vision", () => {
  it("gives back what nobody changed", () => {
    const { vision, currency, fiscalYearBegins } = programme;

    expect(directionOf(enteredDirection(programme), programme)).toEqual({ vision, currency, fiscalYearBegins });
    expect(directionOf(enteredDirection(nothing), nothing).vision).toBeNull();
  });

  it("reads targets line by line, and gives each an id of its own", () => {
    const typed = {
      sentence: " Weekly. ",
      targets: "2028 All weekly\n\n 2029: All daily \n2030 all  weekly",
      currency: "chf",
      fiscalYearBegins: "4",
    };

    expect(directionOf(typed, nothing)).toEqual({
      vision: {
        sentence: "Weekly.",
        targets: [
          { id: "all-weekly", words: "All weekly", by: "2028" },
          { id: "all-daily", words: "All daily", by: "2029" },
          { id: "all-weekly-2", words: "all  weekly", by: "2030" },
        ],
      },
      currency: "CHF",
      fiscalYearBegins: 4,
    });
  });

  it("keeps the id of a target whose words stay, whatever its year and place", () => {
    const typed = { ...enteredDirection(programme), targets: "2027 Something new\n2031 Every service deploys weekly" };

    expect(directionOf(typed, programme).vision?.targets).toEqual([
      { id: "something-new", words: "Something new", by: "2027" },
      { id: "day", words: "Every service deploys weekly", by: "2031" },
    ]);
  });

  it("leaves targets without a sentence, and a line without a year, to the server", () => {
    expect(directionOf({ ...enteredDirection(programme), sentence: "" }, programme).vision?.sentence).toBe("");
    expect(directionOf({ ...enteredDirection(programme), targets: "soon" }, programme).vision?.targets).toEqual([
      { id: "target", words: "", by: "soon" },
    ]);
  });

  it("never gives two targets the same id", () => {
    const lines = fc.array(fc.stringMatching(/^20\d\d [a-c -]{0,6}$/), { maxLength: 12 });
    fc.assert(
      fc.property(lines, (targets) => {
        const typed = { ...enteredDirection(programme), targets: targets.join("\n") };
        const ids = directionOf(typed, programme).vision?.targets.map(({ id }) => id);
        expect(new Set(ids).size).toBe(targets.length);
      }),
    );
  });
});
