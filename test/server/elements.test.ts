import { describe, expect, it } from "vitest";
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Reply } from "#server/contract.ts";
import { aCommit, aRepository } from "#test/support/builders.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { aLayout, sources } from "#test/support/layouts.ts";

type Elements = Reply<"/api/backbone/elements">;

/** A repository of one commit that holds these files. */
function holding(paths: readonly string[]): readonly DeliveryEvent[] {
  const { source } = aRepository();
  return [aRepository({ head: "a" }), aCommit("a"), aLayout(paths, { source })];
}

const api = holding(["openapi.yaml", "a.proto", ...sources("src", 20)]);

async function look({ get }: Headway): Promise<Elements> {
  const answer = await get("/api/backbone/elements");
  expect(answer.status, answer.text).toBe(200);
  return answer.json();
}

/** Each row in short. */
function short({ rows }: Elements): unknown {
  return rows.map(({ service, element, by, suggestion, isOpen }) => [
    service,
    element,
    by,
    suggestion?.element,
    isOpen,
  ]);
}

async function say({ post }: Headway, path: "set" | "remove", body: object): Promise<void> {
  const answer = await post(`/api/programme/${path}`, { ...body, actor: "Ada" });
  expect(answer.status, answer.text).toBe(200);
}

const thing = (element: string | null, suggested: string) => ({
  change: { list: "elements", thing: { service: "acme/shop", element, suggested } },
});

describe("elements that repositories suggest", () => {
  it("are open until a person confirms one, which is in the programme and can be taken back", async () => {
    const headway = await aHeadway({ config: told, tells: [api] });
    const before = await look(headway);
    await say(headway, "set", { ...thing("integration", "api: openapi, rpc"), follows: null });
    const confirmed = await look(headway);
    const file: Reply<"/api/programme/file"> = (await headway.get("/api/programme/file")).json();
    await say(headway, "remove", { list: "elements", key: "acme/shop", follows: confirmed.version });

    expect(before).toMatchObject({ services: 1, without: 1, unlisted: 0, version: null });
    expect(before.sentence).toBe(
      "1 of 1 service has no element of the backbone. The files of 1 service suggest something that nobody has looked at.",
    );
    expect(short(before)).toEqual([["acme/shop", null, null, "api", true]]);
    expect(before.rows[0]?.suggestion?.words).toContain("(a.proto)");
    expect(short(confirmed)).toEqual([["acme/shop", "integration", "person", "api", false]]);
    expect(confirmed.without).toBe(0);
    expect(file.text).toContain("element: integration");
    expect(short(await look(headway))).toEqual(short(before));
  });

  it("do not come back once somebody said no, unless the files tell something else", async () => {
    const headway = await aHeadway({ config: told, tells: [api] });
    await say(headway, "set", { ...thing(null, "api: openapi, rpc"), follows: null });
    const refused = await look(headway);
    await say(headway, "set", { ...thing(null, "api: openapi"), follows: refused.version });

    expect(short(refused)).toEqual([["acme/shop", null, null, "api", false]]);
    expect(refused.without).toBe(1);
    expect(short(await look(headway))).toEqual([["acme/shop", null, null, "api", true]]);
  });

  it("are not asked for where the configuration says it, or its system is the same", async () => {
    const services = [{ name: "acme/shop", system: "Shop" }];
    const asked = async (config: object) =>
      short(await look(await aHeadway({ config: { ...told, ...config }, tells: [api] })));

    expect(await asked({ services: [{ name: "acme/shop", element: "data" }] })).toEqual([]);
    expect(await asked({ services, systems: [{ name: "Shop", element: "api" }] })).toEqual([]);
    expect(await asked({ services, systems: [{ name: "Shop", element: "core" }] })).toEqual([
      ["acme/shop", "core", "system", "api", true],
    ]);
  });

  it("are none of repositories whose files were not listed, which is counted", async () => {
    const found = await look(await aHeadway({ config: told, tells: [[aRepository({ head: "a" }), aCommit("a")]] }));

    expect(found).toMatchObject({ rows: [], without: 1, unlisted: 1 });
  });
});
