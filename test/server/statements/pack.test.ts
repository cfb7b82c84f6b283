import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Printed } from "#metrics/programme/savings/statement/printed.ts";
import type { StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { printed } from "#metrics/programme/savings/statement/statement.ts";
import { pack, PackError } from "#server/statements/pack.ts";
import { fingerprint } from "#server/statements/signing.ts";
import { verifyPack } from "#server/statements/verify.ts";
import { aCost } from "#test/metrics/programme/declared.ts";
import { known } from "#test/metrics/statistics/known.ts";
import { aPack, aSigner, EVALUATED, frozen, HEAD, inDays, SEALED, someRows, WORKED } from "./rows.ts";

const BOOKS_DIFFER = "What the books say and what is estimated differ by more than 5 %.";

/** What is said of a pack, and of which line. */
function complaint(bytes: Buffer, key: string | null = null): PackError | null {
  try {
    verifyPack(bytes, key);
    return null;
  } catch (error) {
    if (error instanceof PackError) return error;
    throw error;
  }
}

describe("a statement", () => {
  it("prints the worked example to its digits, from the rows of the pack alone", async () => {
    const { text } = aPack(someRows({ ...WORKED, month: "2026-01" }), await aSigner());

    const { figures } = verifyPack(Buffer.from(text), null);
    const value = (id: string) => figures.find((one) => one.id === id)?.value;

    expect(value("lever.L1.hours.likely")).toBe("43.2");
    expect(value("lever.L1.amount.likely")).toBe("2700.00");
    expect(value("lever.L2.amount.likely")).toBe("7300.00");
    expect(value("lever.L5.amount.likely")).toBe("1000.00");
    expect(value("savings.baseline.cost.likely")).toBe("212000.00");
    expect(value("savings.gross.share.likely")).toBe("5.19");
    expect(value("savings.net.share.likely")).toBe("2.36");
    expect(value("savings.cash.share.likely")).toBe("0.47");
  });

  it("prints what caused it: method, n, seed, draws, interval, grade and what was done otherwise than planned, and all of it again", async () => {
    const rows = someRows({ ...WORKED, ...EVALUATED, month: "2026-05" });
    const { text } = aPack(rows, await aSigner());
    const bytes = Buffer.from(text);
    const { figures } = verifyPack(bytes, null);
    const value = (id: string) => figures.find((one) => one.id === id)?.value;

    expect(value("effect.lost.method")).toBe("difference-in-differences");
    expect(value("effect.lost.verdict")).toBe("yes");
    expect(value("effect.lost.teams")).toBe("9");
    expect(value("effect.lost.adopted")).toBe("5");
    expect(value("savings.seed")).toBe("7");
    expect(value("effect.draws")).toBe("49");
    expect(Number(value("effect.lost.saving.low"))).toBeGreaterThan(0);
    expect(value("savings.registered")).toBe("Spring");
    expect(value("savings.deviation.1")).toContain("is not in the plan");
    // Five of nine teams saved it, with as many hours each.
    const saved = Number(value("effect.lost.saving.mean"));
    expect(Number(value("savings.gross.amount.likely"))).toBeCloseTo((5 / 9) * (saved / 100) * 9 * 6 * 3200 * 62.5, -5);

    const at = text.indexOf('"logLeadTime"', text.indexOf('"part":"week"'));
    const changed = Buffer.from(text.replace(text.slice(at, at + 14), '"logLeadTimE":'));
    expect(complaint(changed)?.line).toBe(text.slice(0, at).split("\n").length);
    const otherSeed = text.replaceAll('"seed":7', '"seed":8');
    expect(complaint(Buffer.from(otherSeed))).not.toBeNull();
  });

  it("of the first format, in which nothing was said of the effect, prints the same digits still", async () => {
    const bytes = await readFile("test/fixtures/statements/format-1.ndjson");
    const { head, figures } = verifyPack(bytes, "b976e87a7ab1f4390db9673a83db109bf7c55516d3b6e7fd518118284f155c7b");

    expect(head.format).toBe(1);
    expect(figures.find(({ id }) => id === "savings.net.share.likely")?.value).toBe("2.36");
    expect(figures.filter(({ id }) => id.startsWith("effect."))).toEqual([]);
  });

  it("of the second format holds the books against whole months between its weeks still, and prints the same digits", async () => {
    const bytes = await readFile("test/fixtures/statements/format-2.ndjson");
    const { head, figures, rows } = verifyPack(
      bytes,
      "5f65cb66fd556bb9152a15a71ec8e8bd3dc4f464b3f8f004e45e9ffb3c55cdb1",
    );

    expect(head.format).toBe(2);
    expect(figures.find(({ id }) => id === "books.2026-04.unexplained")?.value).toBe("71.43");
    expect(figures.map(({ value }) => value)).not.toContain(BOOKS_DIFFER);
    expect(figures.map(({ words }) => words)).toContain("Capacity released: went to unplaced");
    expect(printed({ ...rows, format: 3 }).map(({ value }) => value)).toContain(BOOKS_DIFFER);
  });

  it("that does not say how it compares what is paid by the month compares it by days still", async () => {
    const costs = [aCost("licences", "2026-01", [100, 100])];
    const now = inDays(someRows({ ...WORKED, month: "2026-02", costs }), { from: "2026-02-02", to: "2026-02-09" });
    const { paidBy: _paidBy, ...unsaid } = known(now.reckoning);
    const before = { ...now, reckoning: { ...unsaid, paidBy: "days" as const } };
    const rows = { ...now, reckoning: unsaid } as StatementRows;
    const { text } = aPack(rows, await aSigner(), printed(before));
    const amount = (figures: readonly Printed[]) => figures.find(({ id }) => id === "lever.L6.amount.likely")?.value;

    // Seven days of January before, 100 × 7/31, and of February now, 100 × 7/28.
    expect(amount(verifyPack(Buffer.from(text), null).figures)).toBe("-2.42");
    expect(amount(printed(now))).toBe("0.00");
  });

  it("of the third format counts a line from its first month still, as last said, and prints the same digits", async () => {
    const bytes = await readFile("test/fixtures/statements/format-3.ndjson");
    const { head, figures, rows } = verifyPack(
      bytes,
      "1094847b70e82e70ca741f77b076376eeb2fd90d4559e41a895f5ee0f42ad6d7",
    );
    const since = (all: typeof figures) => all.find(({ id }) => id === "ledger.cashable.sinceStart.amount")?.value;

    expect(head.format).toBe(3);
    expect(since(figures)).toBe("4161.00"); // 6 × 610 from November on and 2 × 250.50
    expect(since(printed({ ...rows, format: 4 }))).toBe("1751.00"); // 640 in March, 610 in April, and 2 × 250.50
    expect(figures.map(({ id }) => id).filter((id) => /^room|early/.test(id))).toEqual([]);
  });

  it("of the fourth format prints the same digits, with what was frozen and the hours that there are", async () => {
    const bytes = await readFile("test/fixtures/statements/format-4.ndjson");
    const { head, figures, rows } = verifyPack(
      bytes,
      "5c7277c631d89b86978bccca84fc7758f43744a4c5b83dd00d04d7e18e0f91c5",
    );

    expect(head.format).toBe(4);
    expect(rows.records.map(({ name }) => name)).toEqual(["Autumn", "Spring"]);
    expect(figures.find(({ id }) => id === "ledger.capacity.early.amount")?.value).toBe("2580.00");
    expect(figures.find(({ id }) => id === "room.unheld")?.value).toBe("0");
  });

  it.each([
    [1_300_000, true],
    [900_000, false],
    [700_000, true],
  ])("caps the grade where the books of its own month say %d and the terms 857142.86: %s", (amount, caps) => {
    const actuals = [{ costCentre: "4711", month: "2026-04", amount }];
    const rows = someRows({ ...WORKED, ...EVALUATED, month: "2026-04", actuals });
    const figures = printed(inDays(rows, { from: "2026-04-06", to: "2026-04-27" }));

    expect(figures.find(({ id }) => id === "books.2026-04.explained")?.value).toBe("857142.86");
    expect(figures.map(({ value }) => value).includes(BOOKS_DIFFER)).toBe(caps);
  });

  it("prints the ledger, where it went, what was lost on the way, and the books", async () => {
    const { text } = aPack(someRows(), await aSigner());

    const { figures, count } = verifyPack(Buffer.from(text), null);
    const values = new Map(figures.map(({ id, value }) => [id, value]));

    expect(values.get("ledger.capacity.agreed.amount")).toBe("900.00");
    expect(values.get("ledger.capacity.agreed.hours")).toBe("20.0");
    expect(values.get("ledger.capacity.sinceStart.amount")).toBe("4500.00"); // 900 in each of five months
    expect(values.get("ledger.capacity.early.amount")).toBe("2580.00"); // 900, and 24 × 70
    expect(values.get("ledger.avoided-loss.underWay.amount")).toBe("400.00");
    expect(values.get("ledger.capacity.expired.amount")).toBe("70.00");
    expect(values.get("ledger.cashable.sinceStart.amount")).toBe("1002.00");
    expect(values.get("placed.capacity.initiative.layer.amount")).toBe("1800.00");
    expect(values.get("placed.capacity.training.amount")).toBe("900.00");
    expect(values.get("placed.capacity.unplaced.amount")).toBe("1800.00"); // 900 and 4 × 225
    expect(values.get("placed.cashable.out-of-the-budget.amount")).toBe("501.00");
    expect(values.get("leak.capacity.planned")).toBe("100.00");
    expect(values.get("leak.cashable.withdrawn")).toBe("1000.00");
    expect(values.get("books.2026-05.actual")).toBe("1234.56");
    expect(values.get("books.2026-05.explained")).toBe("—");
    expect(count).toBe(text.split("\n").length - 1 - figures.length - 2);
  });

  it("names the line of any byte that is changed", async () => {
    const { text } = aPack(someRows({ ...WORKED }), await aSigner());
    const bytes = Buffer.from(text);
    expect(complaint(bytes)).toBeNull();

    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(bytes);
        changed[at] = Number(bytes[at]) ^ by;
        const line = bytes.subarray(0, at).filter((byte) => byte === 10).length + 1;

        expect(complaint(changed)?.line).toBe(line);
      }),
      { numRuns: 300 },
    );
  });

  it("is not good when a line is taken away, put in, or its end is cut off", async () => {
    const { text } = aPack(someRows(), await aSigner());
    const lines = text.split("\n").slice(0, -1);
    const without = (index: number) => Buffer.from(`${lines.toSpliced(index, 1).join("\n")}\n`);
    const twice = Buffer.from(`${lines.toSpliced(4, 0, ...lines.slice(3, 4)).join("\n")}\n`);

    for (const index of lines.keys()) expect(complaint(without(index)), String(index)).not.toBeNull();
    expect(complaint(twice)?.line).toBe(5);
    expect(complaint(Buffer.from(text.slice(0, -1)))?.line).toBe(lines.length);
    expect(complaint(Buffer.from(""))?.message).toBe("There is no statement in the file.");
  });

  it("names the figure that does not follow from the rows, though all of it was signed", async () => {
    const rows = someRows();
    const figures = printed(rows);
    const at = figures.findIndex(({ id }) => id === "ledger.capacity.agreed.amount");
    const more = [
      ...figures.slice(0, at),
      ...figures.slice(at, at + 1).map((one) => ({ ...one, value: "9000.00" })),
      ...figures.slice(at + 1),
    ];
    const signer = await aSigner();

    const raised = complaint(Buffer.from(aPack(rows, signer, more).text));
    const silent = complaint(Buffer.from(aPack(rows, signer, figures.slice(0, -1)).text));
    const added = complaint(Buffer.from(aPack(rows, signer, [...figures, ...figures.slice(0, 1)]).text));

    expect(raised?.message).toContain(
      "It prints ledger.capacity.agreed.amount 9000.00, and its rows give ledger.capacity.agreed.amount 900.00.",
    );
    expect(silent?.message).toContain("which the statement does not print");
    expect(added?.message).toContain("and its rows give nothing");
  });

  it("is told from one that somebody else signed, by the key that one was given", async () => {
    const [own, other] = [await aSigner(), await aSigner()];
    const { text } = aPack(someRows(), other);

    expect(complaint(Buffer.from(text), other.publicKey)).toBeNull();
    expect(complaint(Buffer.from(text), own.publicKey)?.message).toContain("and not with the one you were given");
    for (const digits of [fingerprint(other.publicKey), fingerprint(other.publicKey).replaceAll(" ", "")])
      expect(complaint(Buffer.from(text), digits)?.message).toBe("That is the fingerprint; --key wants all 64 digits.");
    const forged = pack({ ...HEAD }, someRows(), printed(someRows()), { ...other, publicKey: own.publicKey });
    expect(complaint(Buffer.from(forged.text))?.message).toContain("The signature is not one of the key");
  });

  it("has one hash: its signature written otherwise is none", async () => {
    const signer = await aSigner();
    const padded = (text: string) => `${signer.sign(text)}\n`;

    expect(complaint(Buffer.from(aPack(someRows(), signer).text))).toBeNull();
    expect(complaint(Buffer.from(aPack(someRows(), { ...signer, sign: padded }).text))?.message).toContain(
      "The signature is not one of the key",
    );
  });

  it("names nobody: neither who said nor who agreed to anything, and owners are roles or teams", async () => {
    const { text } = aPack(someRows({ ...WORKED, ...EVALUATED }), await aSigner());

    expect(/\\?"(actor|author)\\?":/.exec(text)).toBeNull();
    expect([...text.matchAll(/\\"signer\\":\\"(.*?)\\"/g)].map(([, signer]) => signer)).toEqual([SEALED, SEALED]);
    expect(new Set([...text.matchAll(/"owner":"(.*?)"/g)].map(([, owner]) => owner))).toEqual(
      new Set(["Finance", "Payments"]),
    );
    expect(text).not.toContain("Looked at.");
  });

  it("says what was frozen with which hash and when, and is not good where that is not so", async () => {
    const signer = await aSigner();
    const rows = someRows({ ...WORKED, ...EVALUATED, month: "2026-04" });
    const { figures } = verifyPack(Buffer.from(aPack(rows, signer).text), null);
    const value = (id: string) => figures.find((one) => one.id === id)?.value;
    const [baseline = expect.fail("None."), plan = expect.fail("None.")] = EVALUATED.records;
    const said = (draft: Partial<StatementRows>) =>
      complaint(Buffer.from(aPack({ ...rows, ...draft }, signer).text))?.message;
    const other = { kind: "baseline", name: "Autumn", scope: "organisation", to: "2026-02-02", hours: [] } as const;

    expect(value("savings.baseline.hash")).toBe(baseline.hash);
    expect(value("savings.baseline.frozen")).toBe("2026-01-15");
    expect(value("savings.baseline.signer")).toBe(SEALED);
    expect(value("savings.registered.hash")).toBe(plan.hash);
    expect(value("assumptions.owners")).toBe("Finance (6)");
    expect([value("savings.weeks"), value("savings.weeks.new")]).toEqual(["6", "4"]);
    expect(said({ records: [{ ...baseline, hash: "0".repeat(64) }, plan] })).toContain("does not have the hash 000");
    expect(said({ records: [{ ...baseline, frozenOn: "2025-01-15" }, plan] })).toContain("says another name, kind");
    expect(said({ records: [plan] })).toContain("“Autumn” is not among what was frozen");
    expect(said({ records: [baseline] })).toContain("The plan “Spring” is not among");
    expect(said({ records: [frozen({ ...other, from: "2025-08-11" }, 1), plan] })).toContain("other days are compared");
    expect(said({ caps: [{ scope: "organisation", bucket: "toil", hours: 5 }] })).toContain("What buckets held is not");
    expect(
      said({
        records: [
          { ...baseline, content: null },
          { ...plan, content: null },
        ],
      }),
    ).toBeUndefined();
  });

  it("holds lines against the hours that there are, and caps the grade where nobody said how many", async () => {
    const known = someRows({ ...WORKED, ...EVALUATED, month: "2026-04" });
    const values = (rows: StatementRows) => printed(rows).map(({ id, value }) => `${id} ${value}`);
    const nobody = "Finance agreed to 1 line of hours of which nobody said how many there are.";
    const { assumptions } = known;

    expect(values(known)).toEqual(
      expect.arrayContaining([
        "room.team:payments.capacity.claimed 20.0",
        "room.team:payments.capacity.held 13914.3",
        "room.unheld 0",
      ]),
    );
    expect(values({ ...known, assumptions: assumptions.filter(({ what }) => what !== "capacity") })).toContain(
      "room.unheld 1",
    );
    expect(printed({ ...known, scopes: [] }).map(({ value }) => value)).toContain(nobody);
    expect(printed(known).map(({ value }) => value)).not.toContain(nobody);
  });

  it("keeps its key", async () => {
    const signer = await aSigner();

    expect(signer.publicKey).toMatch(/^[0-9a-f]{64}$/);
    expect(signer.sign("a")).toBe(signer.sign("a"));
  });
});
