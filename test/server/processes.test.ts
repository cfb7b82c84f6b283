import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Store } from "#server/store/store.ts";
import { build, ended } from "#test/support/cli.ts";
import { query } from "#test/support/installation.ts";
import type { OwnServer } from "#test/support/postgres/server.ts";
import { startOwnServer } from "#test/support/postgres/server.ts";
import {
  aWhile,
  aWorkplace,
  aWorld,
  createDatabase,
  heldBy,
  judge,
  noteLeases,
  Process,
  ROUNDS,
  started,
} from "#test/support/two-processes.ts";

let server: OwnServer;
beforeAll(async () => {
  build();
  server = (await startOwnServer()) ?? expect.fail("There is no PostgreSQL.");
}, 120_000);
afterAll(async () => server.stop());

describe("two servers on one database", () => {
  it(
    `end with what one undisturbed has, and never ask a host at the same time, through ${ROUNDS} kills, restarts of the database and cuts`,
    { timeout: 90_000 + ROUNDS * 10_000 },
    async () => {
      const world = await aWorld(3);
      const folder = aWorkplace(world);
      const shared = await createDatabase(server.url, `shared_${process.pid}`);
      await (await Store.open(shared)).close();
      await noteLeases(shared);
      const [one, two] = await Promise.all([
        Process.start(world, folder, shared),
        Process.start(world, folder, shared),
      ]);
      const disturbances = [
        async () => one.kill(shared).then(async () => two.ring().then(async () => one.begin())),
        async () => two.cut(300),
        async () => server.restart("fast"),
        async () => two.kill(shared).then(async () => one.ring().then(async () => two.begin())),
        async () => one.cut(1500),
        async () => server.restart("immediate"),
      ];

      for (let round = 0; round < ROUNDS; round++) {
        world.goesOn();
        await Promise.all([one.ring(), two.ring()]);
        await aWhile();
        await disturbances[round % disturbances.length]?.();
      }
      const ends = await Promise.all([one.stop(), two.stop()]);
      const last = await ended(started(world, folder, shared, "sync", "--json").child);
      const alone = await createDatabase(server.url, `alone_${process.pid}`);
      const undisturbed = await ended(started(world, aWorkplace(world), alone, "sync", "--json").child);

      expect(
        { ends: ends.map(({ code }) => code), last: last.code, undisturbed: undisturbed.code },
        last.stdout,
      ).toEqual({ ends: [0, 0], last: 0, undisturbed: 0 });
      expect(ends.map(({ said }) => said).join("\n")).not.toContain("should not have happened");
      const judged = await judge(shared, world, [one, two]);
      expect(judged.tooSoon).toEqual([]);
      expect(judged.outOfTurn).toEqual([]);
      expect(judged.takenOver).toBeGreaterThan(0);
      expect((await query(shared, "select * from commit_fact")).length).toBeGreaterThan(300);
      expect(await heldBy(shared)).toEqual(await heldBy(alone));
    },
  );
});
