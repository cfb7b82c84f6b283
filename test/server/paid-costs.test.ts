import { describe, expect, it } from "vitest";

import type { CommandReply, Reply } from "#server/contract.ts";
import { aHeadway, told } from "#test/support/headway.ts";

const FILE = `kind,title,month,amount,team,owner
licences,Tools,2026-01,9800,,Purchasing
licences,Tools,2026-02,8600.50,,
contractors,Testers,2026-02,14000,,
overtime,Weekends,2026-02,0,,
downtime,Penalties,2026-02,2500,,
`;

async function anOffice() {
  const server = await aHeadway({ config: told, tells: [[]] });
  return {
    take: async (text: string, save = true) =>
      server.post("/api/programme/costs/import", { text, save, actor: "Controlling" }),
    costs: async () => (await server.get("/api/programme")).json<Reply<"/api/programme">>().programme.costs,
    history: async () => (await server.get("/api/programme/history")).json<Reply<"/api/programme/history">>(),
  };
}

describe("costs of a file", () => {
  it("are shown first, then taken as a version of the programme, and taken once", async () => {
    const { take, costs, history } = await anOffice();

    const dry = (await take(FILE, false)).json<CommandReply<"/api/programme/costs/import">>();
    const nothing = await costs();
    await take(FILE);
    const again = await take(FILE.replace("8600.50", "8500"));
    const same = await take(FILE.replace("8600.50", "8500"));

    expect(dry).toMatchObject({ counts: { new: 5, changed: 0, same: 0, refused: 0 }, mistakes: [] });
    expect(nothing).toEqual([]);
    expect(again.json()).toMatchObject({
      counts: { new: 0, changed: 1, same: 4, refused: 0 },
      rows: [{ kind: "licences", title: "Tools", team: null, month: "2026-02", before: 8600.5, after: 8500 }],
    });
    expect(same.json()).toMatchObject({ counts: { new: 0, changed: 0, same: 5, refused: 0 }, rows: [] });
    expect((await costs()).map(({ kind, owner, months }) => [kind, owner, months.map(({ cost }) => cost)])).toEqual([
      ["licences", "Purchasing", [9800, 8500]],
      ["contractors", "Finance", [14_000]],
      ["overtime", "Finance", [0]],
      ["downtime", "Finance", [2500]],
    ]);
    expect((await history()).map(({ actor, reason }) => [actor, reason])).toEqual([
      ["Controlling", "Costs of a file"],
      ["Controlling", "Costs of a file"],
    ]);
  });

  it("name every mistake with its line, and take nothing while there is one", async () => {
    const { take, costs } = await anOffice();
    const wrong = `kind;title;month;amount;currency
licence;Tools;2026-01;5;EUR
licences;;2026-01;5;EUR
licences;Tools;January;5;EUR
licences;Tools;2026-01;1.000,50;EUR
licences;Tools;2026-01;-5;EUR
licences;Tools;2026-01;5;USD
licences;Tools
licences;Tools;2026-01;5;EUR
licences;tools;2026-01;6;EUR
`;

    const { mistakes, counts } = (await take(wrong)).json<CommandReply<"/api/programme/costs/import">>();
    const table = await take("what,amount\n1,2\n");
    const stranger = await take(`${FILE.split("\n")[0]}\nlicences,Tools,2026-01,5,nobody,\n`);

    expect(mistakes.map(({ line, reason }) => `${line} ${reason.split(". ")[0]}`)).toEqual([
      '2 There are no costs of the kind "licence"',
      "3 Say what is paid for, in 200 letters at most.",
      '4 "January" is no month',
      '5 "1.000,50" is no cost',
      '6 "-5" is no cost',
      "7 The programme is in EUR, and this is USD",
      "8 It has 2 cells, and there are 5 columns.",
      "10 Line 9 says the same cost and month",
    ]);
    expect(counts.refused).toBe(8);
    expect(table.status).toBe(400);
    expect(table.text).toContain("there is no column kind, title, month");
    expect(stranger.status).toBe(400);
    expect(stranger.text).toContain("nobody");
    expect(await costs()).toEqual([]);
  });
});
