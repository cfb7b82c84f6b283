/** The OpenAPI 3.1 description of the API, made from the contract. */
import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { createDocument } from "zod-openapi";
import { commands, contract, exportContract, liveContract, writes } from "./contract.ts";
import { operationContract } from "./operation/contract.ts";
import { VERSION } from "./version.ts";

const Problem = z
  .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() })
  .meta({ id: "Problem", description: "RFC 9457: what happened, why, and what to do." });

const Unacceptable = Problem.extend({
  errors: z.array(z.object({ field: z.string(), reason: z.string() })).optional(),
}).meta({ id: "Unacceptable", description: "RFC 9457, with every field that cannot be taken." });

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
  paths[liveContract.path] = {
    get: {
      summary: liveContract.summary,
      responses: {
        200: {
          description: "One event now, and one whenever something changes.",
          content: { "text/event-stream": { schema: liveContract.reply } },
        },
        ...problems,
      },
    },
  };
  for (const [path, { summary, may, type, reply }] of Object.entries(operationContract)) {
    const content = { [type]: { schema: reply } };
    paths[path] = {
      get: {
        summary,
        security: may === "watcher" ? [{ token: [] }, {}] : [],
        responses: {
          200: { description: "The answer.", content },
          ...(path === "/readyz" && { 503: { description: "Not now.", content } }),
          ...(may === "watcher" && { 401: refusal("There is no token, or it is not accepted.") }),
        },
      },
    };
  }
  for (const [path, { summary, body, reply }] of Object.entries(commands)) {
    paths[path] = {
      post: {
        summary,
        requestBody: { required: true, content: { "application/json": { schema: body } } },
        responses: {
          200: { description: "It was done.", content: { "application/json": { schema: reply } } },
          ...problems,
        },
      },
    };
  }
  for (const [path, { summary, may, headers, body, reply }] of Object.entries(writes)) {
    const answer = { content: { "application/json": { schema: reply } } };
    paths[path] = {
      ...paths[path], // some can be read by the same name
      post: {
        summary,
        security: may === "push" ? [{ token: [] }] : [],
        requestParams: { header: headers },
        requestBody: { required: true, content: { "application/json": { schema: body } } },
        responses: {
          ...(may === "push"
            ? {
                200: { description: "It was known, or it changed.", ...answer },
                201: { description: "It is new.", ...answer },
              }
            : { 200: { description: "Understood.", ...answer } }),
          ...refusals,
        },
      },
    };
  }
  return createDocument({
    openapi: "3.1.0",
    info: { title: "Headway", version: VERSION, license: { name: "MIT" } },
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A token that `headway token create` made." },
      },
    },
    paths,
  });
}

const problems = {
  400: {
    description: "The question cannot be answered as asked.",
    content: { "application/problem+json": { schema: Problem } },
  },
};

const refusal = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: Unacceptable } },
});

const refusals = {
  400: refusal("This is no JSON."),
  401: refusal("There is no token or signature, or it is not accepted."),
  413: refusal("The body is too large."),
  415: refusal("The body is of another type than JSON."),
  422: refusal("The body cannot be taken; `errors` names each field and the reason."),
  429: refusal("Too many requests; the header `Retry-After` says when to come back."),
};
