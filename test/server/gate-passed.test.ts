import { expect, it } from "vitest";
import { PARTIES } from "#metrics/programme/programme.ts";
import type { Reply } from "#server/contract.ts";
import type { Headway } from "#test/support/headway.ts";
import { agree } from "#test/support/one-team.ts";
import { aFirstWave, failuresInJune } from "#test/support/well-run.ts";

async function ask<T>({ get }: Headway, path: string): Promise<T> {
  const answer = await get(path);
  expect(answer.status, answer.text).toBe(200);
  return answer.json();
}

async function gateOf(headway: Headway) {
  const { outcome, conditions } = await ask<Reply<"/api/gate">>(headway, "/api/gate?wave=first");
  return { outcome, open: conditions.filter(({ state }) => state !== "met").map(({ id, state }) => `${id} ${state}`) };
}

/** The stage of a service of the wave, and what its next one lacks. */
async function stageOf(headway: Headway) {
  const { services } = await ask<Reply<"/api/progress">>(headway, "/api/progress?wave=first");
  return services.map(({ stage, missing }) => ({ stage, missing: missing.map(({ id }) => id) }));
}

/** The same of each of the four. */
const all = (stage: number, ...missing: readonly string[]) => Array.from({ length: 4 }, () => ({ stage, missing }));

it("takes services whose wave passes the gate to the last stage, and back when a condition fails", async () => {
  const headway = await aFirstWave(failuresInJune());

  expect(await gateOf(headway)).toEqual({ outcome: "conditional", open: ["consent not-met"] });
  expect(await stageOf(headway)).toEqual(all(4, "gate"));

  for (const party of PARTIES) await agree(headway, party);

  expect(await gateOf(headway)).toEqual({ outcome: "pass", open: [] });
  expect(await stageOf(headway)).toEqual(all(5));

  await agree(headway, "security", { answer: "refused" });

  expect(await gateOf(headway)).toEqual({ outcome: "hold", open: ["consent not-met"] });
  expect(await stageOf(headway)).toEqual(all(4, "gate"));

  await agree(headway, "security");
  await headway.sync();
  const failing = await gateOf(headway);

  expect(failing.outcome).toBe("hold");
  expect(failing.open).toContain("stability not-met");
  expect(await stageOf(headway)).toEqual(all(3, "fail-rate-not-worse"));
}, 240_000);
