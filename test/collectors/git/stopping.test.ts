import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { aFolder, aRepository } from "#test/support/git-repository.ts";
import { aCollector, collect } from "./collecting.ts";

/** A git that starts a helper on one of its commands and then hangs with it, having noted their process ids. */
function aHangingGit(command: string) {
  const folder = aFolder();
  const notes = join(folder, "ids");
  const script = `case "$*" in *" ${command}"*) sleep 300 & echo $! $$ > ${notes}; wait ;; *) PATH="\${PATH#*${delimiter}}" exec git "$@" ;; esac`;
  writeFileSync(join(folder, "git"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "git"), 0o755);
  return {
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` },
    started: () =>
      vi.waitUntil(() => existsSync(notes) && readFileSync(notes, "utf8").endsWith("\n"), { timeout: 10_000 }),
    running: () =>
      readFileSync(notes, "utf8")
        .trim()
        .split(" ")
        .filter((id) => isRunning(Number(id))),
  };
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
  } catch {
    return false;
  }
  return !isZombie(id);
}

/** Ended, but its parent, which is gone too, has not asked how. */
function isZombie(id: number): boolean {
  const file = `/proc/${id}/stat`;
  return existsSync(file) && / Z /.test(readFileSync(file, "utf8"));
}

describe("a collector that is told to stop", () => {
  it.each(["log", "for-each-ref", "rev-parse"])("ends git %s and what it started, at once", async (command) => {
    const repository = aRepository();
    repository.commits(3);
    const { env, started, running } = aHangingGit(command);
    const controller = new AbortController();
    const collecting = aCollector({ path: repository.path }, { env })
      .collect(null, controller.signal)
      [Symbol.asyncIterator]()
      .next();
    const outcome = collecting.catch((reason: unknown) => reason);
    await started();

    const from = performance.now();
    controller.abort(new Error("stop"));

    expect(await outcome).toMatchObject({ message: "stop" });
    expect(performance.now() - from).toBeLessThan(1500);
    await vi.waitUntil(() => running().length === 0, { timeout: 2000 });
  });

  it("ends a clone that hangs, and clones anew the next time", async () => {
    const repository = aRepository();
    repository.commits(3);
    const { env, started, running } = aHangingGit("fetch");
    const dataFolder = aFolder();
    const controller = new AbortController();
    const outcome = drain(aCollector({ url: repository.url }, { env, dataFolder }), controller.signal);
    await started();

    controller.abort(new Error("stop"));

    expect(await outcome).toMatchObject({ message: "stop" });
    await vi.waitUntil(() => running().length === 0, { timeout: 2000 });
    const { commits } = await collect(aCollector({ url: repository.url }, { dataFolder }));
    expect(commits).toHaveLength(3);
  });
});

describe("a reader", () => {
  it("that leaves early leaves no git behind", async () => {
    const repository = aRepository();
    repository.commits(3, { message: "x".repeat(200_000) });
    const { env, ids } = aTracedGit();

    for await (const _ of aCollector({ path: repository.path }, { env, batchSize: 1 }).collect(
      null,
      new AbortController().signal,
    ))
      break;

    expect(ids().length).toBeGreaterThan(2);
    expect(ids().filter((id) => isRunning(Number(id)))).toEqual([]);
  });

  it("that is slow makes git wait, and gets everything", async () => {
    const repository = aRepository();
    const shas = repository.commits(12, { message: "x".repeat(100_000) });
    const found: string[] = [];

    for await (const { events } of aCollector({ path: repository.path }, { batchSize: 1 }).collect(
      null,
      new AbortController().signal,
    )) {
      await after(5);
      found.push(...events.filter(({ kind }) => kind === "commit").map(({ id }) => id));
    }

    expect(found).toEqual(shas.toReversed());
  });
});

/** The real git, which notes its process ids. */
function aTracedGit() {
  const folder = aFolder();
  const notes = join(folder, "ids");
  writeFileSync(join(folder, "git"), `#!/bin/sh\necho $$ >> ${notes}\nPATH="\${PATH#*${delimiter}}" exec git "$@"\n`);
  chmodSync(join(folder, "git"), 0o755);
  return {
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` },
    ids: () => readFileSync(notes, "utf8").trim().split("\n"),
  };
}

async function drain(collector: ReturnType<typeof aCollector>, signal: AbortSignal): Promise<unknown> {
  try {
    for await (const _ of collector.collect(null, signal)) continue;
  } catch (reason) {
    return reason;
  }
  return null;
}
