import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { parseArguments } from "#server/cli/args.ts";
import { HELP } from "#server/cli/help.ts";
import { operationContract } from "#server/operation/contract.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { anInstallation, serve } from "#test/support/installation.ts";

/** What each variable is for: Headway reads it, the configuration speaks of it, or the system and Node do. */
const READ = {
  headway: ["HEADWAY_KEY", "HEADWAY_LOG"],
  configuration: ["DATABASE_URL", "GITHUB_TOKEN", "GITLAB_TOKEN", "HEADWAY_LOGIN_SECRET"],
  system: ["HOME", "NODE_ENV"],
};

/** What an instruction of the image says as a list. */
function listOf(instruction: string): readonly string[] {
  const said = read("Containerfile").replaceAll("\\\n", " ").split("\n");
  const line = said.find((one) => one.startsWith(instruction));
  return JSON.parse(String(line).slice(String(line).indexOf("["))) as string[];
}

/** With which code a command ends. */
async function codeOf(command: string, words: readonly string[]): Promise<number | null> {
  const started = spawn(command, words, { stdio: "ignore" });
  const [code] = (await once(started, "exit")) as [number | null];
  return code;
}

/** What an instruction that stands on one line says. */
function lineOf(file: string, pattern: RegExp): string {
  return pattern.exec(read(file))?.[1] ?? "";
}

/** Variables that are handed on, by the files that do. */
function handedOn(): readonly string[] {
  const said = ["compose.yaml", "compose.postgres.yaml"].map((name) => parse(read(name)) as Compose);
  const lines = [lineOf("Containerfile", /^ENV (.*)$/m), lineOf("headway.service", /^Environment=(.*)$/m)];
  return [
    ...said.flatMap(({ services }) => Object.keys(services["headway"]?.environment ?? {})),
    ...lines.flatMap((line) => line.split(" ").map((pair) => pair.replace(/=.*/, ""))),
  ];
}

/** The words for Headway in what a unit or an image starts. */
function commandIn(words: readonly string[]): readonly string[] {
  return words.slice(words.findIndex((word) => word.endsWith("/main.js")) + 1);
}

interface Compose {
  readonly services: Readonly<Record<string, { readonly environment?: object }>>;
}

/** A file of the repository. */
const text = (path: string): string => readFileSync(join(import.meta.dirname, "..", path), "utf8");
const guide = (name: string): string => text(`docs/${name}`);
const read = (name: string): string => text(`deploy/${name}`);

