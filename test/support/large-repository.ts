/** A repository of any size, as real ones are: branches merged and squashed, releases tagged, files changed; made in seconds. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface LargeRepository {
  readonly path: string;
  readonly remove: () => void;
}

const START = 1_600_000_000;
/** Twenty minutes between two commits on average: 20,000 of them take about nine months. */
const STEP = 1200;
const AUTHORS = 60;
const FILES = 100;

/** Tags are spread evenly over the history, every fifth of them lightweight. The same numbers make the same repository. */
export async function aLargeRepository({ commits = 20_000, tags = 400 } = {}): Promise<LargeRepository> {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "headway-large-")));
  spawnSync("git", ["init", "--quiet", "--initial-branch=main", path]);
  const child = spawn("git", ["fast-import", "--quiet", "--force", "--depth=1"], {
    cwd: path,
    stdio: ["pipe", "ignore", "inherit"],
  });
  const closed = once(child, "close");
  await pipeline(Readable.from(chunks(history(commits, tags))), child.stdin);
  await closed;
  // As in a clone: fast-import leaves every tag in a file of its own.
  spawnSync("git", ["pack-refs", "--all"], { cwd: path });
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function* history(commits: number, tags: number): Generator<string> {
  const every = Math.max(1, Math.floor(commits / Math.max(1, tags)));
  let tagged = 0;
  for (let mark = 1; mark <= commits; mark++) {
    yield commit(mark);
    if (mark % every === 0 && tagged < tags) yield tag(++tagged, mark);
  }
}

/** Every tenth commit merges a branch of two commits; the others follow each other. */
function commit(mark: number): string {
  const at = START + mark * STEP;
  const who = `Author ${mark % AUTHORS} <author${mark % AUTHORS}@example.com>`;
  const message = messageOf(mark);
  const lines = [
    "commit refs/heads/main",
    `mark :${mark}`,
    `author ${who} ${at - STEP * (mark % 7)} +0100`,
    `committer ${who} ${at} +0100`,
    data(message),
    ...parents(mark),
    ...change(mark),
  ];
  return `${lines.join("\n")}\n`;
}

/** Every fourth commit changes a file; the others are about their message, which is what is read. */
function change(mark: number): string[] {
  return mark % 4 === 0 ? [`M 100644 inline part${mark % 10}/file${mark % FILES}.ts`, data(`line ${mark}\n`)] : [];
}

function parents(mark: number): string[] {
  if (mark === 1) return [];
  const place = mark % 10;
  if (place === 8 && mark > 10) return [`from :${mark - 2}`];
  if (place === 9 && mark > 10) return [`from :${mark - 2}`, `merge :${mark - 1}`];
  return [`from :${mark - 1}`];
}

function messageOf(mark: number): string {
  const body = "Explain why this is done, and what else was weighed before it was done like this.\n".repeat(mark % 6);
  if (mark % 10 === 9) return `Merge pull request #${mark} from acme/topic-${mark}\n\nTopic ${mark}\n`;
  if (mark % 97 === 0)
    return `Revert "Change ${mark - 1} (#${mark - 1})" (#${mark})\n\nReverts acme/shop#${mark - 1}\n`;
  return `feat(part${mark % 20}): change ${mark} (#${mark})\n\n${body}\nCo-authored-by: Someone <someone@example.com>\n`;
}

function tag(count: number, mark: number): string {
  const name = `v${Math.floor(count / 100)}.${Math.floor(count / 10) % 10}.${count % 10}`;
  if (count % 5 === 0) return `reset refs/tags/${name}\nfrom :${mark}\n\n`;
  const tagger = `tagger Release <release@example.com> ${START + mark * STEP + 600} +0000`;
  return `tag ${name}\nfrom :${mark}\n${tagger}\n${data(`Release ${name}\n`)}\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}

/** Writes of a few hundred bytes each would take longer than the import. */
function* chunks(parts: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const part of parts) {
    chunk += part;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}
