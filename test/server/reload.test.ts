import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { aFolder } from "#test/support/git-repository.ts";
import { Capture, aShop, headway } from "./cli/support.ts";

async function aReloading(yaml: string) {
  const folder = aFolder();
  const file = join(folder, "headway.yaml");
  const [stdout, stderr, stopping] = [new Capture(), new Capture(), new AbortController()];
  const listeners = new Set<() => void>();
  writeFileSync(file, yaml);
  const onReload = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const ended = headway(folder, "start --port 0", { stdout, stderr, onReload, signal: stopping.signal });
  onTestFinished(() => stopping.abort());
  await vi.waitFor(() => expect(stderr.text).toContain("new events"), 20_000);
  const names = async (): Promise<string[]> => {
    const status = (await (await fetch(new URL("/api/status", stdout.text.trim()))).json()) as {
      sources: { name: string }[];
    };
    return status.sources.map(({ name }) => name);
  };
  return {
    stderr,
    names,
    stop: async () => {
      stopping.abort();
      return ended;
    },
    listeners,
    reread: async (next: string, words: string) => {
      writeFileSync(file, next);
      for (const listener of listeners) listener();
      await vi.waitFor(() => expect(stderr.text).toContain(words), 20_000);
    },
  };
}

describe("a configuration that is read again", () => {
  it("is in force at once, and what is new in it is collected", { timeout: 60_000 }, async () => {
    const [shop, other] = [aShop().path, aShop().path];
    const running = await aReloading(`sources: [{ host: git, path: ${shop}, name: one }]\n`);

    await running.reread(
      `timezone: Europe/Berlin\nlog: json\nsources: [{ host: git, path: ${shop}, name: one }, { host: git, path: ${other}, name: two }]\n`,
      "two: 1",
    );

    expect(running.stderr.text).toContain(
      "was read again and is in force. What it says of `log` is, once Headway is started again.",
    );
    expect(await running.names()).toEqual(["one", "two"]);
    await running.stop();
    expect(running.listeners.size).toBe(0);
  });

  it.each([
    ["is not valid", "colour: blue\n", "Unknown key `colour`"],
    ["is no YAML", "sources: [\n", "cannot be read as a configuration"],
    ["names another database", "database: other.db\n", "`database` is another one"],
  ])("changes nothing where it %s, and says why", { timeout: 60_000 }, async (_what, line, words) => {
    const shop = aShop().path;
    const yaml = `sources: [{ host: git, path: ${shop}, name: one }]\n`;
    const running = await aReloading(yaml);

    await running.reread(`${line}${yaml.replace("one", "two")}`, "The configuration stays as it was.");

    expect(running.stderr.text).toContain(words);
    expect(await running.names()).toEqual(["one"]);
  });
});
