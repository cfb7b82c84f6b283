import { describe, expect, it } from "vitest";
import { DAY } from "#metrics/time.ts";
import { aChangeFact, aCommitFact } from "#test/support/builders.ts";
import { hour, read, said, week } from "./reading.ts";

const merged = (id: string, from: number, to: number) =>
  aChangeFact({
    id,
    firstCommitAt: hour(from),
    openedAt: hour(from),
    readyAt: hour(from),
    mergedAt: hour(to),
    closedAt: hour(to),
  });
const open = (id: string, from: number) =>
  aChangeFact({ id, openedAt: hour(from), readyAt: hour(from), mergedAt: null, closedAt: null, isIntegrated: false });
const step = (sha: string, at: number) => aCommitFact({ sha, committedAt: hour(at) });

describe("trunk-based development", () => {
  it("takes a branch of exactly a day for a short one, and a direct push for none", () => {
    const facts = {
      changes: [merged("short", 0, 24), merged("long", 0, 25)],
      commits: [aCommitFact({ sha: "pushed", committedAt: hour(30), isDirect: true })],
    };

    const reading = read("trunk-based", "branch-lifetime", { facts });

    expect(said(reading)).toBe("2 of 3");
    expect(reading).toMatchObject({
      rows: [
        { kind: "change", id: "short", isMet: true },
        { kind: "change", id: "long", isMet: false },
        { kind: "commit", id: "pushed", isMet: true },
      ],
    });
  });

  it("does not know how long a branch lived whose first commit nobody knows, and leaves bots out", () => {
    const changes = [
      aChangeFact({ id: "1", firstCommitAt: null, openedAt: hour(0), mergedAt: hour(1) }),
      aChangeFact({ id: "2", truncated: true, firstCommitAt: hour(0), openedAt: hour(0), mergedAt: hour(1) }),
      { ...merged("3", 0, 90), authorKind: "bot" as const },
      merged("4", 0, 1),
    ];

    expect(said(read("trunk-based", "branch-lifetime", { facts: { changes } }))).toBe("1 of 1, 2 unknown");
  });

  it("says that plain git does not tell of branches", () => {
    const changes = [aChangeFact({ openedAt: null, mergedAt: hour(1) })];

    expect(said(read("trunk-based", "branch-lifetime", { facts: { changes } }))).toMatch(
      /^Connect the repository's host/,
    );
    expect(said(read("trunk-based", "active-branches", { facts: { changes } }))).toMatch(
      /^Connect the repository's host/,
    );
  });

  it("counts what is open when the week ends", () => {
    const three = [open("1", -100), open("2", 1), open("3", 100)];
    const closed = merged("4", 0, 100);

    expect(said(read("trunk-based", "active-branches", { facts: { changes: [...three, closed] } }))).toBe("1 of 1");
    expect(said(read("trunk-based", "active-branches", { facts: { changes: [...three, open("5", 2)] } }))).toBe(
      "0 of 1",
    );
  });

  it("asks for an integration on more than half of the working days", () => {
    const days = (count: number) => Array.from({ length: count }, (_, day) => step(`${day}`, day * 24 + 9));

    expect(said(read("trunk-based", "daily-integration", { facts: { commits: days(3) } }))).toBe("1 of 1");
    expect(said(read("trunk-based", "daily-integration", { facts: { commits: days(2) } }))).toBe("0 of 1");
    expect(
      said(read("trunk-based", "daily-integration", { facts: { commits: [step("a", 5 * 24), step("b", 6 * 24)] } })),
    ).toBe("0 of 1");
  });

  it("counts no days of a week of holidays, and of a week without any work", () => {
    const holidays = { worked: () => 0, isWorking: () => false };
    const facts = { commits: [step("a", 9)] };

    expect(said(read("trunk-based", "daily-integration", { facts, time: holidays }))).toBe("0 of 0");
    expect(said(read("trunk-based", "daily-integration", { facts: {} }))).toBe("0 of 0");
    expect(said(read("trunk-based", "daily-integration", { facts: { changes: [open("1", 3)] } }))).toBe("0 of 1");
  });

  it("sees a freeze where a change waits for three working days without any integration", () => {
    const waits = open("1", -2);
    const through = { changes: [waits], commits: [step("a", 3 * 24 + 9)] };
    const shorter = { changes: [waits], commits: [step("a", 2 * 24 + 9)] };

    expect(said(read("trunk-based", "no-freeze", { facts: through }))).toBe("0 of 1");
    expect(said(read("trunk-based", "no-freeze", { facts: shorter }))).toBe("1 of 1");
    expect(said(read("trunk-based", "no-freeze", { facts: { ...through, changes: [open("1", 30)] } }))).toBe("1 of 1");
  });

  it("takes a declared freeze for one, whatever was integrated", () => {
    const freezes = [{ from: week.to - DAY, to: week.to + DAY }];
    const facts = { changes: [merged("1", 0, 1)], commits: [step("a", 1)] };

    expect(said(read("trunk-based", "no-freeze", { facts, declared: { freezes } }))).toBe("0 of 1");
    expect(
      said(read("trunk-based", "no-freeze", { facts, declared: { freezes: [{ from: week.to, to: week.to + DAY }] } })),
    ).toBe("1 of 1");
  });

  it("is not asked for where somebody declared so, in whole or in part", () => {
    const exempt = (part: string | null) => ({
      notApplicable: [{ practice: "trunk-based", part, reason: "Firmware is frozen by law", owner: "Quality" }],
    });

    expect(said(read("trunk-based", "no-freeze", { declared: exempt("no-freeze") }))).toBe(
      "Firmware is frozen by law (Quality)",
    );
    expect(said(read("trunk-based", "daily-integration", { declared: exempt("no-freeze") }))).toBe("0 of 0");
    expect(said(read("trunk-based", "daily-integration", { declared: exempt(null) }))).toBe(
      "Firmware is frozen by law (Quality)",
    );
  });
});
