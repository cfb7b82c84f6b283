import { describe, expect, it } from "vitest";
import type { DeliveryEvent } from "#metrics/events.ts";
import { DAY, HOUR, WEEK } from "#metrics/time.ts";
import type { Reply } from "#server/contract.ts";
import { aFinding, aUseCase } from "#test/metrics/programme/declared.ts";
import { aChange, aCommit, aRelease, aRepository } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { declare } from "#test/support/one-team.ts";

const config = { ...told, services: [{ name: "acme/shop", system: "Tills" }] };

/** Merged a day after it was opened, and looked at for the first time after so many hours. */
function aMerge(index: number, labels: readonly string[], reviewedAfter: number): readonly DeliveryEvent[] {
  const openedAt = at("2026-03-02") + index * WEEK;
  const [sha, mergedAt] = [`sha-${index}`, openedAt + DAY];
  const parents = [`sha-${index - 1}`].slice(Number(index === 0));
  const reviews = [{ author: "b", authorKind: "human" as const, at: openedAt + reviewedAfter * HOUR }];
  return [
    aCommit(sha, { authoredAt: openedAt, committedAt: mergedAt, parents }),
    aChange(index + 1, {
      title: `Change ${index + 1}`,
      openedAt,
      mergedAt,
      closedAt: mergedAt,
      mergeCommit: sha,
      labels,
      reviews: reviews.map((review) => ({ ...review, kind: "approval" as const, byChangeAuthor: false })),
      commits: [{ sha, authoredAt: openedAt }],
    }),
  ];
}

function blocked(label: string): readonly DeliveryEvent[] {
  const merges = Array.from({ length: 16 }, (_, index) => aMerge(index, index % 2 === 0 ? [label] : [], 6));
  return [aRepository({ head: "sha-15" }), ...merges.flat()];
}

/** Each of them, an hour after it was merged. */
const released = Array.from({ length: 16 }, (_, index) =>
  aRelease(`v1.${index}.0`, {
    sha: `sha-${index}`,
    publishedAt: at("2026-03-02") + index * WEEK + DAY + HOUR,
    prerelease: false,
  }),
);

async function ask<T>({ get }: Headway, path: string): Promise<T> {
  const answer = await get(path);
  expect(answer.status, answer.text).toBe(200);
  return answer.json();
}

