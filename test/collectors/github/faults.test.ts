import { describe, expect, it } from "vitest";
import { HostError } from "#collectors/collector.ts";
import { allBatches, Known } from "#test/support/collector-contract.ts";
import type { FakeGitHub, Fault } from "#test/support/github/server.ts";
import { aCollector, afterFive, aShop, everyThird, onRequest } from "./collecting.ts";
import type { Shop } from "./collecting.ts";

async function aHistory(): Promise<Shop> {
  const { host, shop } = await aShop();
  shop.push(230);
  for (let number = 0; number < 60; number++) shop.merge(shop.open());
  for (let number = 0; number < 20; number++) shop.deploy();
  for (let number = 0; number < 130; number++) shop.run();
  shop.release("v1.0.0");
  shop.issue();
  return { host, shop };
}

describe("everything is there in the end, although every third answer is", () => {
  it.each<Fault>(["502", "html", "reset", "truncate", "429"])("%s", async (fault) => {
    const { host } = await aHistory();
    const undisturbed = await new Known().take(aCollector(host));
    host.before = everyThird(fault);

    const disturbed = await new Known().take(aCollector(host));

    expect(disturbed.events).toEqual(undisturbed.events);
  });
});

it("finds the commits beside the default branch where GitHub cannot compare them", async () => {
  const { host, shop } = await aHistory();
  const first = shop.loose();
  const second = shop.loose({ parents: [first.sha] });
  shop.tag("v1.0.1", second.sha, shop.tick());
  host.before = onRequest(/compare/, () => "502");

  const known = await new Known().take(aCollector(host));

  const beside = [first, second].map(({ sha }) => `commit acme/shop ${sha}`);
  expect([...known.events.keys()]).toEqual(expect.arrayContaining(beside));
});

describe("nothing slips through pages", () => {
  it("of commits, when GitHub leaves one out", async () => {
    const { host, shop } = await aHistory();
    const history = shop.history.bind(shop);
    let lists = 0;
    host.before = onRequest(/\/commits\?/, () => void (lists += 1));
    shop.history = (sha) => history(sha).filter((_, index) => index !== 160 - 10 * lists);

    const known = await new Known().take(aCollector(host));

    const commits = [...known.events.keys()].filter((key) => key.startsWith("commit"));
    expect(commits).toHaveLength(290);
  });

  it("of runs, when new ones arrive while they are read", async () => {
    const { host, shop } = await aHistory();
    host.before = onRequest(/actions\/runs\?/, () => void shop.run());

    const known = await new Known().take(aCollector(host));

    const runs = [...known.events.keys()].filter((key) => key.startsWith("pipeline"));
    expect(runs.length).toBeGreaterThanOrEqual(shop.runs.length - 1);
  });
});

describe("what was collected is kept", () => {
  it("when the token expires in the middle, and the next sync goes on", async () => {
    const { host } = await aHistory();
    const whole = await new Known().take(aCollector(host));
    host.before = afterFive("401");
    const known = new Known();

    const error: unknown = await known.take(aCollector(host)).catch((thrown: unknown) => thrown);
    host.before = () => {};
    const before = known.events.size;
    await known.take(aCollector(host));

    expect(error).toBeInstanceOf(HostError);
    expect(error).toMatchObject({ reason: "auth" });
    expect(before).toBeGreaterThan(0);
    expect(known.events).toEqual(whole.events);
  });

  it("when the repository is hidden from the token at any moment, and the next sync goes on", async () => {
    const { host, shop } = await aHistory();
    const waiting = [1, 2].map(() => shop.deploy(["QUEUED"]));
    for (let number = 0; number < 110; number++) shop.deploy();
    const start = await new Known().take(aCollector(host));
    for (const { statuses } of waiting) statuses.push({ state: "SUCCESS", at: shop.tick() });
    shop.commit();
    shop.tag("v1.0.1", shop.loose().sha, shop.tick());
    const whole = await new Known().take(aCollector(host));
    const hidden = host.repositories.slice();

    for (let last = 1; last <= 12; last++) {
      const known = new Known(start);
      host.before = onRequest(/./, hideAfter(host, last));
      await known.take(aCollector(host)).catch(ignoreHostErrors);
      host.before = () => {};
      host.repositories.splice(0, 1, ...hidden);
      await known.take(aCollector(host));

      expect(known.events).toEqual(whole.events);
    }
  });

  it("when a bookmark of another version is found: everything is read again", async () => {
    const { host } = await aHistory();
    const whole = await new Known().take(aCollector(host));

    const batches = await allBatches(aCollector(host), '{"version":0}');

    expect(batches.flatMap(({ events }) => events).length).toBeGreaterThanOrEqual(whole.events.size);
  });
});

describe("a sync costs", () => {
  it("little when it is the first, and next to nothing when nothing is new", async () => {
    const { host } = await aHistory();
    const known = await new Known().take(aCollector(host));
    const first = host.asked.length;
    host.asked.length = 0;

    await known.take(aCollector(host));

    expect([first, host.asked.length]).toEqual([19, 8]);
  });
});

it("never repeats the token", async () => {
  const { host } = await aShop();
  host.before = () => "401";

  const error: unknown = await allBatches(aCollector(host), null).catch((thrown: unknown) => thrown);

  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("t-good");
});

function hideAfter({ repositories }: FakeGitHub, last: number) {
  return (time: number): void => {
    if (time > last) repositories.splice(0);
  };
}

function ignoreHostErrors(error: unknown): void {
  if (!(error instanceof HostError)) throw error;
}
