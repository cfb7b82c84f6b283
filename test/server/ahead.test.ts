import { EventEmitter } from "node:events";
import { setTimeout } from "node:timers/promises";
import type { Request, Response } from "express";
import { describe, expect, it } from "vitest";
import { Ahead } from "#server/ahead.ts";
import { answerGate } from "#server/answers/gate.ts";
import { answerLeadership } from "#server/answers/leadership.ts";
import { answerProgress } from "#server/answers/progress.ts";
import { contract, liveContract } from "#server/contract.ts";
import type { Installation } from "#server/installation.ts";
import { importProgramme } from "#server/planning.ts";
import type { Store } from "#server/store/store.ts";
import { aTeamThatGotFaster } from "#test/support/one-team.ts";

/** What is read of what fills pages: by all answers together, and by nobody where it is known. */
const HEAVY = ["facts", "told", "changeEvents", "deploymentEvents"];

/** An installation of which is written down what was asked of its store. */
async function watched(replaced: Partial<Store> = {}): Promise<{ installation: Installation; read: string[] }> {
  const { installation } = await aTeamThatGotFaster();
  const read: string[] = [];
  const store = new Proxy(installation.store, {
    get: (target, name) => {
      const own: unknown = Reflect.get(replaced, name) ?? Reflect.get(target, name, target);
      if (typeof own !== "function") return own;
      return (...asked: unknown[]): unknown => {
        read.push(String(name));
        return Reflect.apply(own, target, asked);
      };
    },
  });
  return { installation: { ...installation, store }, read };
}

function heavyIn(read: readonly string[]): readonly string[] {
  return read.filter((name) => HEAVY.includes(name));
}

/** Somebody who asks for something. @returns how they get their answer. */
function aReader(ahead: Ahead, path = "/api/measures"): () => void {
  const response = new EventEmitter();
  // oxlint-disable-next-line no-unsafe-type-assertion -- as much of them as is looked at
  ahead.watch({ path } as Request, response as Response, () => undefined);
  return () => void response.emit("close");
}

describe("what is worked out before somebody asks", () => {
  it("is there when Progress, the gate and Leadership are asked for, and nothing is read again for them", async () => {
    const { installation, read } = await watched();
    const ahead = new Ahead(installation, { signal: new AbortController().signal, quiet: 0 });

    ahead.begin();
    await ahead.settled();

    expect(heavyIn(read)).not.toEqual([]);
    read.length = 0;

    const progress = await answerProgress(installation, {}, ahead.memory);
    const gate = await answerGate(installation, {}, ahead.memory);
    const asked = contract["/api/leadership"].query.parse({});
    const leadership = await answerLeadership(installation, asked, ahead.memory);

    expect(leadership.five.map(({ metric }) => metric)).toContain("deployment-frequency");
    expect(progress.services).toMatchObject([{ service: "acme/shop" }]);
    expect(gate.services).toMatchObject([{ service: "acme/shop" }]);
    expect(heavyIn(read)).toEqual([]);

    ahead.begin();
    await ahead.settled();

    expect(heavyIn(read)).toEqual([]);
  });

  it("is another answer of Leadership once somebody declared something", async () => {
    const { installation } = await watched();
    const ahead = new Ahead(installation, { signal: new AbortController().signal, quiet: 0 });
    const asked = contract["/api/leadership"].query.parse({});
    const visionNow = async () => {
      const { parts } = await answerLeadership(installation, asked, ahead.memory);
      return parts.find(({ id }) => id === "use-cases")?.sentence;
    };

    ahead.begin();
    await ahead.settled();

    expect(await visionNow()).toBe("");

    const declared = "vision:\n  sentence: Quotes within a minute.\n";
    await importProgramme(installation, declared, true, { follows: null, actor: "Office" });

    expect(await visionNow()).toBe("Quotes within a minute.");
  });

  it("waits as long as somebody waits, and not for who only listens", async () => {
    const { installation, read } = await watched();
    const ahead = new Ahead(installation, { signal: new AbortController().signal, quiet: 0 });
    aReader(ahead, liveContract.path);
    const answered = aReader(ahead);

    ahead.begin();
    await setTimeout(120);

    expect(heavyIn(read)).toEqual([]);

    answered();
    await ahead.settled();

    expect(heavyIn(read)).not.toEqual([]);
  });

  it("is given up when facts are others", async () => {
    let version = 0;
    const { installation, read } = await watched({ factsVersion: async () => version++ });
    const ahead = new Ahead(installation, { signal: new AbortController().signal, quiet: 0 });

    ahead.begin();
    await ahead.settled();

    expect(heavyIn(read)).toEqual([]);
  });

  it("is given up when it is to begin anew, and when the process stops", async () => {
    const { installation, read } = await watched();
    const stopping = new AbortController();
    const ahead = new Ahead(installation, { signal: stopping.signal, quiet: 0 });
    aReader(ahead);

    ahead.begin();
    ahead.begin();
    stopping.abort();
    await ahead.stop();
    ahead.begin();
    await ahead.settled();

    expect(heavyIn(read)).toEqual([]);
  });

  it("leaves it to whoever asks to be told what is wrong", async () => {
    const lines: string[] = [];
    const { installation } = await watched({ services: async () => Promise.reject(new Error("The disk is gone.")) });
    const ahead = new Ahead(installation, {
      signal: new AbortController().signal,
      quiet: 0,
      log: (level, sentence) => void lines.push(`${level} ${sentence}`),
    });

    ahead.begin();
    await ahead.settled();

    expect(lines).toEqual(["warn Pages could not be worked out before somebody asks: Error: The disk is gone."]);
  });
});
