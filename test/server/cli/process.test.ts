import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { expect, it, onTestFinished, vi } from "vitest";
import { aShop } from "./support.ts";

const checkout = join(import.meta.dirname, "../../..");

/** The built command line as a process of its own. */
function headway(cwd: string, ...typed: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [join(checkout, "scripts/headway.mjs"), ...typed], { cwd });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  const [code] = (await once(child, "close")) as [number | null];
  return code;
}

it.each(["SIGTERM", "SIGINT"] as const)("ends cleanly and soon on %s", async (signal) => {
  const child = headway(aShop().path, "start", "--port", "0");
  const complaints = text(child.stderr);
  await once(child.stdout, "data");
  const over = ended(child);

  const told = performance.now();
  child.kill(signal);

  expect(await over).toBe(0);
  expect(performance.now() - told).toBeLessThan(15_000);
  expect(await complaints).not.toContain("should not have happened");
});

it("serves the dashboard that was built beside it", async () => {
  const child = headway(aShop().path, "start", "--port", "0");
  child.stderr.resume();
  const [url] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];

  const page = await fetch(url.trim());

  expect(page.status).toBe(200);
  expect(await page.text()).toContain("<title>");
});

it("ends quietly when its reader has left", async () => {
  const { path } = aShop();
  await ended(headway(path, "sync"));

  const child = headway(path, "export", "commits");
  const complaints = text(child.stderr);
  child.stdout.destroy();

  expect(await ended(child)).toBe(0);
  expect(await complaints).toBe("");
});

it("exits with 2 where it was not understood", async () => {
  const child = headway(aShop().path, "reprot");
  const complaints = text(child.stderr);

  expect(await ended(child)).toBe(2);
  expect(await complaints).toContain("Did you mean `report`?");
});

it("reads its configuration again on SIGHUP, and ends at once on a second SIGTERM", { timeout: 60_000 }, async () => {
  const { path } = aShop();
  writeFileSync(join(path, "headway.yaml"), "sources: [{ host: git, path: . }]\n");
  const child = headway(path, "start", "--port", "0");
  let told = "";
  child.stderr.on("data", (chunk: Buffer) => void (told += chunk.toString()));
  const [url] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];

  child.kill("SIGHUP");
  await vi.waitFor(() => expect(told).toContain("was read again"), 20_000);
  expect((await fetch(new URL("/healthz", url.trim()))).status).toBe(200);
  const hanging = createConnection(Number(new URL(url.trim()).port), "127.0.0.1");
  onTestFinished(() => void hanging.destroy());
  hanging.on("error", () => undefined);
  hanging.write(
    "POST /api/sync HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n",
  );
  await setTimeout(300);
  const over = ended(child);
  child.kill("SIGTERM");
  await setTimeout(300);
  child.kill("SIGTERM");

  expect(await over).toBe(143);
});
