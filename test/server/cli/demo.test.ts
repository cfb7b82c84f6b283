import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Truth } from "#collectors/demo/truth.ts";
import type { Reply } from "#server/contract.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { aWebRoot, PAGE } from "#test/support/installation.ts";
import { aShop, Capture, headway } from "./support.ts";

type Status = Reply<"/api/status">;

/** Time for a year of a company to be lived through on a busy machine. */
const PATIENCE = 60_000;

/** A server that runs until the test ends. */
async function started(cwd: string, typed: string) {
  const [stdout, stderr, stopping] = [new Capture(), new Capture(), new AbortController()];
  const ended = headway(cwd, typed, { stdout, stderr, signal: stopping.signal, webRoot: aWebRoot() });
  onTestFinished(async () => {
    stopping.abort();
    await ended;
  });
  await vi.waitFor(() => expect(stdout.text).toContain("http://"), PATIENCE);
  const url = stdout.text.trim();
  return { url, stderr, status: async (path = "api/status") => (await (await fetch(url + path)).json()) as Status };
}

describe("headway demo", () => {
  it("serves a simulated company from a database of its own, and nothing of the folder's repository", async () => {
    const { path } = aShop();

    const { status, stderr } = await started(path, "demo --years 1 --port 0");
    await vi.waitFor(() => expect(stderr.text).toMatch(/Demo organisation: [\d,]+ new events/), PATIENCE);
    await vi.waitFor(() => expect(stderr.text).toContain("headway: ready"), PATIENCE);
    const told = await status();

    expect(told).toMatchObject({ simulated: true, beside: null, sources: [{ host: "demo", state: "ok" }] });
    expect(told.services).toHaveLength(40);
    expect(readdirSync(join(path, "data"))).toEqual(["demo-1-years"]);
  }, 120_000);

  it("tells what is true of it without making anything", async () => {
    const folder = aFolder();

    const { code, stdout } = await headway(folder, "demo --truth --seed 3");

    expect(code).toBe(0);
    const truth = JSON.parse(stdout) as Truth;
    expect(truth).toMatchObject({ seed: 3, since: "2023-01-30", rampWeeks: 8 });
    expect([truth.teams.length, truth.services.length]).toEqual([12, 40]);
    expect(existsSync(join(folder, "data"))).toBe(false);
  });

  it.each([
    ["demo --seed x", "--seed x: The seed of a demo organisation is a whole number from 0 to 999999."],
    ["demo --years 9", "--years 9: A demo organisation has a past of 1 to 5 whole years."],
    ["demo --config mine.yaml", "`demo` writes its own configuration"],
    ["start --truth", "`start` has no option --truth; `demo` has."],
    ["start --seed 3", "`start` has no option --seed; `plan`, `demo` have."],
  ])("refuses %s", async (typed, words) => {
    const { code, stderr } = await headway(aFolder(), typed);

    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});

describe("the demo organisation beside somebody's own numbers", () => {
  it("is made when somebody first looks at it, below /demo, and mixes with nothing", async () => {
    const { path } = aShop();
    const { url, status } = await started(path, "start --port 0");
    const isThere = () => existsSync(join(path, "data/demo/headway.yaml"));

    const before = isThere();
    const page = await fetch(`${url}demo?range=1y`);
    const [own, demo] = [await status(), await status("demo/api/status")];

    expect([before, isThere()]).toEqual([false, true]);
    expect(page.url).toBe(`${url}demo/?range=1y`);
    expect(await page.text()).toBe(PAGE);
    expect(own).toMatchObject({ simulated: false, beside: "demo/", sources: [{ host: "git" }] });
    expect(demo).toMatchObject({ simulated: true, beside: "../", sources: [{ host: "demo" }] });
  });

  it("takes nothing real", async () => {
    const { url } = await started(aShop().path, "start --port 0");

    const refused = await fetch(`${url}demo/api/connect/probe`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ host: "github", token: "t" }),
    });

    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ title: "This is a simulated company" });
  });

  it("says why it cannot be shown where nothing can be written, and the rest goes on", async () => {
    const { path } = aShop();
    const { url, status, stderr } = await started(path, "start --port 0");
    await vi.waitFor(() => expect(stderr.text).toContain("new events"), PATIENCE);
    writeFileSync(join(path, "data/demo"), "a file in its place");

    const answer = await fetch(`${url}demo/`);

    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("cannot be opened for writing");
    expect((await status()).simulated).toBe(false);
  });
});
