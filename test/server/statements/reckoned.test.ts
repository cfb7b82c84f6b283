import { expect, it } from "vitest";
import { DAY, HOUR } from "#metrics/time.ts";
import type { Reply } from "#server/contract.ts";
import { anAssumption } from "#test/metrics/programme/declared.ts";
import { aCommit, aDeployment, aLine, aRepository } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import { aHeadway, told } from "#test/support/headway.ts";

const START = at("2026-01-05");
const days = Array.from({ length: 24 * 7 }, (_, day) => day);
const commits = days.map((day) =>
  aCommit(`c${day}`, { authoredAt: START + day * DAY, committedAt: START + day * DAY }),
);
const deployments = days.map((day) => aDeployment(String(day), `c${day}`, START + day * DAY + 12 * HOUR));

it("reckons what was saved from the weeks of teams, and every digit is printed again from them", async () => {
  const events = [aRepository({ head: `c${days.at(-1)}` }), ...aLine(...commits), ...deployments];
  const { get, post } = await aHeadway({ config: told, tells: [events] });
  for (const [index, name] of (["rate", "capacity"] as const).entries()) {
    const change = { list: "assumptions", thing: anAssumption(name, 50) };
    const set = await post("/api/programme/set", { change, follows: [null, 1][index], actor: "Office" });
    expect(set.status, set.text).toBe(200);
  }

  const issued = await post("/api/savings/statements/issue", { month: "2026-05", actor: "Finance" });
  const statement = (await get("/api/savings/statement?month=2026-05&as=pack")).json<Reply<"/api/savings/statement">>();

  expect(issued.status, issued.text).toBe(200);
  expect(statement.problem).toBeNull();
  expect(statement.figures.map(({ id }) => id)).toContain("savings.gross.share.likely");
  expect(statement.figures.map(({ id }) => id)).toContain("effect.lost.verdict");
  expect(statement.figures.find(({ id }) => id === "effect.draws")?.value).toBe("5000");
  expect(statement.file?.body).toContain('"period":{"from":"2026-03-30","to":"2026-06-01"}');
  expect(statement.file?.body).toContain('"week":"2026-05-25"');
  expect(statement.file?.body).not.toContain('"week":"2026-06-01"');
});
