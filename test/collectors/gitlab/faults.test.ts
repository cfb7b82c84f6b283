import { describe, expect, it } from "vitest";
import { allBatches } from "#test/support/collector-contract.ts";
import { aGitLab, failing } from "#test/support/fake-gitlab.ts";
import type { Asked, FakeGitLab, Fault } from "#test/support/fake-gitlab.ts";
import { aCollector, Sync } from "./collecting.ts";

async function aHost(): Promise<FakeGitLab> {
  const fake = await aGitLab();
  const project = fake.project();
  for (let count = 0; count < 230; count += 1) project.commit();
  for (let count = 0; count < 5; count += 1) {
    const change = project.mergeRequest();
    project.note(change, "approved this merge request");
    project.merge(change);
    project.deploy();
  }
  for (let count = 0; count < 120; count += 1) project.tag(`v${count}`);
  project.issue({ labels: ["incident"] });
  project.pipeline();
  return fake;
}

/** Every third request goes wrong, which is asked again with another number and then goes well. */
function everyThird(fault: Fault): (asked: Asked) => Fault | null {
  let count = 0;
  return () => (++count % 3 === 0 ? fault : null);
}

/** Within the second that a refusal asks for, less what is already on its way. */
function isSoonAfter(refusal: Asked, { at }: Asked): boolean {
  return at > refusal.at + 50 && at < refusal.at + 900;
}

function once(path: RegExp, happens: () => void): (asked: Asked) => void {
  let left = 1;
  return (asked) => {
    if (path.test(asked.path) && left-- > 0) happens();
  };
}

const FAULTS: Fault[] = [
  { kind: "status", status: 500 },
  { kind: "status", status: 502 },
  { kind: "status", status: 503 },
  { kind: "html" },
  { kind: "reset" },
  { kind: "reset-mid" },
  { kind: "truncate" },
  { kind: "repeat" },
  { kind: "drop" },
];

describe("a host in trouble", () => {
  it.each(FAULTS)("that answers with %j now and then is collected as if it were well", async (fault) => {
    const fake = await aHost();
    const well = await new Sync(fake).run();

    fake.fault = everyThird(fault);
    const ill = await new Sync(fake).run();

    expect(ill.known.events).toEqual(well.known.events);
  });

  it("that counts requests is never asked before it said so", async () => {
    const fake = await aHost();
    const well = await new Sync(fake).run();
    fake.asked.length = 0;

    fake.limit = { requests: 12, seconds: 1 };
    const slow = await new Sync(fake).run();

    const refused = fake.asked.filter(({ status }) => status === 429);
    const hasty = refused.flatMap((refusal) => fake.asked.filter((asked) => isSoonAfter(refusal, asked)));
    expect(slow.known.events).toEqual(well.known.events);
    expect(hasty).toEqual([]);
  });

  it("that no longer accepts the token midway keeps what came before, and goes on from there with a new one", async () => {
    const fake = await aHost();
    const well = await new Sync(fake).run();
    fake.asked.length = 0;
    fake.before = once(/notes/, () => (fake.token = "another"));
    const sync = new Sync(fake);

    const failed = sync.run();
    await expect(failed).rejects.toMatchObject({ name: "HostError", reason: "auth" });
    await expect(failed).rejects.toThrow(/token.*Create a new one/);
    fake.before = () => undefined;
    fake.token = "secret";
    await sync.run();

    expect(sync.known.events).toEqual(well.known.events);
  });

  it("that answers in a form nobody knows is reported, with what was expected", async () => {
    const fake = await aHost();
    for (const { payload } of fake.first.mergeRequests) payload["iid"] = Number.NaN;

    await expect(new Sync(fake).run()).rejects.toThrow(/does not understand.*iid/s);
  });
});

describe("a collector that is left in the middle", () => {
  it("asks nothing any more", async () => {
    const fake = await aHost();

    for await (const _ of aCollector(fake).collect(null, new AbortController().signal)) break;
    const asked = fake.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect(fake.asked).toHaveLength(asked);
  });

  it("does not wait for an answer that never comes", async () => {
    const fake = await aHost();
    fake.project("acme/silent");
    fake.fault = failing(/1001/, { kind: "hang" });
    const from = performance.now();

    for await (const _ of aCollector(fake, { group: "acme" }).collect(null, new AbortController().signal)) break;

    expect(performance.now() - from).toBeLessThan(8000);
  });

  it("begins anew with a bookmark that it does not know", async () => {
    const fake = await aHost();
    const well = await allBatches(aCollector(fake), null);

    const batches = await allBatches(aCollector(fake), '{"version":99}');

    expect(batches.flatMap(({ events }) => events)).toEqual(well.flatMap(({ events }) => events));
  });

  it("says how far it has come", async () => {
    const batches = await allBatches(aCollector(await aHost()), null);

    const progress = batches.map((batch) => Number(batch.progress));
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBeGreaterThan(0.9);
    expect(progress.at(-1)).toBeLessThanOrEqual(1);
  });
});
