/** The paths by which programs push: who they are, what they say, and what came of it. */
import type { ErrorRequestHandler, Request, RequestHandler, Response, Router } from "express";
import express from "express";
import { STATUS_CODES } from "node:http";
import type { z } from "zod";
import { CDEvent, CloudEvent, readCDEvent } from "#collectors/push/cdevents.ts";
import { DeploymentBody, readDeployment } from "#collectors/push/deployment.ts";
import type { Refusal } from "#collectors/push/fields.ts";
import { Unacceptable, read } from "#collectors/push/fields.ts";
import { IncidentBody, readIncident } from "#collectors/push/incident.ts";
import type { Told } from "#collectors/push/sayings.ts";
import { hasBegun } from "#collectors/push/things.ts";
import { nearest } from "#config/nearest.ts";
import type { WritePath, Written } from "./contract.ts";
import type { ConfiguredSource, Installation } from "./installation.ts";
import { sourceKeys } from "./installation.ts";
import type { Nudge } from "./nudges.ts";
import { Pace } from "./pace.ts";
import { homeOf } from "./pushed-services.ts";
import { refresh } from "./refresh.ts";
import type { Reception } from "./store/pushes.ts";
import { StoreError } from "./store/errors.ts";
import { judge } from "./tokens.ts";
import { GitHubHook, GitLabHook, reads, signedFor, tokenFor } from "./webhooks.ts";

const LARGEST = "256kb";
/** GitHub sends up to 25 MB, but whatever is longer than this is no news that a sync would miss. */
const LARGEST_HOOK = "5mb";
const PER_MINUTE = 600;
/** Tries of those who cannot say who they are. */
const STRANGERS_PER_MINUTE = 60;

export interface WriteOptions {
  readonly nudge: Nudge;
}

type Receipt = Written<"/api/deployments">;

export function writeRoutes(installation: Installation, { nudge }: WriteOptions): Router {
  const router = express.Router();
  const pushing = { installation, nudge };
  const paces = { known: new Pace(PER_MINUTE), strangers: new Pace(STRANGERS_PER_MINUTE) };
  const body = express.json({ limit: LARGEST, type: () => true, strict: false });
  const raw = express.raw({ limit: LARGEST_HOOK, type: () => true });
  const push = (path: WritePath, types: readonly string[], answer: (request: Request) => Promise<Receipt>) =>
    router.post(path, withToken(installation, paces), only(types), body, async (request, response) => {
      const receipt = await answer(request);
      response.status(receipt.result === "new" ? 201 : 200).json(receipt);
    });
  const hook = (path: WritePath, allowed: (request: Request) => readonly ConfiguredSource[], read: ReadHook) =>
    router.post(path, only(["application/json"]), raw, (request, response) => {
      const sources = allowed(request);
      if (sources.length === 0) return refuseStranger(response, paces.strangers, HOOK_REFUSAL);
      response.json(nudged(sources, read(parsed(request)), nudge));
    });

  push("/api/deployments", ["application/json"], async (request) =>
    receive(pushing, request, DeploymentBody, readDeployment(request.body, envelope(installation, request))),
  );
  push("/api/incidents", ["application/json"], async (request) =>
    receive(pushing, request, IncidentBody, readIncident(request.body, envelope(installation, request))),
  );
  push("/api/cdevents", ["application/json", STRUCTURED], async (request) => receiveCDEvent(pushing, request));
  hook(
    "/api/webhooks/github",
    (request) => signedFor(installation.sources, bytes(request), request.get("x-hub-signature-256")),
    (hooked) => GitHubHook.safeParse(hooked).data?.repository?.full_name ?? null,
  );
  hook(
    "/api/webhooks/gitlab",
    (request) => tokenFor(installation.sources, request.get("x-gitlab-token")),
    (hooked) => GitLabHook.safeParse(hooked).data?.project?.path_with_namespace ?? null,
  );
  router.use(onError);
  return router;
}

const STRUCTURED = "application/cloudevents+json";

/** Which repository a webhook is about; `null` when it is about none. */
type ReadHook = (hooked: unknown) => string | null;

const HOOK_REFUSAL =
  "No source accepts this: give the source a `webhookSecret` in the configuration, and the webhook the same secret.";

interface Paces {
  readonly known: Pace;
  readonly strangers: Pace;
}

/** Lets in who brings a token; whoever comes too often waits. */
function withToken({ store, now }: Installation, { known, strangers }: Paces): RequestHandler {
  return async (request, response, next) => {
    const judgement = await judge(store, request.get("authorization"), "push", now());
    if ("refusal" in judgement) return refuseStranger(response, strangers, judgement.refusal);
    const wait = known.take(String(judgement.token.id));
    if (wait > 0) return tooOften(response, wait);
    next();
  };
}

function refuseStranger(response: Response, strangers: Pace, refusal: string): void {
  const wait = strangers.take("");
  if (wait > 0) return tooOften(response, wait);
  response.set("WWW-Authenticate", 'Bearer realm="Headway"');
  problem(response, 401, refusal);
}

function tooOften(response: Response, seconds: number): void {
  response.set("Retry-After", String(seconds));
  problem(response, 429, `This is more than Headway takes in a minute. Come back in ${seconds} seconds.`);
}

function only(types: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const type = (request.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
    if (types.includes(type)) return next();
    problem(response, 415, `Send ${types.join(" or ")}, and say so in the header \`content-type\`.`);
  };
}

