import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";

const read = (name: string) => readFileSync(join(import.meta.dirname, "../deploy", name), "utf8");

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
    expect(lines).toEqual(expect.arrayContaining(["set -eu", ". /etc/headway.env", "export HOME=/var/lib/headway"]));
    expect(read("headway.service")).toContain("EnvironmentFile=-/etc/headway.env");
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
    const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")) as {
      dependencies: object;
    };
    const bundler = readFileSync(join(import.meta.dirname, "../vite.server.config.ts"), "utf8");
    const loaded = ["sqlite3", "pg", "pdfkit", "undici"];

    expect(bundler).toContain(`external: [${loaded.map((name) => `"${name}"`).join(", ")}]`);
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(loaded));
    expect(read("Containerfile")).toContain("npm prune --omit=dev");
    expect(read("Containerfile")).toContain('"/opt/headway/dist/server/main.js"');
  });
});
