/** The alerts of GitHub's scanners, in the official shapes, which their types hold this to. */
import type { RestEndpointMethodTypes as Endpoints } from "@octokit/rest";
import { iso } from "./rest.ts";
import type { Reply } from "./server.ts";
import type { FakeAlert, FakeRepository } from "./world.ts";

type CodeAlert = Endpoints["codeScanning"]["listAlertsForRepo"]["response"]["data"][number];
type DependencyAlert = Endpoints["dependabot"]["listAlertsForRepo"]["response"]["data"][number];
type SecretAlert = Endpoints["secretScanning"]["listAlertsForRepo"]["response"]["data"][number];

const LISTS = {
  "/code-scanning/alerts": { scan: "code", shape: codeAlert },
  "/dependabot/alerts": { scan: "dependency", shape: dependencyAlert },
  "/secret-scanning/alerts": { scan: "secret", shape: secretAlert },
} as const;

/** `null` for other paths. Dependabot pages by a cursor and refuses page numbers. */
export function alertList({ alerts }: FakeRepository, path: string, query: URLSearchParams): Reply | null {
  const list = Object.entries(LISTS).find(([address]) => address === path)?.[1];
  if (list === undefined) return null;
  const { scan, shape } = list;
  const key = scan === "dependency" ? "after" : "page";
  if (query.has(key === "after" ? "page" : "after"))
    return { status: 400, body: { message: `Pagination goes by ${key}.` } };
  const sorted = alerts.filter((one) => one.scan === scan).toSorted((a, b) => b.updatedAt - a.updatedAt);
  const size = Number(query.get("per_page") ?? 30);
  const number = Number(query.get(key) ?? 1);
  const body = sorted.slice((number - 1) * size, number * size).map((alert) => shape(alert, query));
  const next = new URLSearchParams(query);
  next.set(key, String(number + 1));
  const isMore = number * size < sorted.length;
  return { status: 200, body, ...(isMore && { headers: { link: `<https://github.test/?${next}>; rel="next"` } }) };
}

function common({ number, openedAt, updatedAt, scan }: FakeAlert) {
  const html_url = `https://github.test/security/${scan}/${number}`;
  return { number, html_url, created_at: iso(openedAt), updated_at: iso(updatedAt) };
}

function endedAs({ state, endedAt }: FakeAlert, wanted: string): string | null {
  return state === wanted && endedAt !== null ? iso(endedAt) : null;
}

function codeAlert(alert: FakeAlert) {
  const level = (alert.severity ?? undefined) as NonNullable<CodeAlert["rule"]["security_severity_level"]> | undefined;
  return {
    ...common(alert),
    state: alert.state as CodeAlert["state"],
    fixed_at: endedAs(alert, "fixed"),
    dismissed_at: endedAs(alert, "dismissed"),
    rule: { id: "js/rule", description: alert.title, severity: "error", security_severity_level: level ?? null },
  } satisfies Partial<CodeAlert>;
}

function dependencyAlert(alert: FakeAlert) {
  const { summary, severity } = {
    summary: alert.title,
    severity: alert.severity as DependencyAlert["security_advisory"]["severity"],
  };
  return {
    ...common(alert),
    state: alert.state as DependencyAlert["state"],
    fixed_at: endedAs(alert, "fixed"),
    dismissed_at: endedAs(alert, "dismissed"),
    auto_dismissed_at: endedAs(alert, "auto_dismissed"),
    security_advisory: { summary, severity } satisfies Partial<DependencyAlert["security_advisory"]>,
  } satisfies Partial<Omit<DependencyAlert, "security_advisory">> & { security_advisory: object };
}

/** The secret itself is there unless it is asked to be hidden. */
function secretAlert(alert: FakeAlert, query: URLSearchParams) {
  return {
    ...common(alert),
    state: alert.state as NonNullable<SecretAlert["state"]>,
    resolution: alert.resolution as NonNullable<SecretAlert["resolution"]> | null,
    resolved_at: endedAs(alert, "resolved"),
    secret_type: "acme_token",
    secret_type_display_name: alert.title,
    secret: query.get("hide_secret") === "true" ? "hidden" : "hunter2",
  } satisfies Partial<SecretAlert>;
}