describe("bottlenecks of the backbone", () => {
  it("are what changes waited for, each hour once, and the rows add up to it", async () => {
    const headway = await aHeadway({ config, tells: [blocked("blocked:core-ledger")] });
    const { systems, hours, shares, unknown } = await ask<Reply<"/api/backbone">>(headway, "/api/backbone");
    const waits = await ask<Reply<"/api/backbone/waits">>(headway, "/api/backbone/waits?system=core-ledger");

    expect(systems).toMatchObject([
      { system: "Tills", hours: 48, measured: 48 },
      { system: "core-ledger", hours: 192, declared: 192 },
    ]);
    expect(waits).toMatchObject({ total: 8, hours: 192 });
    expect(waits.rows[0]).toMatchObject({ kind: "dependency", certainty: "declared", hours: 24, service: "acme/shop" });
    expect(hours).toBeCloseTo(240 + unknown.reduce((all, one) => all + one.hours, 0), 6);
    expect(shares?.declared).toBeCloseTo(192 / hours, 9);
    expect(Object.values({ ...shares }).reduce((all, share) => all + share, 0)).toBeCloseTo(1, 9);
  });

  it("are worth nothing that anybody knows where no use case needs their services, and have no rank by it", async () => {
    const headway = await aHeadway({ config, tells: [blocked("blocked:core-ledger")] });
    await declare(headway, "systems", { name: "crm" });
    await declare(headway, "useCases", aUseCase("advice", { systems: ["crm"] }));

    const { unit, constraint, systems } = await ask<Reply<"/api/backbone">>(headway, "/api/backbone");

    expect([unit, constraint]).toEqual(["money", null]);
    expect(systems.map(({ system, hours, parts, removable }) => [system, hours, parts.value.money, removable])).toEqual(
      [
        ["Tills", 48, null, null],
        ["core-ledger", 192, null, null],
      ],
    );
    expect(systems[0]?.words).toContain("no use case says what waiting here is worth");
  });

  it("are at the gate of a wave those of the whole organisation, since waits are told of systems and not of teams", async () => {
    const teams = [{ name: "tills", services: ["acme/shop"] }, { name: "office" }];
    const headway = await aHeadway({
      config: { ...config, teams },
      tells: [[...blocked("blocked:core-ledger"), ...released]],
    });
    await declare(headway, "waves", { id: "first", title: "First wave", from: "2026-05-04", teams: ["office"] });
    await declare(headway, "useCases", aUseCase("tills", { systems: ["Tills"] }));
    await declare(headway, "systems", { name: "crm" });
    await declare(headway, "useCases", aUseCase("advice", { systems: ["crm"] }));
    const constraintOf = async (question: string) => {
      const { conditions } = await ask<Reply<"/api/gate">>(headway, `/api/gate?${question}`);
      const found = conditions.find(({ id }) => id === "constraint");
      return [found?.state, found?.evidence];
    };
    const [state, evidence] = await constraintOf("");

    expect(state).toBe("met");
    expect(evidence).toContain("core-ledger");
    expect(await constraintOf("wave=first")).toEqual([
      "met",
      evidence?.replace("core-ledger", "core-ledger, of the whole organisation"),
    ]);
    expect(await constraintOf("useCase=tills")).toEqual([state, evidence]);
    // Nothing that this one needs waited for anything.
    expect((await constraintOf("useCase=advice"))[0]).toBe("cannot-be-said");
  });

  it("are named on the page for leadership as measured where they are ranked, and not again as declared", async () => {
    const headway = await aHeadway({ config, tells: [[...blocked("blocked:core-ledger"), ...released]] });
    await declare(headway, "useCases", aUseCase("tills", { systems: ["Tills"] }));
    await declare(headway, "assessment", aFinding("Tills"));
    const { sentence, systems } = await ask<Reply<"/api/backbone">>(headway, "/api/backbone");
    const { parts } = await ask<Reply<"/api/leadership">>(headway, "/api/leadership");
    const part = parts.find(({ id }) => id === "backbone");

    expect(part?.sentence).toBe(`Measured: ${sentence}`);
    // What was measured is not told a second time as what somebody declared of it.
    expect(part?.rows.map(({ name }) => name)).toEqual(systems.map(({ system }) => `${system} (measured)`));
  });

  it("are on the page for leadership what people declared where too much is unknown to rank", async () => {
    const headway = await aHeadway({ config, tells: [blocked("nothing-of-it")] });
    await declare(headway, "useCases", aUseCase("tills", { systems: ["Tills"] }));
    await declare(headway, "assessment", aFinding("Tills"));
    const { shares } = await ask<Reply<"/api/backbone">>(headway, "/api/backbone");
    const { parts } = await ask<Reply<"/api/leadership">>(headway, "/api/leadership");
    const part = parts.find(({ id }) => id === "backbone");

    expect(shares?.unknown).toBeGreaterThan(0.3);
    expect(part?.sentence).toContain("Integration of Tills blocks “Use case tills”; no initiative has taken it up.");
    expect(part?.rows.map(({ name, words }) => [name, words])).toEqual([
      ["Tills, integration (declared)", "blocks “Use case tills”. No initiative takes it up."],
    ]);
  });

  it("refuse a use case that is not there", async () => {
    const { get } = await aHeadway({ config, tells: [blocked("blocked:x")] });
    const answers = await Promise.all(
      ["/api/backbone?useCase=nobody", "/api/backbone/waits?useCase=nobody", "/api/backbone?removable=2"].map(
        async (path) => get(path),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  });
});
