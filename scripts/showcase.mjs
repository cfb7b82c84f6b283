/**
 * Three Headways to be looked at: one that knows nothing, one that knows little, and the demo organisation. Each is the
 * built server on a port of its own, with its data in a folder that stays, so that the next time is quick.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const main = join(fileURLToPath(new URL("..", import.meta.url)), "dist/server/main.js");
const DAY = 86_400_000;
const PATIENCE_MS = 300_000;

/** How each is begun in its folder. */
const KINDS = {
  nothing: (folder) => {
    anew(folder);
    return ["start"];
  },
  little: (folder) => {
    anew(folder);
    writeLittle(folder, Date.now());
    return ["start"];
  },
  demo: () => ["demo"],
};

export const SHOWN = Object.keys(KINDS);

/** Starts one and waits until it has collected what there is. */
export async function show(kind, root) {
  const folder = join(root, kind);
  mkdirSync(folder, { recursive: true });
  const program = spawn(process.execPath, [main, ...KINDS[kind](folder), "--port", "0"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [url] = await once(createInterface(program.stdout), "line");
  const stop = async () => {
    const ended = once(program, "exit");
    program.kill();
    await ended;
  };
  try {
    await collected(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function collected(url) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    // A server that works out a whole history may not answer at once.
    const status = await fetch(`${url}api/status`).then(
      (response) => response.json(),
      () => null,
    );
    if (status?.sources.every(({ state }) => state === "ok" || state === "failed")) return;
    await wait(250);
  }
  throw new Error(`${url} is still collecting.`);
}

function anew(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  git(folder, ["init", "--quiet", "--initial-branch", "main"], Date.now());
}

/** Two commits each weekday of the last four weeks, and three releases. */
function writeLittle(folder, now) {
  for (let day = 28; day > 0; day -= 1) {
    const at = now - day * DAY;
    if ([0, 6].includes(new Date(at).getUTCDay())) continue;
    for (const title of [`Add part ${29 - day}`, `fix: mend part ${29 - day}`])
      git(folder, ["commit", "--quiet", "--allow-empty", "--message", title], at);
    if (day % 9 === 0) git(folder, ["tag", "-a", `v1.${28 - day}.0`, "-m", "A release"], at + DAY / 24);
  }
}

function git(folder, args, at) {
  const date = new Date(at).toISOString();
  const author = { GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.org", GIT_AUTHOR_DATE: date };
  const committer = { GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "ada@example.org", GIT_COMMITTER_DATE: date };
  const { status, stderr } = spawnSync("git", args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...author, ...committer },
  });
  if (status !== 0) throw new Error(stderr);
}
