/** The command line in a process of its own making: streams in memory, a clock that stands, a signal to pull. */
import { Writable } from "node:stream";
import { run } from "#server/cli/index.ts";
import { aRepository } from "#test/support/git-repository.ts";
import type { GitRepository } from "#test/support/git-repository.ts";

export const now = Date.parse("2026-02-01T12:00:00Z");

export class Capture extends Writable {
  text = "";
  readonly isTTY: boolean;
  readonly columns: number | undefined;

  constructor(isTTY = false, columns?: number) {
    super();
    this.isTTY = isTTY;
    this.columns = columns;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** A reader that has left, as `| head` does. */
export class ClosedPipe extends Writable {
  readonly isTTY = false;

  override _write(_chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
  }
}

export interface Place {
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Capture;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly webRoot: string;
  readonly onReload: (listener: () => void) => () => void;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `headway …`, as typed in a folder. */
export async function headway(cwd: string, typed: string, place: Partial<Place> = {}): Promise<Outcome> {
  const [stdout, stderr] = [place.stdout ?? new Capture(), place.stderr ?? new Capture()];
  const effects = {
    now: () => now,
    signal: new AbortController().signal,
    webRoot: cwd,
    ...place,
    env: { PATH: process.env["PATH"] ?? "", HOME: cwd, LANG: "C.UTF-8", ...place.env },
    cwd,
    stdout,
    stderr,
  };
  const code = await run(
    typed.split(" ").filter((word) => word !== ""),
    effects,
  );
  return { code, stdout: stdout instanceof Capture ? stdout.text : "", stderr: stderr.text };
}

/** A shop with three releases in January 2026, one on a release branch, and two commits that wait. */
export function aShop(): GitRepository {
  const shop = aRepository();
  shop.commits(4);
  shop.tag("v1.0.0");
  shop.commits(3);
  shop.tag("v1.1.0");
  shop.tag("v1.2.0-rc.1");
  shop.branch("v1", shop.head("main") ?? "");
  shop.tag("v1.1.1", { of: shop.commit({ on: "v1", message: "Mend it" }) });
  shop.commits(2);
  return shop;
}
