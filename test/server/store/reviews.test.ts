import { describe, expect, it } from "vitest";
import { at } from "#test/support/fake-host.ts";
import { aDatabase, aStore, change, query } from "#test/support/installation.ts";

const noon = at("2026-06-30T12:00");
const review = { kind: "monthly", about: "programme", content: "{}", hash: "aa", actor: "Ada", madeAt: noon };
const assessment = { team: "payments", quarter: "2026-Q2", role: "lead", answers: `{"culture":4}`, madeAt: noon };

describe("the store of reviews", () => {
  it("keeps what was frozen as it was, one after the other", async () => {
    const store = await aStore();
    const first = await store.addReview(null, review);
    const second = await store.addReview("aa", { ...review, kind: "steering", hash: "bb" });

    expect([first, second]).toEqual([1, 2]);
    expect(await store.reviews()).toEqual([
      { id: 1, ...review },
      { id: 2, ...review, kind: "steering", hash: "bb" },
    ]);
  });

  it("keeps nothing that follows another one than the newest", async () => {
    const store = await aStore();
    await store.addReview(null, review);

    expect(await store.addReview(null, { ...review, hash: "bb" })).toBeNull();
    expect(await store.addReview("cc", { ...review, hash: "bb" })).toBeNull();
    expect(await store.reviews()).toHaveLength(1);
  });

  it("keeps every answer of a team, and writes down that a role answered, without the answers", async () => {
    const database = aDatabase();
    const store = await aStore(database);
    await store.addTeamAssessment(assessment);
    await store.addTeamAssessment({ ...assessment, answers: `{"culture":5}` });

    expect((await store.teamAssessments()).map(({ answers }) => answers)).toEqual([`{"culture":4}`, `{"culture":5}`]);
    expect(await query(database, "select actor, action, subject, after from audit order by id limit 1")).toEqual([
      { actor: "payments: lead", action: "assessment.add", subject: "payments 2026-Q2", after: `{"role":"lead"}` },
    ]);
  });

  it.each([
    'update review set content = \'{"minutes":""}\'',
    "delete from review",
    "update team_assessment set answers = '{}'",
    "delete from team_assessment",
  ])("lets nobody change it: %s", async (statement) => {
    const database = aDatabase();
    const store = await aStore(database);
    await store.addReview(null, review);
    await store.addTeamAssessment(assessment);

    await expect(change(database, statement)).rejects.toThrow("is never changed");
  });
});
