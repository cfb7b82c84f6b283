import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createMailServer } from "node:net";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR, WEEK } from "#metrics/time.ts";
import { runDigests } from "#server/digests/run.ts";
import { aChange, aCommit, aDeployment, aLine, aRepository } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";

interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

interface Place {
  readonly url: string;
  readonly received: Received[];
  /** What it answers from now on. */
  readonly answers: (status: number) => void;
}

/** Where messages go. */
async function aPlace(): Promise<Place> {
  const received: Received[] = [];
  let status = 201;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ path: String(request.url), headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status).end("{}");
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    received,
    answers: (next) => {
      status = next;
    },
  };
}

function firstOf({ received: [first] }: Place): unknown {
  return first === undefined ? null : JSON.parse(first.body);
}

/** Monday. */
const MONDAY = at("2026-06-29");
const DUE = MONDAY + 8 * HOUR;
const line = [aRepository({ head: "a" }), ...aLine(aCommit("a", { authoredAt: MONDAY - 400 * DAY }))];

/** About three deployments a week, and so many in the last. */
function deployments(last: number): readonly DeliveryEvent[] {
  return Array.from({ length: 30 }, (_, week) =>
    Array.from({ length: week === 29 ? last : 2 + (week % 3) }, (__, index) =>
      aDeployment(`${week}-${index}`, "a", MONDAY - (30 - week) * WEEK + index * HOUR),
    ),
  ).flat();
}

/** Changes that were merged within some hours, and one that was opened three days ago. */
const changes: readonly DeliveryEvent[] = [
  ...Array.from({ length: 20 }, (_, number) =>
    aChange(number + 1, {
      openedAt: MONDAY - 10 * WEEK + number * DAY,
      readyAt: MONDAY - 10 * WEEK + number * DAY,
      mergedAt: MONDAY - 10 * WEEK + number * DAY + (50 + number) * HOUR,
    }),
  ),
  aChange(99, {
    title: "Raise the <limit> for @everyone",
    openedAt: MONDAY - 60 * HOUR,
    readyAt: MONDAY - 60 * HOUR,
    mergedAt: null,
  }),
];

interface Running extends Headway {
  readonly run: () => Promise<readonly string[]>;
  readonly go: (to: Instant) => void;
}

async function running(digest: object, last = 20, events: readonly DeliveryEvent[] = []): Promise<Running> {
  let now = DUE;
  const headway = await aHeadway({
    config: { ...told, url: "https://headway.example/delivery", digests: [digest] },
    tells: [[...line, ...deployments(last), ...events]],
    now: () => now,
  });
  return {
    ...headway,
    run: async () => runDigests(headway.installation, fetch),
    go: (to) => {
      now = to;
    },
  };
}

describe("a digest", () => {
  it("says on its day what left normal variation, with the rows, and says it once", async () => {
    const place = await aPlace();
    const { run } = await running({ to: "slack", webhook: `${place.url}/hook/secret` });

    expect(await run()).toEqual(["slack organisation: sent “Delivery, 2026-W26”."]);
    expect(await run()).toEqual([]);
    expect(place.received).toHaveLength(1);
    const [{ path, body } = { path: "", body: "{}" }] = place.received;
    expect(path).toBe("/hook/secret");
    expect(JSON.parse(body)).toEqual({
      text: expect.stringMatching(
        /^\*Delivery, 2026-W26\*\n• Deployment frequency: 20 a week in 2026-W26, which is better\. It was above the limits .* <https:\/\/headway\.example\/delivery\/rows\?metric=deployment-frequency&from=2026-06-22T00%3A00%3A00\.000Z&to=2026-06-29T00%3A00%3A00\.000Z\|rows>$/,
      ),
    });
  });

  it("is silent about a week like others, and does not come later in the week for it", async () => {
    const place = await aPlace();
    const { run, go } = await running({ to: "slack", webhook: place.url }, 3);

    expect(await run()).toEqual([]);
    go(DUE + 2 * HOUR);
    expect(await run()).toEqual([]);
    expect(place.received).toEqual([]);
  });

  it("waits for its day, and is not sent a day late", async () => {
    const place = await aPlace();
    const { run, go } = await running({ to: "slack", webhook: place.url, day: "tuesday", at: "10:30" });

    expect(await run()).toEqual([]);
    go(MONDAY + DAY + 10 * HOUR);
    expect(await run()).toEqual([]);
    go(MONDAY + 3 * DAY);
    expect(await run()).toEqual([]);
    go(MONDAY + DAY + 11 * HOUR);
    expect(await run()).toHaveLength(1);
  });

  it("waits for the week to be known in full", async () => {
    const place = await aPlace();
    const { installation, go, run } = await running({ to: "slack", webhook: place.url });
    go(DUE + WEEK); // nobody has synchronised since last Monday
    expect(installation.now()).toBe(DUE + WEEK);

    expect(await run()).toEqual([]);
    expect(place.received).toEqual([]);
  });

  it("is tried again where a place does not take it, and tells nobody its address or token", async () => {
    const place = await aPlace();
    const { run } = await running({ to: "github", url: place.url, repository: "acme/team", token: "t-secret" });
    place.answers(401);

    const refused = await run();

    expect(refused).toEqual([
      expect.stringContaining("github organisation: github answered 401, so the message was not sent"),
    ]);
    expect(refused.join()).not.toMatch(/t-secret|127\.0\.0\.1/);
    place.answers(201);
    expect(await run()).toEqual(["github organisation: sent “Delivery, 2026-W26”."]);
    expect(place.received.map(({ path, headers }) => [path, headers["authorization"]])).toEqual([
      ["/repos/acme/team/issues", "Bearer t-secret"],
      ["/repos/acme/team/issues", "Bearer t-secret"],
    ]);
  });

  it("says that a place cannot be reached, without its address", async () => {
    const { run } = await running({ to: "teams", webhook: "http://127.0.0.1:9/secret" });

    const lines = await run();

    expect(lines).toEqual([expect.stringContaining("teams could not be reached")]);
    expect(lines.join()).not.toContain("secret");
  });

  it.each([
    ["teams", (url: string) => ({ to: "teams", webhook: `${url}/hook` }), "/hook", "AdaptiveCard"],
    [
      "gitlab",
      (url: string) => ({ to: "gitlab", url, repository: "acme/group/team", token: "t" }),
      "/api/v4/projects/acme%2Fgroup%2Fteam/issues",
      '"title":"Delivery, 2026-W26"',
    ],
  ])("takes the shape that %s takes", async (_to, digest, path, part) => {
    const place = await aPlace();
    const { run } = await running(digest(place.url));

    await run();

    expect(place.received.map((one) => one.path)).toEqual([path]);
    expect(place.received[0]?.body).toContain(part);
  });
});

