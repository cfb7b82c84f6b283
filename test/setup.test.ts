import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeEach, describe, expect, it } from "vitest";

const repository = join(import.meta.dirname, "..");
const place = mkdtempSync(join(tmpdir(), "headway-setup-"));
afterAll(() => {
  rmSync(place, { recursive: true });
});

/**
 * Stands in for npm: notes how it was called, and installs a driver that loads when its binding says "works". What
 * `npm rebuild` brings is in FETCHED and, built from source, in BUILT.
 */
const NPM = `
const { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } = require("node:fs");
const { CALLS, CI = "works", FETCHED = "works", BUILT = "works" } = process.env;
const args = process.argv.slice(2).filter((word) => word !== "sqlite3" && word !== "--loglevel=error");
appendFileSync(CALLS, args.filter((word) => !/^--(no-|ignore|include)/.test(word)).join(" ") + "\\n");
const driver = "node_modules/sqlite3";
if (args[0] === "ci") {
  rmSync(driver, { recursive: true, force: true });
  mkdirSync(driver + "/build/Release", { recursive: true });
  if (CI !== "works") process.exit(1);
  // Long enough for a second run to notice the first.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  writeFileSync(driver + "/package.json", '{ "version": "6.0.1" }');
  writeFileSync(driver + "/index.js", \`
    const binding = require("node:fs").readFileSync(__dirname + "/build/Release/node_sqlite3.node", "utf8");
    if (binding !== "works") throw new Error("another machine's");
    exports.Database = class { get(query, done) { done(null); } };\`);
  cpSync("package-lock.json", "node_modules/.package-lock.json");
} else {
  writeFileSync(driver + "/build/Release/node_sqlite3.node", args.includes("--build-from-source") ? BUILT : FETCHED);
}`;

const lockOf = (version: string): string =>
  JSON.stringify({ packages: { "": {}, "node_modules/sqlite3": { version } } });

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A checkout of a user who has never had one: its own home, nothing installed. */
class Checkout {
  readonly #home: string;
  readonly folder: string;

  constructor(home = mkdtempSync(join(place, "home-"))) {
    this.#home = home;
    this.folder = mkdtempSync(join(place, "checkout-"));
    cpSync(join(repository, "scripts"), join(this.folder, "scripts"), { recursive: true });
    this.write("package.json", `{ "type": "module" }`);
    this.write("package-lock.json", lockOf("6.0.1"));
    writeFileSync(join(home, "npm-cli.js"), NPM);
  }

