/** CDEvents (https://cdevents.dev, any version) as they come in the JSON of a CloudEvent. */
import { z } from "zod";
import type { Outcome } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { At, Line, Name, Reading, Unacceptable, Sha, Url, read, repositoryPath } from "./fields.ts";
import type { IncidentSaying, Told } from "./sayings.ts";

const Reference = z.looseObject({ id: Name, name: Name }).optional();

const Content = z.looseObject({
  environment: Reference,
  service: Reference,
  repository: Reference,
  artifactId: Line,
  description: Line,
  ticketURI: Line,
  pipelineName: Name,
  url: Line,
  uri: Line,
  outcome: Name,
});

/** What CDEvents has no field for. */
const Custom = z.looseObject({
  service: Name,
  repository: Name,
  sha: Sha,
  commitSha: Sha,
  version: Name,
  runner: Name,
});

export const CDEvent = z.looseObject({
  context: z.looseObject({
    id: z.string("Say the event's id.").trim().min(1, "This is empty.").max(200),
    source: z.string("Say the event's source.").trim().min(1, "This is empty.").max(500),
    type: z
      .string("Say the event's type.")
      .regex(
        /^dev\.cdevents\.[a-z]+\.[a-z]+(\.\d+\.\d+\.\d+\S*)?$/i,
        "Write a type such as dev.cdevents.service.deployed.0.2.0.",
      ),
    timestamp: At,
  }),
  subject: z.looseObject({
    id: z.string("Say the subject's id.").trim().min(1, "This is empty.").max(200),
    content: Content.default({}),
  }),
  customData: z.unknown().optional(),
});
type CDEvent = z.output<typeof CDEvent>;

/** A CloudEvent in structured mode: https://github.com/cloudevents/spec/blob/main/cloudevents/formats/json-format.md */
export const CloudEvent = z.looseObject({
  specversion: z.string("Say the version of CloudEvents.").regex(/^1\./, "Only CloudEvents 1.x can be read."),
  id: z.string("Say the event's id."),
  source: z.string("Say the event's source."),
  type: z.string("Say the event's type."),
  data: z.unknown(),
});

/** What a CDEvent says, or why it says nothing here. @throws Unacceptable */
export function readCDEvent(body: unknown, now: Instant): Told | { readonly ignored: string } {
  const event = read(CDEvent, body);
  const [subject = "", predicate = ""] = event.context.type.toLowerCase().split(".").slice(2);
  const reading = new Reading(event.context, now);
  const at = reading.at("timestamp");
  reading.finish();
  const heard: Heard = { event, predicate, at: at ?? now, dated: at !== null, custom: customOf(event) };
  switch (subject) {
    case "service":
      return service(heard);
    case "incident":
      return incident(heard);
    case "change":
      return change(heard);
    case "pipelinerun":
      return pipeline(heard);
    default:
      return { ignored: `Events about a ${subject} count for no metric.` };
  }
}

interface Heard {
  readonly event: CDEvent;
  readonly predicate: string;
  readonly at: Instant;
  readonly dated: boolean;
  readonly custom: z.output<typeof Custom>;
}

/** Custom data belongs to its sender: what cannot be understood of it is not looked at. */
function customOf({ customData }: CDEvent): z.output<typeof Custom> {
  return Custom.safeParse(customData).data ?? {};
}

function service({ event: { context, subject }, predicate, at, dated, custom }: Heard): ReturnType<typeof readCDEvent> {
  if (!["deployed", "upgraded", "rolledback"].includes(predicate))
    return {
      ignored: `A service that was ${predicate} was not rolled out by that: deployed, upgraded and rolledback count.`,
    };
  const { environment, artifactId } = subject.content;
  const artifact = artifactOf(artifactId);
  return {
    kind: "deployment",
    // An event's id is unique within its source only.
    id: `${context.source}#${context.id}`,
    service: custom.service ?? subject.id,
    repository: custom.repository === undefined ? null : repositoryPath(custom.repository),
    dated,
    says: {
      part: "done",
      at,
      outcome: "success",
      startedAt: null,
      environment: environment?.name ?? environment?.id ?? null,
      version: custom.version ?? artifact.version,
      sha: (custom.sha ?? custom.commitSha)?.toLowerCase() ?? artifact.sha,
      url: null,
      fixesVersion: predicate === "rolledback" ? "the version before" : null,
      includedCommits: null,
    },
  };
}

