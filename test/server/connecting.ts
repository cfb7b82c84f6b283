/** A Headway that somebody started, and what they do to connect a host. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, vi } from "vitest";
import type { Reply } from "#server/contract.ts";
import { commands } from "#server/contract.ts";
import { FakeGitHub } from "#test/support/github/server.ts";
import { Capture, headway } from "./cli/support.ts";

export const TOKEN = "t-good";

/** A Headway that runs over a folder, as somebody started it. */
export async function started(cwd: string, typed = "start --port 0", env: Record<string, string> = {}) {
  const [stdout, stderr, stopping] = [new Capture(), new Capture(), new AbortController()];
  const ended = headway(cwd, typed, { stdout, stderr, signal: stopping.signal, env, now: Date.now });
  onTestFinished(async () => {
    stopping.abort();
    await ended;
  });
  await vi.waitFor(() => expect(stdout.text).toContain("http://"), 5000);
  const url = stdout.text.trim();
  const send = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(new URL(path, url), {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    const json = (await response.json()) as Record<string, unknown>;
    return { status: response.status, json, text: JSON.stringify(json) };
  };
  const status = async () => (await (await fetch(new URL("/api/status", url))).json()) as Reply<"/api/status">;
  return { url, send, status, stderr, stdout };
}

export async function aGitHub() {
  const host = await new FakeGitHub().listen();
  const shop = host.repository("shop");
  shop.push(3);
  shop.deploy();
  return host;
}

export async function probed(server: Awaited<ReturnType<typeof started>>, body: object): Promise<string> {
  const { json, status } = await server.send("/api/connect/probe", body);
  expect(status, JSON.stringify(json)).toBe(200);
  commands["/api/connect/probe"].reply.parse(json);
  return String(json["held"]);
}

/** Every file of a folder, whatever is in it. */
export function everything(folder: string): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(".git"))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((name) => ({ name, text: readFileSync(name, "latin1") }));
}
