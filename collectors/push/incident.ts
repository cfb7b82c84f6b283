/** A pushed incident: the fields of `POST /api/incidents` and of a row of a file. */
import { z } from "zod";
import { At, Flag, Id, Line, Name, Names, Reading, Sha, Url, read, repositoryPath, said } from "./fields.ts";
import type { Envelope } from "./deployment.ts";
import type { IncidentSaying, Told } from "./sayings.ts";

const TYPES = ["triggered", "resolved", "reopened"] as const;

const Type = said(z.enum(TYPES, `Write one of ${TYPES.join(", ")}.`));

export const IncidentBody = z.looseObject({
  type: Type.describe("What happened to it. Default: triggered."),
  id: Id.describe(
    "The incident's own id, the same from its beginning to its end; also by the header `Idempotency-Key`.",
  ),
  service: Name.describe("The service's name; also `appName`. Not needed where `repository` is given."),
  appName: Name,
  repository: Name.describe("`acme/shop`, or its address."),
  date: At.describe("When that happened; also `openedAt`. Default: now."),
  openedAt: At,
  endedAt: At.describe("Of an incident that is over: when it ended; also `resolvedAt`."),
  resolvedAt: At,
  title: Line,
  url: Url,
  labels: Names.describe(
    "Kept with it; of several services in one repository, they say whose it is (`incidentLabels`).",
  ),
  deploymentId: Id.describe("The deployment that caused it, by its id."),
  sha: Sha.describe(
    "The commit that caused it. Without either: the service's latest deployment within 72 hours before.",
  ),
  falseAlarm: Flag.describe("Nothing had happened: it fails no deployment."),
});

/** @throws Unacceptable */
export function readIncident(body: unknown, { key, now }: Envelope): Told {
  const fields = read(IncidentBody, body);
  const reading = new Reading(fields, now);
  const repository = reading.text("repository");
  const service = reading.text("service", "appName") ?? (repository === null ? null : repositoryPath(repository));
  const type = fields.type ?? "triggered";
  const date = reading.at("date", "openedAt");
  const endedAt = reading.at("endedAt", "resolvedAt");
  const at = type === "resolved" ? (endedAt ?? date) : date;
  const id = fields.id ?? key;
  if (service === null || service === "") reading.refuse("service", "Say which service, or which `repository`.");
  if (id === null) reading.refuse("id", "Say which incident, so that its end can be told from another one's.");
  if (type === "triggered" && date === null && endedAt !== null) reading.refuse("date", "Say when it began.");
  if (date !== null && endedAt !== null && endedAt < date) reading.refuse("endedAt", "This is before it began.");
  reading.finish();
  const says: IncidentSaying = {
    part: type === "triggered" ? type : `${type} ${new Date(at ?? now).toISOString()}`,
    at: at ?? now,
    type,
    endedAt: type === "resolved" ? null : endedAt,
    title: fields.title ?? null,
    url: fields.url ?? null,
    labels: fields.labels ?? null,
    deployment: fields.deploymentId ?? null,
    causedBy: fields.sha?.toLowerCase() ?? null,
    falseAlarm: fields.falseAlarm ?? null,
  };
  return {
    kind: "incident",
    id: id ?? "",
    service: service ?? "",
    repository: repository === null ? null : repositoryPath(repository),
    dated: at !== null,
    says,
  };
}
