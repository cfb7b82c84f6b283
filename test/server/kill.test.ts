import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aFolder } from "#test/support/git-repository.ts";
import { headway as inProcess } from "#test/server/cli/support.ts";
import { build, ended, headway } from "#test/support/cli.ts";
import { contentOf, query } from "#test/support/installation.ts";
import type { LargeRepository } from "#test/support/large-repository.ts";
import { aLargeRepository } from "#test/support/large-repository.ts";

/** What the program that is killed seals, the one after it opens. */
const SAME_KEY = { HEADWAY_KEY: String(process.env["HEADWAY_KEY"]) };
const KILLS = 20;
const COMMITS = 2000;

let repository: LargeRepository;
beforeAll(async () => {
  build();
  repository = await aLargeRepository({ commits: COMMITS, tags: 65 });
}, 120_000);
afterAll(() => repository.remove());

/** A folder to work in, with the same key for people's names as the others: what is stored depends on it. */
function aWorkplace(): { folder: string; database: string } {
  const folder = aFolder();
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data/people.key"), `${"5a".repeat(32)}\n`);
  return { folder, database: join(folder, "data/headway.db") };
}

async function sync(folder: string) {
  return ended(headway(folder, "sync", "--json", "--repo", repository.path));
}

/** Waits until there is a database, or it is over: what is killed before has done nothing yet. */
async function hasBegun(database: string, end: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  void end.then(() => over.abort());
  while (!existsSync(database) && !over.signal.aborted) await setTimeout(2);
}

describe("a first sync that is killed", () => {
  it(
    `at any of ${KILLS} instants and done again gives the same database as one that was left alone`,
    { timeout: 240_000 },
    async () => {
      const alone = aWorkplace();
      const child = headway(alone.folder, "sync", "--json", "--repo", repository.path);
      const end = ended(child);
      await hasBegun(alone.database, end);
      const began = performance.now();
      const whole = await end;
      const took = performance.now() - began;
      const expected = await contentOf(alone.database);
      expect(whole).toMatchObject({ code: 0 });
      expect(expected["commit_fact"]).toHaveLength(COMMITS);

      const killed: unknown[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        const { folder, database } = aWorkplace();
        const child = headway(folder, "sync", "--repo", repository.path);
        const end = ended(child);
        await hasBegun(database, end);
        await Promise.race([setTimeout(((kill + Math.random()) / KILLS) * took), end]);
        child.kill("SIGKILL");
        killed.push((await end).signal);

        const again = await inProcess(folder, `sync --json --repo ${repository.path}`, {
          now: Date.now,
          env: SAME_KEY,
        });

        expect(again, `${kill}: ${again.stderr}`).toMatchObject({ code: 0 });
        expect(await query(database, "pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
        expect(await contentOf(database), `killed after ${kill} of ${KILLS} parts`).toEqual(expected);
      }
      expect(killed).toContain("SIGKILL");
    },
  );
});

describe("two syncs at once on one database", () => {
  it("end with one that collected and one that says who did, and nothing is lost", { timeout: 60_000 }, async () => {
    const { folder, database } = aWorkplace();
    const alone = aWorkplace();
    await sync(alone.folder);

    const both = await Promise.all([sync(folder), sync(folder)]);
    const after = await sync(folder);

    const refused = both.filter(({ code }) => code !== 0);
    expect(refused.length).toBeLessThanOrEqual(1);
    for (const { stdout } of refused) expect(stdout).toContain("Another Headway");
    expect(after).toMatchObject({ code: 0 });
    expect(await contentOf(database)).toEqual(await contentOf(alone.database));
  });
});
