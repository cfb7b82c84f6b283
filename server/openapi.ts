/** The OpenAPI 3.1 description of the API, made from the contract. */
import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { createDocument } from "zod-openapi";
import { contract, exportContract } from "./contract.ts";
import { VERSION } from "./version.ts";

const Problem = z
  .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() })
  .meta({ id: "Problem", description: "RFC 9457: what happened, why, and what to do." });

export function openapi(): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const [path, { summary, query, reply }] of Object.entries(contract)) {
    paths[path] = {
      get: {
        summary,
        requestParams: { query },
        responses: {
          200: { description: "The answer.", content: { "application/json": { schema: reply } } },
          ...problems,
        },
      },
    };
  }
  paths[exportContract.path.replace(":kind", "{kind}")] = {
    get: {
      summary: exportContract.summary,
      requestParams: { path: exportContract.params, query: exportContract.query },
      responses: {
        200: {
          description: "One row a line (ndjson, csv), or one array (json).",
          content: { "application/x-ndjson": {}, "text/csv": {}, "application/json": {} },
        },
        ...problems,
      },
    },
  };
  return createDocument({
    openapi: "3.1.0",
    info: { title: "Headway", version: VERSION, license: { name: "MIT" } },
    paths,
  });
}

const problems = {
  400: {
    description: "The question cannot be answered as asked.",
    content: { "application/problem+json": { schema: Problem } },
  },
};