function incident({ event: { subject }, predicate, at, dated, custom }: Heard): ReturnType<typeof readCDEvent> {
  const type = incidentType(predicate);
  if (type === null) return { ignored: `Nothing is known of an incident that was ${predicate}.` };
  const { content } = subject;
  const name = custom.service ?? content.service?.id ?? custom.repository;
  if (name === undefined)
    throw new Unacceptable([
      { field: "subject.content.service.id", reason: "Say which service, or it belongs to none." },
    ]);
  return {
    kind: "incident",
    id: subject.id,
    service: name,
    repository: custom.repository === undefined ? null : repositoryPath(custom.repository),
    dated,
    says: {
      // Who reports what was detected tells of one beginning.
      part: type === "triggered" ? predicate : `${type} ${new Date(at).toISOString()}`,
      at,
      type,
      endedAt: null,
      title: content.description ?? null,
      url: addressOf(content.ticketURI),
      labels: null,
      deployment: null,
      causedBy: (custom.sha ?? custom.commitSha)?.toLowerCase() ?? artifactOf(content.artifactId).sha,
      falseAlarm: null,
    },
  };
}

function incidentType(predicate: string): IncidentSaying["type"] | null {
  switch (predicate) {
    case "detected":
    case "reported":
      return "triggered";
    case "resolved":
      return "resolved";
    default:
      return null;
  }
}

function change({ event: { subject }, predicate, at, dated, custom }: Heard): ReturnType<typeof readCDEvent> {
  const part = (["created", "updated", "reviewed", "merged", "abandoned"] as const).find((one) => one === predicate);
  if (part === undefined) return { ignored: `Nothing is known of a change that was ${predicate}.` };
  const { repository, description, url } = subject.content;
  const path = repositoryPath(custom.repository ?? repository?.id ?? repository?.name ?? "");
  if (path === "")
    throw new Unacceptable([
      { field: "subject.content.repository.id", reason: "Say which repository, or it belongs to none." },
    ]);
  return {
    kind: "change",
    id: subject.id,
    service: custom.service ?? path,
    repository: path,
    dated,
    says: {
      part,
      at,
      title: description ?? null,
      url: addressOf(url),
      mergeCommit: part === "merged" ? ((custom.sha ?? custom.commitSha)?.toLowerCase() ?? null) : null,
    },
  };
}

function pipeline({ event: { subject }, predicate, at, dated, custom }: Heard): ReturnType<typeof readCDEvent> {
  const part = (["queued", "started", "finished"] as const).find((one) => one === predicate);
  if (part === undefined) return { ignored: `Nothing is known of a pipeline run that was ${predicate}.` };
  const { pipelineName, url, uri, outcome } = subject.content;
  const name = pipelineName ?? subject.id;
  return {
    kind: "pipeline",
    id: subject.id,
    service: custom.service ?? (custom.repository === undefined ? name : repositoryPath(custom.repository)),
    repository: custom.repository === undefined ? null : repositoryPath(custom.repository),
    dated,
    says: {
      part,
      at,
      name: pipelineName ?? null,
      url: addressOf(url ?? uri),
      sha: (custom.sha ?? custom.commitSha)?.toLowerCase() ?? null,
      outcome: pipelineOutcome(part, outcome),
      runner: custom.runner ?? null,
    },
  };
}

function pipelineOutcome(part: "queued" | "started" | "finished", outcome: string | undefined): Outcome {
  if (part !== "finished") return part === "queued" ? "waiting" : "running";
  switch (outcome?.toLowerCase()) {
    case "success":
    case undefined:
      return "success";
    case "cancel":
    case "canceled":
    case "cancelled":
      return "cancelled";
    default:
      return "failure";
  }
}

/** A package URL (https://github.com/package-url/purl-spec) names a version, and at times the commit it was built from. */
function artifactOf(purl: string | undefined): { readonly version: string | null; readonly sha: string | null } {
  const [path = "", qualifiers = ""] = decoded(purl ?? "").split("?");
  const version = /@([^@]+)$/.exec(path)?.[1] ?? null;
  const built = /(?:vcs_url|revision|commit)=[^&]*?\b([0-9a-f]{40}|[0-9a-f]{64})\b/i.exec(qualifiers)?.[1];
  const sha = built ?? (version !== null && /^[0-9a-f]{40}$/i.test(version) ? version : null);
  return { version, sha: sha?.toLowerCase() ?? null };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A link that can be followed; anything else is none. */
function addressOf(text: string | undefined): string | null {
  return Url.safeParse(text).data ?? null;
}