/** A mail server that takes what it is told, or nothing. */
async function aMailServer(takes = true): Promise<{ readonly url: string; readonly lines: string[] }> {
  const lines: string[] = [];
  const server = createMailServer((socket) => {
    const said = createInterface({ input: socket });
    let isData = false;
    const answers: readonly (readonly [RegExp, string])[] = [
      [/^(EHLO|MAIL|RSET)/, "250 ok"],
      [/^RCPT/, takes ? "250 ok" : "550 no such box"],
      [/^DATA/, "354 go on"],
      [/^QUIT/, "221 bye"],
    ];
    said.on("line", (line) => {
      lines.push(line);
      if (isData && line !== ".") return;
      isData = line.startsWith("DATA");
      socket.write(`${answers.find(([word]) => word.test(line))?.[1] ?? "250 ok"}\r\n`);
    });
    socket.on("error", () => undefined);
    socket.write("220 here\r\n");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, lines };
}

describe("a mail", () => {
  const from = "headway@acme.example";
  const recipients = ["payments@acme.example", "leads@acme.example"];

  it("goes to each recipient, and none is told who else gets it", async () => {
    const { url, lines } = await aMailServer();
    const { run } = await running({ to: "email", smtp: url, from, recipients });

    expect(await run()).toEqual(["email organisation: sent “Delivery, 2026-W26”."]);
    expect(lines.filter((line) => line.startsWith("RCPT"))).toEqual(recipients.map((one) => `RCPT TO:<${one}>`));
    expect(lines).toContain("Subject: Delivery, 2026-W26");
    expect(lines.join("\n")).toContain("Deployment frequency: 20 a week in 2026-W26");
    expect(lines.filter((line) => /^(To|Cc|Bcc):/i.test(line))).toEqual([`To: ${from}`]);
  });

  it("that is refused is tried again, and nothing of its server is told", async () => {
    const { url } = await aMailServer(false);
    const { run } = await running({ to: "email", smtp: url, from, recipients });

    const lines = [...(await run()), ...(await run())];

    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("email organisation: The mail server did not take the message");
    expect(lines.join()).not.toMatch(/127\.0\.0\.1|acme\.example/);
  });
});

describe("a nudge", () => {
  it("says each day what has become older than usual, once, and nothing of it can mention anybody", async () => {
    const place = await aPlace();
    const { run, go } = await running({ to: "slack", webhook: place.url, ageing: true }, 3, changes);
    go(DUE + 10 * HOUR);

    expect(await run()).toEqual(["slack organisation: sent “Delivery, 2026-06-29”."]);
    go(DUE + DAY);
    expect(await run()).toEqual([]);
    expect(firstOf(place)).toEqual({
      text: expect.stringMatching(
        /^\*Delivery, 2026-06-29\*\n• Raise the &lt;limit&gt; for @everyone \(acme\/shop\) has been open for 2\.83 d; 85 % are merged within 2\.7\d* d\./,
      ),
    });
  });

  it("says what broke the agreement of the team in the last day", async () => {
    const place = await aPlace();
    const agreement = { stage: "open", hours: 50 };
    const { run } = await running(
      { to: "github", url: place.url, repository: "a/b", token: "t", agreement },
      3,
      changes,
    );

    await run();

    expect(firstOf(place)).toMatchObject({
      title: "Delivery, 2026-06-29",
      body: expect.stringContaining(
        "Raise the \\<limit\\> for @\u200beveryone \\(acme/shop\\) has been open longer than the agreed 2.08 d.",
      ),
    });
  });

  it("would have fired so often, which a team sees before it agrees", async () => {
    const { get } = await running({ to: "slack", webhook: "https://nowhere.example" }, 3, changes);
    const asked = async (question: string) =>
      (await get(`/api/agreement?${question}`)).json<{ fired: number; words: string }>();

    expect(await asked("stage=open&hours=60&days=90")).toMatchObject({
      fired: 10,
      words: "“No change is open longer than 2.5 d” would have fired 10 times in the last 90 days.",
    });
    expect(await asked("stage=open&hours=60")).toMatchObject({ fired: 1 });
    expect(await asked("stage=review&hours=1")).toMatchObject({ fired: 0 });
  });
});
