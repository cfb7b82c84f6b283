import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { connecting, connectionTo, OutOfReach, reachable, reaching } from "#collectors/polite/reach.ts";
import { createPoliteFetch } from "#collectors/polite/index.ts";

const names = (known: Record<string, string[]>) => async (name: string) =>
  (known[name] ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

/** Leads to a place, and writes down what it was sent. */
async function aServer(location: string | null): Promise<{
  readonly url: string;
  readonly port: number;
  readonly seen: readonly string[];
  readonly hangUp: () => void;
}> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.url} ${String(request.headers["private-token"])}`);
    const leads = location !== null && request.url === "/from";
    response.writeHead(leads ? 302 : 200, leads ? { location } : { "content-type": "application/json" });
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, seen, hangUp: () => server.closeAllConnections() };
}

describe("an address", () => {
  it.each([
    "169.254.169.254",
    "[fe80::1]",
    "[::ffff:169.254.169.254]",
    "[fd00:ec2::254]",
    "100.100.100.200",
    "168.63.129.16",
    "0.0.0.0",
    "[::]",
    "224.0.0.1",
    "255.255.255.255",
  ])("that is no host's is not asked: %s", async (address) => {
    await expect(reachable(address)).rejects.toThrow(OutOfReach);
  });

  it.each(["http://2852039166/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/", "http://169.254.43518/"])(
    "is known in any way of writing it: %s",
    async (url) => {
      await expect(reaching()(url)).rejects.toThrow(/169\.254\.169\.254 is an address/);
    },
  );

  it.each(["10.1.2.3", "192.168.0.7", "172.16.0.1", "127.0.0.1", "[::1]", "[fd12::7]", "93.184.216.34"])(
    "of a company's own network, of this machine or of the internet is asked: %s",
    async (address) => {
      await expect(reachable(address)).resolves.toHaveLength(1);
    },
  );

  it("is looked at behind a name, all of them", async () => {
    const lookup = names({ "ghe.example": ["10.0.0.7"], "evil.example": ["93.184.216.34", "169.254.169.254"] });

    await expect(reachable("ghe.example", [], lookup)).resolves.toHaveLength(1);
    await expect(reachable("evil.example", [], lookup)).rejects.toThrow(/evil\.example is 169\.254\.169\.254/);
    await expect(reachable("nowhere.example", [], lookup)).resolves.toEqual([]);
  });

  it("is asked where somebody allows it, and no other", async () => {
    await expect(reachable("169.254.10.7", ["169.254.10.0/24"])).resolves.toHaveLength(1);
    await expect(reachable("169.254.11.7", ["169.254.10.0/24"])).rejects.toThrow(OutOfReach);
    await expect(reachable("[fe80::7]", ["fe80::7"])).resolves.toHaveLength(1);
  });
});

/** A name server that answers otherwise each time it is asked; the last answer stays. */
function turning(...answers: readonly string[]) {
  const asked: string[] = [];
  const lookup = async (name: string) => {
    asked.push(name);
    const address = answers[Math.min(asked.length, answers.length) - 1] ?? "";
    return [{ address, family: 4 }];
  };
  return { asked, lookup };
}

describe("a name that is another address when it is asked again", () => {
  const METADATA = "169.254.169.254";

  it("is connected to at the address that was judged, since it is asked once", async () => {
    const there = await aServer(null);
    const { asked, lookup } = turning("127.0.0.1", METADATA);

    const { status } = await connecting([], lookup)(`http://turning.example:${there.port}/to`);

    expect(status).toBe(200);
    expect(there.seen).toEqual(["/to undefined"]);
    expect(asked).toEqual(["turning.example"]);
  });

  it("is refused when it is connected to anew, whatever it was before", async () => {
    const there = await aServer(null);
    const { lookup } = turning("127.0.0.1", METADATA);
    const send = connecting([], lookup);
    await (await send(`http://turning.example:${there.port}/`)).text();
    there.hangUp();

    await expect(send(`http://turning.example:${there.port}/`)).rejects.toThrow(OutOfReach);
    await expect(send(`http://turning.example:${there.port}/`)).rejects.toThrow(
      /turning\.example is 169\.254\.169\.254/,
    );
    expect(there.seen).toHaveLength(1);
  });

  it("is judged the same for a mail server, which is connected to without HTTP", async () => {
    const there = await aServer(null);
    const { lookup } = turning("127.0.0.1", METADATA);
    const place = { host: "turning.example", port: there.port, patience: 5000 };

    const socket = await connectionTo(place, [], lookup);
    onTestFinished(() => void socket.destroy());

    expect(socket.remoteAddress).toBe("127.0.0.1");
    await expect(connectionTo(place, [], lookup)).rejects.toThrow(OutOfReach);
    await expect(connectionTo({ ...place, host: METADATA })).rejects.toThrow(OutOfReach);
  });

  it("that nobody knows is told as such", async () => {
    const lookup = async () => [];

    await expect(connecting([], lookup)("http://nowhere.example/")).rejects.toMatchObject({
      cause: { code: "ENOTFOUND" },
    });
  });
});

describe("a server that leads elsewhere", () => {
  it("is followed to itself", async () => {
    const there = await aServer("/to");

    const { status } = await reaching()(`${there.url}/from`, { headers: { "private-token": "t" } });

    expect(status).toBe(200);
    expect(there.seen).toEqual(["/from t", "/to t"]);
  });

  it("to another is not followed, and that one never hears the token", async () => {
    const elsewhere = await aServer(null);
    const there = await aServer(`${elsewhere.url}/to`);

    await expect(reaching()(`${there.url}/from`, { headers: { "private-token": "t" } })).rejects.toThrow(
      /it leads from/,
    );

    expect(elsewhere.seen).toEqual([]);
  });

  it("to where machines keep their keys is not followed", async () => {
    const there = await aServer("http://169.254.169.254/latest/meta-data/");

    await expect(reaching()(`${there.url}/from`)).rejects.toThrow(OutOfReach);
  });

  it("in a circle is left", async () => {
    const there = await aServer("/from");

    await expect(reaching()(`${there.url}/from`)).rejects.toThrow(/without end/);
    expect(there.seen.length).toBeLessThan(10);
  });
});

it("is told at once as a source that cannot be read, and asked once", async () => {
  const there = await aServer("http://169.254.169.254/");
  const polite = createPoliteFetch({ source: `gitlab:${there.url}`, signal: new AbortController().signal });

  await expect(polite(`${there.url}/from`)).rejects.toMatchObject({
    name: "HostError",
    reason: "unavailable",
    message: expect.stringMatching(
      /was not asked: it leads from http:\/\/127\.0\.0\.1:\d+ to http:\/\/169\.254\.169\.254/,
    ),
  });
  expect(there.seen).toHaveLength(1);
});
