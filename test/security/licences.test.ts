import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

/** Licences under which a company may use and pass on what is installed with Headway, without asking anybody. */
const ALLOWED = [
  "MIT",
  "MIT-0",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "Python-2.0",
];

/** Those whose package does not name a licence of the list, and whose text allows the same: it was read. */
const READ: Readonly<Record<string, string>> = {
  // Bitstream Vera: fonts may be used, copied, embedded and passed on; only changed ones need another name.
  "node_modules/dejavu-fonts-ttf": "SEE LICENSE IN README.md AND LICENSE",
  // Its LICENSE is that of MIT, which its package forgets to say.
  "node_modules/png-js": "",
};

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly integrity?: string;
}

const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
  packages: Record<string, Locked>;
};
/** Parts of these are in the dashboard, though they are packages for building it. */
const IN_THE_DASHBOARD = ["chart.js", "@kurkle/color", "preact"];
const installed = Object.entries(packages).filter(
  ([path, { dev }]) =>
    path !== "" && (dev !== true || IN_THE_DASHBOARD.some((name) => path === `node_modules/${name}`)),
);

/** The packages that its code names. */
function importedByTheDashboard(): ReadonlySet<string> {
  const files = readdirSync(join(root, "web"), { recursive: true, encoding: "utf8" });
  const code = files
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, "web", name), "utf8"));
  const named = code.flatMap((text) => [...text.matchAll(/from "((?:@[^/"]+\/)?[a-z][^/"]*)/g)]);
  return new Set(named.map(([, name = ""]) => name));
}

describe("what is installed with Headway", () => {
  it("has licences that ask nothing of a company", () => {
    const unread = installed.filter(([path, { license = "" }]) => READ[path] !== license);
    const others = unread.filter(([, { license = "" }]) => {
      const choices = license.replaceAll(/[()]/g, "").split(" OR ");
      return !choices.some((choice) => choice.split(" AND ").every((one) => ALLOWED.includes(one)));
    });

    expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
    expect(installed.length).toBeGreaterThan(50);
  });

  it("is of one exact version, whose bytes are known", () => {
    const loose = installed.filter(([, { integrity = "" }]) => !integrity.startsWith("sha512-"));

    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it("is listed by a command, each package with its licence and its bytes", () => {
    const { stdout } = spawnSync(process.execPath, ["scripts/packages.mjs", "--json", "--offline"], {
      cwd: root,
      encoding: "utf8",
    });
    const listed = (JSON.parse(stdout) as { packages: (Locked & { name: string })[] }).packages;

    expect(listed.map(({ name, version }) => `${name} ${version}`).toSorted()).toEqual(
      installed.map(([path, { version }]) => `${path.replace(/^.*node_modules\//, "")} ${version}`).toSorted(),
    );
    expect(listed.filter(({ license, integrity }) => [license, integrity].some((said) => !said))).toEqual([]);
    expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining([...IN_THE_DASHBOARD, "express", "pg"]));
  });

  it("has in the dashboard no other packages than those", () => {
    expect(importedByTheDashboard()).toEqual(new Set(["chart.js", "preact"]));
  });
});
