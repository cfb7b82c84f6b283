import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { GitHubOptions } from "#collectors/github/options.ts";
import { GitLabOptions } from "#collectors/gitlab/options.ts";
import type { SourceOptions } from "#collectors/index.ts";
import { Nudges, turns } from "#server/push/nudges.ts";
import { FakeHost } from "#test/support/fake-host.ts";
import { anInstallation } from "#test/support/installation.ts";
import { aSender } from "#test/support/pushing.ts";

const secret = "a secret of some length";
const token = "not used here";
const github = (has: object) => GitHubOptions.parse({ host: "github", token, webhookSecret: secret, ...has });
const gitlab = (has: object) => GitLabOptions.parse({ host: "gitlab", token, webhookSecret: secret, ...has });

const SOURCES: Record<string, SourceOptions> = {
  shop: github({ repositories: ["acme/shop"] }),
  org: github({ organization: "acme", webhookSecret: "another secret, as long" }),
  mute: GitHubOptions.parse({ host: "github", token, repositories: ["acme/mute"] }),
  shell: gitlab({ projects: ["acme/shell"] }),
  group: gitlab({ group: "acme", webhookSecret: "another secret, as long" }),
};

/** Sources that are configured so, and what was asked to sync. */
async function listening() {
  const names = Object.keys(SOURCES);
  const installation = await anInstallation({
    collectors: names.map((name) => new FakeHost().collector({ source: `fake:${name}`, name })),
  });
  const sources = installation.sources.map((source) => ({
    ...source,
    options: SOURCES[source.collector.name] ?? source.options,
  }));
  const nudged: string[] = [];
  const sender = await aSender({ ...installation, sources }, { nudge: (source) => void nudged.push(source) });
  const signed = async (body: object, key = secret) => {
    const text = JSON.stringify(body);
    const signature = `sha256=${createHmac("sha256", key).update(text).digest("hex")}`;
    return sender.post("/api/webhooks/github", text, { authorization: "", "x-hub-signature-256": signature });
  };
  const tokened = async (body: object, key = secret) =>
    sender.post("/api/webhooks/gitlab", body, { authorization: "", "x-gitlab-token": key });
  return { sender, signed, tokened, nudged };
}

const onGitHub = (name: string) => ({ ref: "refs/heads/main", repository: { full_name: name } });
const onGitLab = (path: string) => ({ object_kind: "push", project: { path_with_namespace: path } });

describe("a webhook of GitHub", () => {
  it("that is signed makes the matching source sync", async () => {
    const { signed, nudged } = await listening();

    const [one, other] = [await signed(onGitHub("Acme/Shop")), await signed({ ...onGitHub("Acme/Shop"), after: "b1" })];

    expect([one.status, other.status]).toEqual([200, 200]);
    expect(one.json()).toEqual({ syncing: ["shop"], note: null });
    expect(nudged).toEqual(["fake:shop", "fake:shop"]);
  });

  it("that was caught on its way and is sent again makes nothing happen, of GitLab neither", async () => {
    const { signed, tokened, nudged } = await listening();

    await signed(onGitHub("acme/shop"));
    await tokened(onGitLab("acme/shell"));
    const again = [await signed(onGitHub("acme/shop")), await tokened(onGitLab("acme/shell"))];

    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    for (const answer of again)
      expect(answer.json()).toEqual({ syncing: [], note: "This very webhook came before, so nothing is done." });
    expect(nudged).toEqual(["fake:shop", "fake:shell"]);
  });

  it("of any repository of an organisation is about the organisation's source", async () => {
    const { signed, nudged } = await listening();

    await signed(onGitHub("acme/anything"), "another secret, as long");

    expect(nudged).toEqual(["fake:org"]);
  });

  it("of a repository that no source reads syncs nothing, and says so", async () => {
    const { signed, nudged } = await listening();

    const answer = await signed(onGitHub("acme/other"));

    expect(answer.json()).toMatchObject({ syncing: [], note: expect.stringContaining("acme/other") });
    expect(nudged).toEqual([]);
  });

  it.each([
    ["no signature", {}],
    ["another one's signature", { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }],
    ["half a signature", { "x-hub-signature-256": "sha256=00" }],
    ["a signature of the old kind", { "x-hub-signature": "sha1=00" }],
    ["GitLab's token", { "x-gitlab-token": secret }],
    ["a token of ours", {}],
  ])("with %s is not accepted", async (_what, headers) => {
    const { sender, nudged } = await listening();

    const answer = await sender.post("/api/webhooks/github", onGitHub("acme/shop"), headers);

    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain(secret);
    expect(nudged).toEqual([]);
  });

  it("whose body was changed on the way is not accepted", async () => {
    const { sender } = await listening();
    const signature = `sha256=${createHmac("sha256", secret)
      .update(JSON.stringify(onGitHub("acme/shop")))
      .digest("hex")}`;

    const answer = await sender.post("/api/webhooks/github", onGitHub("acme/shoq"), {
      "x-hub-signature-256": signature,
    });

    expect(answer.status).toBe(401);
  });

  it("that is no JSON is refused, and one that is a form is told to be JSON", async () => {
    const { sender } = await listening();
    const signature = `sha256=${createHmac("sha256", secret).update("payload=1").digest("hex")}`;
    const headers = { "x-hub-signature-256": signature };

    expect((await sender.post("/api/webhooks/github", "payload=1", headers)).status).toBe(422);
    const form = await sender.post("/api/webhooks/github", "payload=1", {
      ...headers,
      "content-type": "application/x-www-form-urlencoded",
    });
    expect([form.status, form.json()["detail"]]).toEqual([415, expect.stringContaining("application/json")]);
  });
});