  /** Another checkout of the same user. */
  sibling(): Checkout {
    return new Checkout(this.#home);
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /** The driver that is kept for the user's other checkouts. */
  get kept(): string {
    const cache = join(this.#home, "cache/headway");
    return join(cache, readdirSync(cache).join());
  }

  /** How npm was called so far. */
  get calls(): string[] {
    const file = join(this.folder, "calls");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  }

  async run(script: string, { env = {}, args = [], node = [] }: RunOptions = {}): Promise<Outcome> {
    const child = spawn(process.execPath, [...node, join(this.folder, "scripts", script), ...args], {
      env: {
        PATH: process.env["PATH"],
        HOME: this.#home,
        XDG_CACHE_HOME: join(this.#home, "cache"),
        npm_execpath: join(this.#home, "npm-cli.js"),
        CALLS: join(this.folder, "calls"),
        ...env,
      },
    });
    const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { code, stdout, stderr };
  }
}

interface RunOptions {
  readonly env?: Record<string, string>;
  readonly args?: readonly string[];
  readonly node?: readonly string[];
}

const silence: Outcome = { code: 0, stdout: "", stderr: "" };

describe("setup", () => {
  it("installs once, on stderr, and then has nothing to say", async () => {
    const checkout = new Checkout();

    const first = await checkout.run("setup.mjs");
    const second = await checkout.run("setup.mjs");

    expect(first).toMatchObject({ code: 0, stdout: "" });
    expect(first.stderr).toContain("nothing is installed yet");
    expect(second).toEqual(silence);
    expect(checkout.calls).toEqual(["ci", "rebuild"]);
  });

  it("installs what another user can read, also for somebody who lets others read nothing", async () => {
    const checkout = new Checkout();

    await checkout.run("setup.mjs", { node: ["--import", "data:text/javascript,process.umask(0o077)"] });

    const modes = ["node_modules", "node_modules/sqlite3", "node_modules/sqlite3/package.json"].map(
      (path) => statSync(join(checkout.folder, path)).mode & 0o044,
    );
    expect(modes).toEqual([0o044, 0o044, 0o044]);
  });

  it("installs again when the lock file changes", async () => {
    const checkout = new Checkout();
    await checkout.run("setup.mjs");

    checkout.write("package-lock.json", lockOf("6.0.2"));
    const { stderr } = await checkout.run("setup.mjs");

    expect(stderr).toContain("not those of the lock file");
    expect(checkout.calls).toEqual(["ci", "rebuild", "ci"]);
  });

  it("leaves alone what npm has installed by hand", async () => {
    const checkout = new Checkout();
    await checkout.run("setup.mjs");

    rmSync(join(checkout.folder, "node_modules/.headway-setup"));
    const again = await checkout.run("setup.mjs");

    expect(again).toEqual(silence);
    expect(checkout.calls).toEqual(["ci", "rebuild"]);
  });

  it("makes good an install that failed", async () => {
    const checkout = new Checkout();

    const failed = await checkout.run("setup.mjs", { env: { CI: "fails" } });
    const mended = await checkout.run("setup.mjs");

    expect(failed).toMatchObject({ code: 1, stdout: "" });
    expect(failed.stderr).toContain("`npm ci` failed");
    expect(mended.code).toBe(0);
    expect(checkout.calls).toEqual(["ci", "ci", "rebuild"]);
  });

  it("installs once for two that start together", async () => {
    const checkout = new Checkout();

    const outcomes = await Promise.all([checkout.run("setup.mjs"), checkout.run("setup.mjs")]);

    expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
    expect(checkout.calls).toEqual(["ci", "rebuild"]);
  });

  it("takes over from one that died", async () => {
    const checkout = new Checkout();
    const dead = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => dead.once("close", resolve));
    checkout.write("dist/.setup.lock", String(dead.pid));

    const { code } = await checkout.run("setup.mjs");

    expect(code).toBe(0);
    expect(existsSync(join(checkout.folder, "dist/.setup.lock"))).toBe(false);
  });

  it("refuses an old Node in one sentence", async () => {
    const old = `data:text/javascript,Object.defineProperty(process, "versions", { value: { node: "20.18.3" } })`;

    const outcome = await new Checkout().run("setup.mjs", { node: ["--import", old] });

    expect(outcome).toMatchObject({ code: 1, stdout: "" });
    expect(outcome.stderr).toMatch(/^headway: Headway needs Node 20\.19 or newer and this is 20\.18\.3\..+\n$/);
  });
});

describe("the SQLite driver", () => {
  it("is built once for all checkouts of a user", async () => {
    const first = new Checkout();
    await first.run("setup.mjs");
    const second = first.sibling();

    const { code } = await second.run("setup.mjs");

    expect(code).toBe(0);
    expect(second.calls).toEqual(["ci"]);
  });

  it("is built from source where the fetched one does not load", async () => {
    const checkout = new Checkout();

    const { code } = await checkout.run("setup.mjs", { env: { FETCHED: "wants a newer C library" } });

    expect(code).toBe(0);
    expect(checkout.calls).toEqual(["ci", "rebuild", "rebuild --build-from-source"]);
    expect(readFileSync(checkout.kept, "utf8")).toBe("works");
  });

  it("is made anew where the kept one does not load", async () => {
    const first = new Checkout();
    await first.run("setup.mjs");
    writeFileSync(first.kept, "half of a");
    const second = first.sibling();

    const { code } = await second.run("setup.mjs");

    expect(code).toBe(0);
    expect(second.calls).toEqual(["ci", "rebuild"]);
    expect(readFileSync(second.kept, "utf8")).toBe("works");
  });

  it("names the missing tools where it cannot be built, and is tried again by the next run", async () => {
    const checkout = new Checkout();
    const broken = { FETCHED: "broken", BUILT: "broken", PATH: place };

    const { code, stderr } = await checkout.run("setup.mjs", { env: broken });
    const mended = await checkout.run("setup.mjs");

    expect(code).toBe(1);
    expect(stderr).toContain("Missing: python3, make, g++.");
    expect(mended.code).toBe(0);
  });
});

describe("build", () => {
  let checkout: Checkout;
  beforeEach(async () => {
    checkout = new Checkout();
    await checkout.run("setup.mjs");
    for (const name of ["vite", "preact"]) {
      symlinkSync(join(repository, "node_modules", name), join(checkout.folder, "node_modules", name));
    }
    for (const name of [
      "vite.config.ts",
      "vite.server.config.ts",
      "vite.deriver.config.ts",
      "vite.estimator.config.ts",
      "tsconfig.json",
    ]) {
      cpSync(join(repository, name), join(checkout.folder, name));
    }
    for (const name of ["metrics", "collectors", "config"]) checkout.write(`${name}/x.ts`, "");
    checkout.write("server/main.ts", `console.log(process.argv.slice(1).join(" "));\nprocess.exit(7);\n`);
    checkout.write("server/deriver.ts", "");
    checkout.write("server/estimator.ts", "");
    checkout.write("web/index.html", `<title>Headway</title><script type="module" src="./main.tsx"></script>`);
    checkout.write("web/main.tsx", `import { render } from "preact";\nrender(<p>hello</p>, document.body);\n`);
  });

  it("builds the server and the dashboard, and then only what has changed", async () => {
    const first = await checkout.run("build.mjs");
    const second = await checkout.run("build.mjs");
    checkout.write("web/main.tsx", "");
    const third = await checkout.run("build.mjs");

    expect(first.stderr).toMatch(/^headway: building server and web … done in [\d.]+ s\n$/);
    expect(second).toEqual(silence);
    expect(third.stderr).toContain("building web …");
    expect(first.stdout + third.stdout).toBe("");
    expect(checkout.read("dist/server/main.js")).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(checkout.read("dist/web/index.html")).toMatch(/src="\.\/assets\/index-[\w-]+\.js"/);
  });

  it("keeps the last build when one fails, and tries again", async () => {
    await checkout.run("build.mjs");
    const before = checkout.read("dist/server/main.js");

    checkout.write("server/main.ts", "const = ;");
    const failed = await checkout.run("build.mjs");
    const again = await checkout.run("build.mjs");

    expect([failed.code, again.code]).toEqual([1, 1]);
    expect(failed.stderr).toContain("server/main.ts:1:7");
    expect(checkout.read("dist/server/main.js")).toBe(before);
  });

  it("runs what it built with the arguments given, as if called directly", async () => {
    const { code, stdout } = await checkout.run("headway.mjs", { args: ["report", "--json"] });

    expect(code).toBe(7);
    expect(stdout).toBe(`${join(checkout.folder, "dist/server/main.js")} report --json\n`);
  });
});
