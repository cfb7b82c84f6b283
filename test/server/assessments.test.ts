import { describe, expect, it } from "vitest";
import type { Reply } from "#server/contract.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { query } from "#test/support/installation.ts";

const config = { ...told, services: [{ name: "acme/shop", team: "money" }] };
const said = { team: "money", quarter: "2026-Q2", role: "team", answers: { culture: 4, leadership: null } };

async function look({ get }: Headway): Promise<Reply<"/api/assessments">> {
  return (await get("/api/assessments")).json();
}

describe("what teams say of themselves", () => {
  it("is asked of each team, and nothing is answered at first", async () => {
    const { quarter, teams, questions, answers } = await look(await aHeadway({ config, tells: [[]] }));

    expect(quarter).toBe("2026-Q2");
    expect(teams).toEqual(["money"]);
    expect(questions.map(({ id }) => id)).toContain("deployment-pain");
    expect(answers).toEqual([]);
  });

  it("holds as it was said last, by role, and nobody's name is kept with it", async () => {
    const headway = await aHeadway({ config, tells: [[]] });
    await headway.post("/api/assessments/add", said);
    await headway.post("/api/assessments/add", { ...said, role: "product", answers: { culture: 2 } });
    await headway.post("/api/assessments/add", { ...said, answers: { culture: 5 } });
    const { answers } = await look(headway);

    expect(answers).toEqual([
      { team: "money", quarter: "2026-Q2", role: "team", answers: { culture: 5 } },
      { team: "money", quarter: "2026-Q2", role: "product", answers: { culture: 2 } },
    ]);
    const written = await query(
      headway.installation.store.path,
      "select actor from audit where action = 'assessment.add'",
    );
    expect(new Set(written.map(({ actor }) => actor))).toEqual(new Set(["money: team", "money: product"]));
  });

  it("changes nothing that is measured", async () => {
    const headway = await aHeadway({ config, tells: [[]] });
    const before = [(await headway.get("/api/progress")).text, (await headway.get("/api/gate")).text];
    await headway.post("/api/assessments/add", said);

    expect([(await headway.get("/api/progress")).text, (await headway.get("/api/gate")).text]).toEqual(before);
  });

  it.each([
    [{ team: "mony" }, 'Did you mean \\"money\\"?'],
    [{ quarter: "2026-Q3" }, "has not begun"],
    [{ quarter: "2026" }, "This is no quarter"],
    [{ answers: { culture: 6 } }, "Too big"],
    [{ answers: { karma: 3 } }, "no question"],
    [{ answers: { culture: null } }, "Nothing was answered"],
    [{ actor: "Ada" }, "Unrecognized key"],
  ])("is refused when it is %j", async (other, words) => {
    const { post } = await aHeadway({ config, tells: [[]] });
    const answer = await post("/api/assessments/add", { ...said, ...other });

    expect(answer.status).toBe(400);
    expect(answer.text).toContain(words);
  });
});
