import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { listen } from "#server/cli/listen.ts";

it("lets an answer that is under way come to its end before it stops, and takes no other", async () => {
  const { address, close } = await listen(
    (_request, response) => void setTimeout(400).then(() => response.end("whole")),
    { host: "127.0.0.1", port: 0 },
  );
  const url = `http://127.0.0.1:${address.port}/`;
  const under = fetch(url).then(async (response) => response.text());
  await setTimeout(100);

  const began = performance.now();
  await close();

  expect(await under).toBe("whole");
  expect(performance.now() - began).toBeLessThan(4000);
  await expect(fetch(url)).rejects.toThrow();
});

it("keeps a connection for longer than proxies do, so that none of them asks on one that ends at that moment", async () => {
  const { address, close } = await listen((_request, response) => void response.end(), { host: "127.0.0.1", port: 0 });

  const { headers } = await fetch(`http://127.0.0.1:${address.port}/`);
  await close();

  expect(headers.get("keep-alive")).toBe("timeout=75");
});
