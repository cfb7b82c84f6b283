/** One message: read, stored, and what came of it. */
import type { Request } from "express";
import type { z } from "zod";
import { CDEvent, CloudEvent, readCDEvent } from "#collectors/push/cdevents.ts";
import type { Envelope } from "#collectors/push/deployment.ts";
import type { Refusal } from "#collectors/push/fields.ts";
import { Unacceptable, read } from "#collectors/push/fields.ts";
import type { PushedThing, Told } from "#collectors/push/sayings.ts";
import { hasBegun } from "#collectors/push/things.ts";
import { nearest } from "#config/nearest.ts";
import { isLabelled } from "#metrics/incident-links.ts";
import type { Written } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import { refresh } from "../refresh.ts";
import { planOf } from "../services.ts";
import type { Reception } from "../store/pushes.ts";
import type { ServiceRecord } from "../store/sources.ts";
import { homeOf, sharersOf } from "./homes.ts";
import type { Nudge } from "./nudges.ts";
import { labelsOf } from "./settle.ts";

export type Receipt = Written<"/api/deployments">;

/** The content type of CloudEvents in structured mode. */
export const STRUCTURED = "application/cloudevents+json";

export interface Pushing {
  readonly installation: Installation;
  readonly nudge: Nudge;
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

/** A body of one of our own forms. */
export async function receive(
  pushing: Pushing,
  request: Request,
  form: { readonly schema: z.ZodObject; readonly read: (body: unknown, envelope: Envelope) => Told },
): Promise<Receipt> {
  const message = form.read(request.body, envelope(pushing, request));
  const unknown = unknownFields(request.body, form.schema);
  return { ...(await store(pushing, message)), unknown };
}

function envelope({ installation: { now } }: Pushing, request: Request): Envelope {
  const key = request.get("idempotency-key")?.trim() ?? "";
  if (key.length > 200)
    throw new Unacceptable([{ field: "Idempotency-Key", reason: "This is longer than 200 characters." }]);
  return { key: key === "" ? null : key, now: now() };
}

export async function receiveCDEvent(pushing: Pushing, request: Request): Promise<Receipt> {
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
  const home = await homeFor(installation, message, thing);
  if (result !== "known") {
    await refresh(installation);
    live.tell();
    if (home !== null) nudge(home.source);
  }
  const service = home?.service ?? message.service;
  return { result, kind: thing.kind, id: thing.id, service, changed: [...changed], note: noteOf(reception) };
}

/** The service that gets it; `null` where that is one of its own, or several have the label of the incident. */
async function homeFor(
  installation: Installation,
  { service: name, repository }: Told,
  thing: PushedThing,
): Promise<ServiceRecord | null> {
  const services = await installation.store.services(sourceKeys(installation));
  const home = homeOf({ name, repository }, services);
  if (home !== null || thing.kind !== "incident" || thing.labels.length === 0) return home;
  const planned = await planOf(installation);
  const [labelled, ...others] = sharersOf({ name, repository }, services).filter((service) =>
    isLabelled(thing.labels, labelsOf(planned, service)),
  );
  return others.length > 0 ? null : (labelled ?? null);
}

function noteOf({ thing }: Reception): string | null {
  return hasBegun(thing) ? null : "Kept, and counted once its beginning is known.";
}
