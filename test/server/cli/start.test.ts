import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { Store } from "#server/store/store.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { Capture, aShop, headway } from "./support.ts";

/** A server that runs, and how to stop it. */
async function started(cwd: string, typed = "start --port 0") {
  const [stdout, stderr, stopping] = [new Capture(), new Capture(), new AbortController()];
  const ended = headway(cwd, typed, { stdout, stderr, signal: stopping.signal });
  onTestFinished(() => stopping.abort());
  await vi.waitFor(() => expect(stdout.text).toContain("http://"), 5000);
  return { url: stdout.text.trim(), stdout, stderr, stop: () => stopping.abort(), ended };
}

async function portInUse(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe("headway start", () => {
  it("prints its address once it answers, and then collects", async () => {
    const { url, stdout, stderr } = await started(aShop().path);

    const { status } = await fetch(new URL("/api/status", url));
    await vi.waitFor(() => expect(stderr.text).toMatch(/headway: shop: \d+ new events/), 5000);
    await vi.waitFor(() => expect(stderr.text).toMatch(/headway: ready: .* \(Ctrl-C stops it\)\n$/), 5000);
    expect(stderr.text).toContain(`headway: ready: ${url} (Ctrl-C stops it)`);

    expect(stdout.text).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
    expect(status).toBe(200);
  });

  it("ends cleanly within seconds when it is told to, with connections open and a sync under way", async () => {
    const { path } = aShop();
    const { url, stop, ended } = await started(path);
    await fetch(new URL("/api/status", url));

    const told = performance.now();
    stop();
    const { code, stderr } = await ended;

    expect(code).toBe(0);
    expect(stderr).not.toContain("should not have happened");
    expect(performance.now() - told).toBeLessThan(15_000);
    await expect(fetch(url)).rejects.toThrow();
    await (await Store.open(join(path, "data/headway.db"))).close();
  });

  it("goes on serving what it has when a source fails, and says why", async () => {
    const { url, stderr } = await started(aFolder(), "start --port 0 --repo .");

    await vi.waitFor(() => expect(stderr.text).toContain(": not collected."), 5000);

    expect((await fetch(new URL("/api/status", url))).status).toBe(200);
  });

  it("gives programs the address", async () => {
    const { stdout } = await started(aShop().path, "start --port 0 --json");

    expect(JSON.parse(stdout.text).url).toMatch(/^http:/);
  });

  it("collects at once what a push speaks of: a commit that is newer than the last sync", async () => {
    const shop = aShop();
    const { token } = JSON.parse((await headway(shop.path, "token create --name ci --json")).stdout);
    const { url, stderr } = await started(shop.path);
    await vi.waitFor(() => expect(stderr.text).toContain("new events"), 5000);
    const sha = shop.commit({ message: "Ship it" });

    const { status } = await fetch(new URL("/api/deployments", url), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ service: "shop", sha }),
    });

    expect(status).toBe(201);
    const deployed = async (): Promise<unknown> =>
      (await fetch(new URL("/api/export/commits?format=json", url))).json();
    await vi.waitFor(
      async () =>
        expect(await deployed()).toContainEqual(
          expect.objectContaining({ sha, deploymentId: expect.stringContaining("production") }),
        ),
      8000,
    );
  });

  it("refuses a port in use, and says what to do", async () => {
    const port = await portInUse();

    const { code, stdout, stderr } = await headway(aShop().path, `start --port ${port}`);

    expect(stderr).toContain(`Port ${port} is in use`);
    expect(stderr).toContain(`--port ${port + 1}`);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });

  it("takes the port of the environment, unless one is given", async () => {
    const port = await portInUse();
    const env = { PORT: String(port) };

    const { code, stderr } = await headway(aShop().path, "start", { env });

    expect(stderr).toContain(`Port ${port} is in use`);
    expect(code).toBe(1);
  });
});