function envelope({ now }: Installation, request: Request) {
  const key = request.get("idempotency-key")?.trim() ?? "";
  if (key.length > 200)
    throw new Unacceptable([{ field: "Idempotency-Key", reason: "This is longer than 200 characters." }]);
  return { key: key === "" ? null : key, now: now() };
}

/** A mistyped field would be left out in silence and count for something else. */
function unknownFields(body: unknown, schema: z.ZodObject): string[] {
  const known = Object.keys(schema.shape);
  const unknown =
    typeof body === "object" && body !== null ? Object.keys(body).filter((name) => !known.includes(name)) : [];
  const refusals = unknown.flatMap((field): Refusal[] => {
    const meant = nearest(field, known);
    return meant === null ? [] : [{ field, reason: `There is no such field. Did you mean \`${meant}\`?` }];
  });
  if (refusals.length > 0) throw new Unacceptable(refusals);
  return unknown;
}

interface Pushing {
  readonly installation: Installation;
  readonly nudge: Nudge;
}

async function receive(pushing: Pushing, { body }: Request, schema: z.ZodObject, message: Told): Promise<Receipt> {
  const unknown = unknownFields(body, schema);
  return { ...(await store(pushing, message)), unknown };
}

async function receiveCDEvent(pushing: Pushing, request: Request): Promise<Receipt> {
  const message = readCDEvent(cdevent(request), pushing.installation.now());
  if ("ignored" in message)
    return { result: "ignored", kind: null, id: null, service: null, changed: [], note: message.ignored, unknown: [] };
  return { ...(await store(pushing, message)), unknown: [] };
}

/** The CDEvent in a CloudEvent: its `data` in structured mode, the body in binary mode. */
function cdevent(request: Request): unknown {
  const body: unknown = request.body;
  if (request.is(STRUCTURED) === STRUCTURED) {
    const { type, data } = read(CloudEvent, body);
    return ofType(type, data);
  }
  const type = request.get("ce-type");
  if (type === undefined) return body;
  const version = request.get("ce-specversion") ?? "";
  if (!version.startsWith("1."))
    throw new Unacceptable([{ field: "ce-specversion", reason: "Only CloudEvents 1.x can be read." }]);
  return ofType(type, body);
}

/** The envelope and the letter must speak of one thing. */
function ofType(type: string, data: unknown): unknown {
  const said = CDEvent.safeParse(data).data?.context.type;
  if (said !== undefined && said !== type)
    throw new Unacceptable([{ field: "type", reason: `The CloudEvent says ${type}, and the CDEvent in it ${said}.` }]);
  return data;
}

/** Stored, and the numbers are as new as the answer. The source of its service may have the commit by now: it is asked. */
async function store({ installation, nudge }: Pushing, message: Told): Promise<Omit<Receipt, "unknown">> {
  const { store: database, live, now } = installation;
  const [reception] = await database.push([message], now());
  if (reception === undefined) throw new Error("A message was taken and nothing came of it.");
  const { result, thing, changed } = reception;
  const services = await database.services(sourceKeys(installation));
  const home = homeOf({ name: message.service, repository: message.repository }, services);
  if (result !== "known") {
    await refresh(installation);
    live.tell();
    if (home !== null) nudge(home.source);
  }
  const service = home?.service ?? message.service;
  return { result, kind: thing.kind, id: thing.id, service, changed: [...changed], note: noteOf(reception) };
}

function noteOf({ thing }: Reception): string | null {
  return thing.kind === "incident" && !hasBegun(thing) ? "Kept, and counted once its beginning is known." : null;
}

function bytes({ body }: Request): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function parsed(request: Request): unknown {
  try {
    const hooked: unknown = JSON.parse(bytes(request).toString("utf8"));
    return hooked;
  } catch {
    throw new Unacceptable([{ field: "body", reason: "This is no JSON." }]);
  }
}

function nudged(
  sources: readonly ConfiguredSource[],
  repository: string | null,
  nudge: Nudge,
): Written<"/api/webhooks/github"> {
  const found = sources.filter((source) => reads(source, repository));
  for (const { collector } of found) nudge(collector.source);
  const note = found.length === 0 ? `No source reads ${repository}, so there is nothing to sync.` : null;
  return { syncing: found.map(({ collector }) => collector.name), note };
}

function problem(response: Response, status: number, detail: string, errors: readonly Refusal[] = []): void {
  response
    .status(status)
    .type("application/problem+json")
    .json({
      type: "about:blank",
      title: STATUS_CODES[status] ?? "Refused",
      status,
      detail,
      ...(errors.length > 0 && { errors }),
    });
}

/** What is wrong with a message is told to its sender; what is not its fault goes on to the others. */
const onError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof Unacceptable) return problem(response, 422, error.message, error.refusals);
  if (error instanceof StoreError || !(error instanceof Error) || !("type" in error)) return next(error);
  switch (error.type) {
    case "entity.too.large":
      return problem(
        response,
        413,
        `The body is larger than is taken here: ${LARGEST}, and ${LARGEST_HOOK} of webhooks.`,
      );
    case "encoding.unsupported":
    case "charset.unsupported":
      return problem(response, 415, "Send UTF-8, plain or compressed with gzip, deflate or br.");
    case "entity.parse.failed":
      return problem(response, 400, "The body is no JSON. Send one JSON object.");
    default:
      return problem(response, 400, "The body could not be read. Send one JSON object.");
  }
};
