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

  it("is a unit that is told to read its configuration again and may write one folder", () => {
    const lines = read("headway.service").split("\n");

    expect(lines).toEqual(
      expect.arrayContaining(["ExecReload=/bin/kill -HUP $MAINPID", "ProtectSystem=strict", "StateDirectory=headway"]),
    );
  });
});
