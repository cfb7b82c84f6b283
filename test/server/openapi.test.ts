import { describe, expect, it } from "vitest";
import { commands, contract, exportContract, liveContract, writes } from "#server/contract.ts";
import { operationContract } from "#server/operation/contract.ts";
import { openapi } from "#server/openapi.ts";
import { anInstallation, serve } from "#test/support/installation.ts";

interface Operation {
  readonly summary: string;
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema?: object }[];
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, { content: Record<string, { schema?: object }> }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, { get?: Operation; post?: Operation }>>;
  readonly components: { readonly securitySchemes: object };
}

const text = JSON.stringify(openapi());
const document = JSON.parse(text) as Document;

function parametersOf(path: string) {
  return document.paths[path]?.get?.parameters ?? [];
}

/** What a list surely has there. */
function nth<Item>(list: readonly Item[], index: number): Item {
  const item = list[index];
  if (item === undefined) throw new Error(`There is no item ${index}.`);
  return item;
}

/** What a reference leads to; `undefined` when that is nothing. */
function follow(reference: string): unknown {
  let part: unknown = document;
  for (const name of reference.split("/").slice(1)) part = (part as Record<string, unknown> | undefined)?.[name];
  return part;
}

describe("the OpenAPI description", () => {
  it("is of version 3.1 and says what and which version it describes", () => {
    expect(document).toMatchObject({
      openapi: "3.1.0",
      info: { title: "Headway", version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
    });
  });

  it("lists each path of the contract and no other", () => {
    const paths = [
      ...[contract, commands, writes, operationContract].flatMap((part) => Object.keys(part)),
      exportContract.path.replace(":kind", "{kind}"),
      liveContract.path,
    ];

    // What is pushed and what is listed have the same path.
    expect(Object.keys(document.paths).toSorted()).toEqual([...new Set(paths)].toSorted());
  });

  it("lists each parameter with its place, its need and its schema", () => {
    for (const [path, { query }] of Object.entries(contract)) {
      const parameters = parametersOf(path);
      const needed = parameters.filter(({ required }) => required === true).map(({ name }) => name);
      const schemas: [string, { safeParse(input: undefined): { success: boolean } }][] = Object.entries(query.shape);

      expect(parameters.map(({ name }) => name).toSorted(), path).toEqual(Object.keys(query.shape).toSorted());
      expect(needed, path).toEqual(
        schemas.filter(([, schema]) => !schema.safeParse(undefined).success).map(([name]) => name),
      );
      expect(
        parameters.filter((parameter) => !("schema" in parameter)),
        path,
      ).toEqual([]);
    }
    expect(parametersOf("/api/export/{kind}")).toContainEqual(
      expect.objectContaining({ name: "kind", in: "path", required: true }),
    );
  });

  it("says of each path what it answers when all is well, and when it is not", () => {
    const { "/healthz": _health, "/readyz": _ready, "/metrics": _counts, ...asked } = document.paths; // who asks these cannot ask wrongly
    for (const [path, operations] of Object.entries(asked)) {
      const operation = nth(Object.values(operations), 0);
      expect(operation.summary, path).toMatch(/\.$/);
      expect(operation.responses["200"]?.content, path).toBeDefined();
      expect(operation.responses["400"]?.content["application/problem+json"]?.schema, path).toEqual({
        $ref: expect.stringMatching(/^#\/components\/schemas\/(Problem|Unacceptable)$/),
      });
    }
  });

  it("says where a token is needed", () => {
    const secured = Object.entries(document.paths).filter(([, { post }]) => post?.security?.length === 1);

    expect(document.components.securitySchemes).toMatchObject({ token: { type: "http", scheme: "bearer" } });
    expect(secured.map(([path]) => path)).toEqual([
      "/api/deployments",
      "/api/incidents",
      "/api/alerts",
      "/api/cdevents",
    ]);
  });

  it("has no reference that leads nowhere, and no schema of an older version", () => {
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = ""]) => reference);

    expect(references.filter((reference) => follow(reference) === undefined)).toEqual([]);
    expect(text).not.toContain('"nullable"');
  });

  it("is served", async () => {
    const { get } = await serve(await anInstallation({ collectors: [] }));

    expect((await get("/api/openapi.json")).json()).toEqual(document);
  });
});
