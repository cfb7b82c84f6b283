/**
 * What a company gets with Headway: each package with its version, its licence and the hash of its bytes, and what is known against it.
 *
 *     npm run -s packages                  a table, then what the registry knows against any of them
 *     npm run -s packages -- --json        the same for programs
 *     npm run -s packages -- --offline     asks nobody
 *
 * Ends with 1 where something severe is known against one of them, or where nobody could be asked.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Packages for building, of which parts are in the dashboard. */
const IN_THE_DASHBOARD = ["chart.js", "@kurkle/color", "preact"];
const SEVERE = ["high", "critical"];

const root = fileURLToPath(new URL("..", import.meta.url));
const options = process.argv.slice(2);
const unknown = options.filter((option) => !["--json", "--offline"].includes(option));
if (unknown.length > 0) {
  console.error(`There is no option ${unknown.join(" ")}: --json and --offline are all.`);
  process.exit(2);
}

const packages = shipped();
const known = options.includes("--offline") ? null : advisories(new Set(packages.map(({ name }) => name)));
if (options.includes("--json")) console.log(JSON.stringify({ packages, advisories: known?.found ?? null }, null, 2));
else print();
if (known !== null && (known.problem !== null || known.found.some(({ severity }) => SEVERE.includes(severity))))
  process.exitCode = 1;

function shipped() {
  const { packages: locked } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return Object.entries(locked)
    .filter(([path]) => path !== "")
    .map(([path, entry]) => ({ name: path.replace(/^.*node_modules\//, ""), ...entry }))
    .filter(({ name, dev }) => dev !== true || IN_THE_DASHBOARD.includes(name))
    .map(({ name, version, license, integrity }) => ({ name, version, license: license ?? "see its files", integrity }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** What the registry knows against the packages of these names, as npm asks for it. */
function advisories(names) {
  const { stdout } = spawnSync("npm", ["audit", "--json"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  try {
    const { vulnerabilities } = JSON.parse(stdout);
    const found = Object.values(vulnerabilities)
      .filter(({ name }) => names.has(name))
      .map(({ name, severity, range, via }) => ({
        name,
        severity,
        range,
        what: via.map((one) => (typeof one === "string" ? `by ${one}` : `${one.title} ${one.url}`)),
      }));
    return { found, problem: null };
  } catch {
    return {
      found: [],
      problem: "The registry did not say what is known against them. Ask again where it can be reached.",
    };
  }
}

function print() {
  console.log("| package | version | licence | bytes |\n| --- | --- | --- | --- |");
  for (const { name, version, license, integrity } of packages)
    console.log(`| ${name} | ${version} | ${license} | ${integrity.slice(0, 19)}… |`);
  console.error(`\n${packages.length} packages.`);
  if (known === null) return;
  if (known.problem !== null) return console.error(known.problem);
  if (known.found.length === 0) console.error("Nothing is known against any of them.");
  for (const { name, severity, range, what } of known.found)
    console.error(`${severity}: ${name} ${range}: ${what.join("; ")}`);
}
