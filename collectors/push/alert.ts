/** A pushed alert of a scanner: the fields of `POST /api/alerts` and of a row of a file. */
import { z } from "zod";
import type { Alert } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import type { Envelope } from "./deployment.ts";
import { At, Id, Line, Name, Reading, Url, read, repositoryPath, said } from "./fields.ts";
import type { AlertSaying, Told } from "./sayings.ts";

const SCANS = ["code", "dependency", "secret"] as const;
const SEVERITIES = ["critical", "high", "medium", "low"] as const satisfies readonly Alert["severity"][];

/** Scanners shout, and one of them says moderate. */
const lowered = (value: unknown) => {
  const word = typeof value === "string" ? value.trim().toLowerCase() : value;
  return word === "moderate" ? "medium" : word;
};

const Scan = said(z.preprocess(lowered, z.enum(SCANS, `Write one of ${SCANS.join(", ")}.`)));
const Severity = said(z.preprocess(lowered, z.enum(SEVERITIES, `Write one of ${SEVERITIES.join(", ")}.`)));

export const AlertBody = z.looseObject({
  id: Id.describe("The alert's own id, the same from its beginning to its end; also by the header `Idempotency-Key`."),
  service: Name.describe("The service's name; also `appName`. Not needed where `repository` is given."),
  appName: Name,
  repository: Name.describe("`acme/shop`, or its address."),
  scan: Scan.describe("What was looked at. Needed when it is opened."),
  severity: Severity.describe("Default: not known."),
  openedAt: At.describe("When it was found; also `date`. Default: now, unless only an end is told of."),
  date: At,
  fixedAt: At.describe("When what it warned of was gone."),
  dismissedAt: At.describe("When somebody decided that it needs no fix."),
  title: Line,
  url: Url,
});

/** @throws Unacceptable */
export function readAlert(body: unknown, { key, now }: Envelope): Told {
  const fields = read(AlertBody, body);
  const reading = new Reading(fields, now);
  const repository = reading.text("repository");
  const service = reading.text("service", "appName") ?? (repository === null ? null : repositoryPath(repository));
  const openedAt = reading.at("openedAt", "date");
  const [fixedAt, dismissedAt] = [reading.at("fixedAt"), reading.at("dismissedAt")];
  const id = fields.id ?? key;
  const part = partOf(openedAt, fixedAt, dismissedAt);
  if (service === null || service === "") reading.refuse("service", "Say which service, or which `repository`.");
  if (id === null) reading.refuse("id", "Say which alert, so that its end can be told from another one's.");
  if (part === "opened" && fields.scan === undefined)
    reading.refuse("scan", `Say what was looked at: ${SCANS.join(", ")}.`);
  for (const [field, end] of Object.entries({ fixedAt, dismissedAt }))
    if (openedAt !== null && end !== null && end < openedAt) reading.refuse(field, "This is before it was opened.");
  reading.finish();
  const at = { opened: openedAt, fixed: fixedAt, dismissed: dismissedAt }[part];
  const says: AlertSaying = {
    part,
    at: at ?? now,
    fixedAt: part === "fixed" ? null : fixedAt,
    dismissedAt: part === "dismissed" ? null : dismissedAt,
    scan: fields.scan ?? null,
    severity: fields.severity ?? null,
    title: fields.title ?? null,
    url: fields.url ?? null,
  };
  return {
    kind: "alert",
    id: id ?? "",
    service: service ?? "",
    repository: repository === null ? null : repositoryPath(repository),
    dated: at !== null,
    says,
  };
}

/** A record with its beginning is told of as a whole; one without tells of an end. */
function partOf(openedAt: Instant | null, fixedAt: Instant | null, dismissedAt: Instant | null): AlertSaying["part"] {
  if (openedAt !== null || (fixedAt === null && dismissedAt === null)) return "opened";
  return fixedAt !== null ? "fixed" : "dismissed";
}