describe("a webhook of GitLab", () => {
  it("with the source's secret makes it sync", async () => {
    const { tokened, nudged } = await listening();

    expect((await tokened(onGitLab("acme/shell"))).json()).toEqual({ syncing: ["shell"], note: null });
    await tokened(onGitLab("acme/sub/group/project"), "another secret, as long");

    expect(nudged).toEqual(["fake:shell", "fake:group"]);
  });

  it.each(["", "a secret of some lengt", `${secret} `.repeat(2)])(
    "with another secret is not accepted: %j",
    async (key) => {
      const { tokened, nudged } = await listening();

      expect((await tokened(onGitLab("acme/shell"), key)).status).toBe(401);
      expect(nudged).toEqual([]);
    },
  );
});

/** A clock that is moved by hand, and the timers that ring by it. */
function aClock() {
  const clock = { now: 0, timers: [] as { at: number; ring: () => void }[] };
  const timer = (milliseconds: number, ring: () => void) => {
    const mine = { at: clock.now + milliseconds, ring };
    clock.timers.push(mine);
    return () => void (clock.timers = clock.timers.filter((one) => one !== mine));
  };
  const move = async (milliseconds: number) => {
    clock.now += milliseconds;
    const due = clock.timers.filter(({ at }) => at <= clock.now);
    clock.timers = clock.timers.filter(({ at }) => at > clock.now);
    for (const { ring } of due) ring();
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
  return { effects: { now: () => clock.now, timer }, move };
}

describe("nudges", () => {
  it("that come together make one sync of all their sources, once it is quiet", async () => {
    const { effects, move } = aClock();
    const synced: string[][] = [];
    const nudges = new Nudges(async (sources) => void synced.push([...sources].sort()), effects);

    for (const source of ["b", "a", "b"]) nudges.nudge(source);
    await move(1999);
    const early = synced.length;
    await move(1);
    nudges.nudge("c");
    await move(2000);

    expect([early, synced]).toEqual([0, [["a", "b"], ["c"]]]);
  });

  it("that never end are heard every ten seconds", async () => {
    const { effects, move } = aClock();
    const synced: number[] = [];
    const nudges = new Nudges(async () => void synced.push(effects.now()), effects);

    for (let second = 0; second < 25; second += 1) {
      nudges.nudge("a");
      await move(1000);
    }

    expect(synced).toEqual([10_000, 20_000]);
  });

  it("are forgotten when the server stops, and what is under way ends first", async () => {
    const { effects, move } = aClock();
    const [log, gate]: [string[], { open: () => void }] = [[], { open: () => undefined }];
    const nudges = new Nudges(async () => {
      log.push("begun");
      await new Promise<void>((resolve) => void (gate.open = resolve));
      log.push("ended");
    }, effects);

    nudges.nudge("a");
    await move(2000);
    nudges.nudge("b");
    const stopped = nudges.stop().then(() => log.push("stopped"));
    gate.open();
    await stopped;
    await move(60_000);

    expect(log).toEqual(["begun", "ended", "stopped"]);
  });
});

describe("work in turns", () => {
  it("never overlaps, and goes on after a failure", async () => {
    const [inTurn, log]: [ReturnType<typeof turns>, string[]] = [turns(), []];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await new Promise<void>((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
    };

    const failed = inTurn(async () => Promise.reject(new Error("no")));
    await Promise.all([inTurn(work("a")), inTurn(work("b")), expect(failed).rejects.toThrow("no")]);

    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });
});