describe("what is deployed", () => {
  it("runs in a container as nobody in particular, without rights and writing to its volume alone", () => {
    const { services } = parse(read("compose.yaml")) as { services: Record<string, object> };
    const image = read("Containerfile").split("\n");

    expect(services["headway"]).toMatchObject({ read_only: true, cap_drop: ["ALL"], volumes: ["headway:/data"] });
    expect(services["headway"]).toMatchObject({ ports: ["127.0.0.1:4179:4179"] });
    expect(image.indexOf("USER node")).toBeGreaterThan(image.findLastIndex((line) => line.startsWith("RUN")));
  });

  it("is a command line that becomes the user of the service before it does anything", () => {
    const lines = read("headway").trim().split("\n");

    expect(lines.at(-1)).toMatch(/^exec setpriv --reuid=headway --regid=headway --init-groups node .* "\$@"$/);
    expect(lines).toEqual(expect.arrayContaining(["set -eu", "umask 077", "  done </etc/headway.env"]));
    expect(read("headway.service")).toContain("EnvironmentFile=-/etc/headway.env");
  });

  it("reads the environment of the service as systemd does, and runs nothing of it", async () => {
    const folder = aFolder();
    const file = join(folder, "headway.env");
    const said = [
      "# of the service",
      "SLACK=https://hooks.example/a b&c?d=$HOME",
      'QUOTED="two words"',
      "LAST=$(touch ran)",
    ];
    writeFileSync(file, said.join("\n"));
    const script = read("headway")
      .replace(/^\[ "\$\(id -u\)".*$/m, "")
      .replaceAll("/etc/headway.env", file)
      .replace("HOME=/var/lib/headway", `HOME=${folder}`)
      .replace(/^exec setpriv.*$/m, "env");

    const { stdout } = await promisify(execFile)("sh", ["-c", script], { cwd: folder });

    expect(stdout.split("\n")).toEqual(
      expect.arrayContaining(["SLACK=https://hooks.example/a b&c?d=$HOME", "QUOTED=two words", "LAST=$(touch ran)"]),
    );
    expect(existsSync(join(folder, "ran"))).toBe(false);
  });

  it("asks for the key that secrets are sealed with, which is not in the volume", () => {
    const { services } = parse(read("compose.yaml")) as { services: Record<string, { environment: object }> };

    expect(services["headway"]?.environment).toMatchObject({
      HEADWAY_KEY: expect.stringMatching(/^\$\{HEADWAY_KEY:\?/),
    });
  });

  it("is a unit that is told to read its configuration again and may write one folder", () => {
    const lines = read("headway.service").split("\n");

    expect(lines).toEqual(
      expect.arrayContaining(["ExecReload=/bin/kill -HUP $MAINPID", "ProtectSystem=strict", "StateDirectory=headway"]),
    );
    // Without it Node 20 is ended as it starts, and without the other whatever a newer one asks for would end it.
    expect(lines).toEqual(
      expect.arrayContaining(["SystemCallFilter=@system-service @pkey", "SystemCallErrorNumber=EPERM"]),
    );
  });

  it("has a PostgreSQL beside it that is waited for, with a volume that is named", () => {
    const { services, volumes } = parse(read("compose.postgres.yaml")) as {
      services: Record<string, object>;
      volumes: object;
    };

    expect(services["headway"]).toMatchObject({ depends_on: { postgres: { condition: "service_healthy" } } });
    expect(services["postgres"]).toMatchObject({ volumes: ["postgres:/var/lib/postgresql/data"] });
    expect(Object.keys(volumes)).toEqual(["postgres"]);
  });

  it("brings into the image what the server loads by itself, as packages that are no tools of ours", () => {
    const { dependencies } = JSON.parse(text("package.json")) as {
      dependencies: object;
    };
    const bundler = text("vite.server.config.ts");
    const loaded = ["sqlite3", "pg", "pdfkit", "undici"];

    expect(bundler).toContain(`external: [${loaded.map((name) => `"${name}"`).join(", ")}]`);
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(loaded));
    expect(read("Containerfile")).toContain("npm prune --omit=dev");
    expect(read("Containerfile").split("\nFROM ")[1]).toContain("python3 make g++");
    expect(read("Containerfile")).toContain('"/opt/headway/dist/server/main.js"');
  });

  it("names no variable, no command, no option and no port that Headway does not know", () => {
    const start = lineOf("headway.service", /^ExecStart=(.*)$/m);
    const names = handedOn();
    const guides = ["operate.md", "access.md", "scale.md"].map((name) => guide(name)).join("") + text("README.md");

    expect([...new Set(names)].toSorted()).toEqual(Object.values(READ).flat().toSorted());
    for (const name of READ.headway) expect(guide("security.md") + guide("operate.md")).toContain(name);
    for (const name of READ.configuration) expect(guides).toContain(`\${${name}}`);
    expect(parseArguments(commandIn(start.split(" ")))).toMatchObject({ command: "start" });
    expect(parseArguments(commandIn([...listOf("ENTRYPOINT"), ...listOf("CMD")]))).toMatchObject({
      command: "start",
      options: { host: "0.0.0.0" },
    });
    expect(HELP).toContain("default: 4179,");
    expect(read("Containerfile")).toContain("EXPOSE 4179");
    expect(Object.keys(operationContract)).toContain("/readyz");
  });

  it("is looked after by a command that says whether it can answer", async () => {
    const [command = "", ...words] = listOf("HEALTHCHECK");
    const { url } = await serve(await anInstallation({ collectors: [] }));
    const { port } = new URL(url);
    const asked = async (at: string) =>
      codeOf(
        command,
        words.map((word) => word.replace("4179", at)),
      );

    expect(words.join(" ")).toContain("http://127.0.0.1:4179/readyz");
    expect(await asked(port)).toBe(0);
    expect(await asked("1")).toBe(1);
  });

  it("keeps out of the image what lies in a checkout and is not in the repository", () => {
    const ignored = text(".dockerignore").split("\n");

    expect(ignored).toEqual(
      expect.arrayContaining([".git", "node_modules", "dist", "data", "headway.yaml", "secrets.env", "**/.env"]),
    );
  });
});
