import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Config } from "#config/schema.ts";
import { canonicalOf } from "#metrics/baselines/canonical.ts";
import { Memory } from "#server/answers/memory.ts";
import { progressOf } from "#server/answers/progressed.ts";
import type { CommandReply, Reply } from "#server/contract.ts";
import { aUseCase } from "#test/metrics/programme/declared.ts";
import { DERIVATION } from "#server/refresh.ts";
import { at } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { change, serve } from "#test/support/installation.ts";
import { agree, aSeriousAlert, aTeamThatGotFaster, declare } from "#test/support/one-team.ts";

type Held = CommandReply<"/api/reviews/freeze">;
type Review = Reply<"/api/review">;

async function hold({ post }: Pick<Headway, "post">, has: object = {}): Promise<Held> {
  const minutes = { minutes: "We looked at the gate.", decisions: ["Go on."], actor: "Ada", save: true, ...has };
  const answer = await post("/api/reviews/freeze", minutes);
  expect(answer.status, answer.text).toBe(200);
  return answer.json();
}

async function reviewOf({ get }: Pick<Headway, "get">, id: number | null): Promise<Review> {
  const answer = await get(`/api/review?id=${id}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.json();
}

/** All that must never be another thing. */
function frozenOf(review: Review): unknown {
  return { ...review, different: null, consents: [] };
}

const alert = aSeriousAlert("a", at("2026-05-01"), null);

/** What may change after a review, and what of it the page must show. */
const CHANGES: readonly (readonly [string, (headway: Headway) => Promise<unknown>, object])[] = [
  ["data", async (headway) => headway.sync(), { of: "Data", what: "until" }],
  ["the programme", async (headway) => declare(headway, "useCases", aUseCase("instant")), { of: "Programme" }],
  ["who agreed", async (headway) => agree(headway, "sponsor"), { group: "gate", of: "consent", what: "evidence" }],
  [
    "what counts",
    async ({ judge }) => judge({ kind: "days", from: "2026-06-01", to: "2026-06-30" }),
    { group: "metric", what: "value" },
  ],
];

describe("a review", () => {
  it("shows what would be frozen, and freezes nothing by that", async () => {
    const headway = await aTeamThatGotFaster();
    const shown = await hold(headway, { save: false });

    expect(shown).toMatchObject({ id: null, hash: null, outcome: "hold", basis: { programme: null } });
    expect(shown.things).toContainEqual({
      group: "service",
      of: "acme/shop",
      what: "Trunk-based development",
      value: "adopted",
    });
    expect((await headway.get("/api/reviews")).json()).toEqual([]);
  });

  it("keeps decisions of the minutes beside those that are given, and shows them before", async () => {
    const headway = await aTeamThatGotFaster();
    const minutes = "We looked.\nDecision: Ask finance.";
    const shown = await hold(headway, { minutes, save: false });
    const held = await hold(headway, { minutes });

    expect(shown.decisions).toEqual(["Go on.", "Ask finance."]);
    expect((await reviewOf(headway, held.id)).decisions).toEqual(shown.decisions);
  });

  it("makes nothing anew that the next one rests on, while what people declare does", async () => {
    const headway = await aTeamThatGotFaster();
    const { installation } = headway;
    const memory = new Memory(installation.store);
    const before = await progressOf(installation, {}, memory);
    await hold(headway);
    const held = await progressOf(installation, {}, memory);
    await declare(headway, "useCases", aUseCase("instant"));
    const declared = await progressOf(installation, {}, memory);

    expect(held).toBe(before);
    expect(declared).not.toBe(before);
    expect(declared.programme.useCases).toHaveLength(1);
  });

  it("freezes what is known with what was said, and its hash is that of its text", async () => {
    const headway = await aTeamThatGotFaster();
    const held = await hold(headway, { kind: "steering" });
    const review = await reviewOf(headway, held.id);

    expect(review).toMatchObject({
      id: 1,
      kind: "steering",
      about: { kind: "programme" },
      actor: "Ada",
      minutes: "We looked at the gate.",
      decisions: ["Go on."],
      outcome: "hold",
      follows: null,
      isIntact: true,
      different: [],
    });
    expect(createHash("sha256").update(review.text).digest("hex")).toBe(review.hash);
    const content: object = JSON.parse(review.text);
    expect(canonicalOf(content)).toBe(review.text);
    expect(review.things).toEqual(held.things);
    expect(review.conditions).toHaveLength(8);
  });

  it.each(CHANGES)("stays as it is when another thing is %s, and shows what is different", async (_, happen, shown) => {
    const later = { now: at("2026-06-30T12:00") };
    const headway = await aTeamThatGotFaster([[alert]], () => later.now);
    const { id } = await hold(headway);
    const before = await reviewOf(headway, id);
    later.now += 1;
    await happen(headway);
    const after = await reviewOf(headway, id);

    expect(frozenOf(after)).toEqual(frozenOf(before));
    expect(before.different).toEqual([]);
    expect(after.different).toContainEqual(expect.objectContaining(shown));
    expect((await hold(headway)).hash).not.toBe(after.hash);
  });

  it("stays as it is when definitions are others, and shows what is different", async () => {
    const headway = await aTeamThatGotFaster();
    const { id } = await hold(headway);
    const before = await reviewOf(headway, id);
    const services = [{ name: "acme/shop", team: "money", system: "tills", releaseClass: "embedded" }];
    const config = Config.parse({ ...told, services });
    const other = await serve({ ...headway.installation, config });
    const after = await reviewOf(other, id);

    expect(frozenOf(after)).toEqual(frozenOf(before));
    expect(after.different).toContainEqual(
      expect.objectContaining({
        of: "cadence",
        what: "evidence",
        today: "The class of no service allows it, so nobody is asked.",
      }),
    );
    expect(after.different).toContainEqual(expect.objectContaining({ of: "Configuration", what: "hash" }));
  });

  it("stays as it is when facts are derived in another way, and shows by which they were", async () => {
    const headway = await aTeamThatGotFaster();
    const { id } = await hold(headway);
    const held = await reviewOf(headway, id);
    const { path } = headway.installation.store;
    // As an earlier Headway held it, whose facts were derived by another definition.
    const text = held.text
      .replaceAll(`"derivation":${DERIVATION}`, `"derivation":${DERIVATION - 1}`)
      .replaceAll(`"value":"${DERIVATION}","what":"derivation"`, `"value":"${DERIVATION - 1}","what":"derivation"`);
    const hash = createHash("sha256").update(text).digest("hex");
    await change(path, "drop trigger review_no_update");
    await change(
      path,
      `update review set content = '${text.replaceAll("'", "''")}', hash = '${hash}' where id = ${id}`,
    );
    const before = await reviewOf(headway, id);
    await change(path, "update service set definition = 'of an earlier Headway'");
    await headway.sync();
    const after = await reviewOf(headway, id);

    expect(before).toMatchObject({ isIntact: true, basis: { derivation: DERIVATION - 1 } });
    expect(frozenOf(after)).toEqual(frozenOf(before));
    expect(after.different).toContainEqual({
      group: "basis",
      of: "Facts",
      what: "derivation",
      frozen: `${DERIVATION - 1}`,
      today: `${DERIVATION}`,
    });
  });

  it("stays as it is when its source is gone, and shows what is not there any more", async () => {
    const headway = await aTeamThatGotFaster();
    const { id } = await hold(headway);
    const before = await reviewOf(headway, id);
    const gone = await serve({ ...headway.installation, sources: [] });
    const after = await reviewOf(gone, id);

    expect(before.things).toContainEqual(expect.objectContaining({ group: "service", of: "acme/shop" }));
    expect(frozenOf(after)).toEqual(frozenOf(before));
    expect(after.isIntact).toBe(true);
    expect(after.different).toContainEqual(
      expect.objectContaining({ group: "service", of: "acme/shop", what: "stage", today: null }),
    );
  });

  it("follows the one before it, and tells when somebody changed the database", async () => {
    const headway = await aTeamThatGotFaster();
    const [first, second] = [await hold(headway), await hold(headway)];
    const intact: Reply<"/api/reviews"> = (await headway.get("/api/reviews")).json();
    const { path } = headway.installation.store;
    await expect(change(path, "update review set actor = 'Eve'")).rejects.toThrow("is never changed");
    await change(path, "drop trigger review_no_update");
    await change(path, "update review set hash = 'e' where id = 1");
    const broken: Reply<"/api/reviews"> = (await headway.get("/api/reviews")).json();

    expect((await reviewOf(headway, second.id)).follows).toBe(first.hash);
    expect(intact.map(({ id, isIntact }) => [id, isIntact])).toEqual([
      [2, true],
      [1, true],
    ]);
    expect(broken.map(({ isIntact }) => isIntact)).toEqual([false, false]);
  });

  it("names who agreed after they saw it, and the gate says what they saw", async () => {
    const headway = await aTeamThatGotFaster();
    const { id, hash } = await hold(headway);
    await agree(headway, "finance", { snapshot: hash });
    await hold(headway);
    const gate: Reply<"/api/gate"> = (await headway.get("/api/gate")).json();

    expect((await reviewOf(headway, id)).consents).toMatchObject([{ party: "finance", answer: "agreed" }]);
    expect(gate.consents).toMatchObject([{ party: "finance", saw: "Review 1, and 1 review came after it." }]);
  });

  it("is held for a use case, whose end it outlives, and refused for one that is not there", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "useCases", aUseCase("instant", { services: ["acme/shop"] }));
    const { id, about } = await hold(headway, { useCase: "instant" });
    const { version }: Reply<"/api/programme"> = (await headway.get("/api/programme")).json();
    const gone = { list: "useCases", key: "instant", follows: version?.version, actor: "Ada" };
    await headway.post("/api/programme/remove", gone);

    expect(about).toEqual({ kind: "use-case", id: "instant", title: "Use case instant" });
    expect(await reviewOf(headway, id)).toMatchObject({ about, isIntact: true, different: null });
    const none = { useCase: "none", actor: "Ada", save: true };
    expect((await headway.post("/api/reviews/freeze", none)).status).toBe(400);
    expect((await headway.get("/api/review?id=7")).text).toContain("The last one is 1.");
  });

  it("says that nothing was held yet, and asks who holds one", async () => {
    const headway = await aHeadway({ config: told, tells: [[]] });

    expect((await headway.get("/api/review?id=1")).text).toContain("No review was held yet.");
    expect((await headway.post("/api/reviews/freeze", { save: true, actor: " " })).text).toContain("Say who holds it.");
  });
});
