import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { updateClone } from "#collectors/git/clone.ts";
import { online } from "#collectors/git/environment.ts";
import { parseRemote } from "#collectors/git/remote.ts";
import type { Reach } from "#collectors/git/route.ts";
import { aFolder, aRepository } from "#test/support/git-repository.ts";

/** What git's own program for web servers says, as a web server passes it on. */
function served(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const env = {
    PATH: process.env["PATH"],
    GIT_HTTP_EXPORT_ALL: "1",
    GIT_PROJECT_ROOT: folder,
    PATH_INFO: path.replace(/^\/shop/, ""),
    QUERY_STRING: query,
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: request.headers["content-type"],
    HTTP_CONTENT_ENCODING: request.headers["content-encoding"],
  };
  const program = spawn("git", ["http-backend"], { env, stdio: ["pipe", "pipe", "ignore"] });
  request.pipe(program.stdin);
  void buffer(program.stdout).then((said) => {
    const end = said.indexOf("\r\n\r\n");
    const lines = said.subarray(0, end).toString("latin1").split("\r\n");
    const fields: Record<string, string> = Object.fromEntries(lines.map((line) => line.split(": ")));
    response.writeHead(Number.parseInt(fields["Status"] ?? "200", 10), fields).end(said.subarray(end + 4));
  });
}

/** A repository behind a web server, which leads elsewhere whoever asks for it at `/led`. */
async function aWebServer(leadsTo: (own: string) => string = (own) => `${own}/shop`) {
  const repository = aRepository();
  repository.commits(2);
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const { url = "", headers } = request;
    seen.push(`${url.split("?")[0]} ${headers.authorization ?? "-"}`);
    if (url.startsWith("/led/")) {
      const location = leadsTo(`http://${headers.host}`) + url.slice("/led".length);
      return void response.writeHead(301, { location }).end();
    }
    served(repository.gitFolder, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { repository, seen, port: (server.address() as AddressInfo).port };
}

async function cloned(url: string, reach: Reach = {}): Promise<string> {
  const folder = join(aFolder(), "clone.git");
  const remote = parseRemote(url);
  const git = {
    source: "git:shop",
    where: [],
    env: online(process.env, remote.credentials),
    signal: new AbortController().signal,
  };
  await updateClone(git, remote, folder, reach);
  return folder;
}

const named = (address: string) => async () => [{ address, family: 4 }];

describe("git", () => {
  it("connects to the address that was judged, and looks no name up", async () => {
    const { port, seen } = await aWebServer();

    const folder = await cloned(`http://shop.invalid:${port}/shop`, { lookup: named("127.0.0.1") });

    expect(existsSync(folder)).toBe(true);
    expect(seen[0]).toBe("/shop/info/refs -");
  });

  it("is not let go to where a name is a forbidden address", async () => {
    const { port, seen } = await aWebServer();

    const cloning = cloned(`http://shop.invalid:${port}/shop`, { lookup: named("169.254.169.254") });

    await expect(cloning).rejects.toThrow(/shop\.invalid is 169\.254\.169\.254/);
    expect(seen).toEqual([]);
  });

  it("goes where a repository moved on its server", async () => {
    const { port, seen } = await aWebServer();

    const folder = await cloned(`http://127.0.0.1:${port}/led`);

    expect(existsSync(folder)).toBe(true);
    expect(seen.slice(0, 4)).toEqual([
      "/led/info/refs -",
      "/led/info/refs -",
      "/shop/info/refs -",
      "/shop/info/refs -",
    ]);
  });

  it("is not led to another server, which hears nothing", async () => {
    const elsewhere = await aWebServer();
    const { port } = await aWebServer(() => `http://127.0.0.1:${elsewhere.port}/shop`);

    await expect(cloned(`http://ada:secret@127.0.0.1:${port}/led`)).rejects.toThrow(
      /it leads from .* to .*give the address/,
    );
    expect(elsewhere.seen).toEqual([]);
  });

  it("that is led to a page for people says that no repository is there", async () => {
    const { port } = await aWebServer((own) => `${own}/sign-in?next=`);

    await expect(cloned(`http://127.0.0.1:${port}/led`)).rejects.toMatchObject({ reason: "not-found" });
  });
});
