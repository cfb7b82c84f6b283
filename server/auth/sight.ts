/** How much of an installation somebody sees: all of it, their teams, or the view that a link shows. */
import type { Config } from "#config/schema.ts";
import { scopeNamed } from "#metrics/scopes.ts";
import type { Scope } from "#metrics/scopes.ts";
import { liveContract, openapiContract } from "../contract.ts";
import type { Who } from "./access.ts";

export interface Sight {
  /** The same for all who see the same. */
  readonly key: string;
  /** Whose services are there for them; `null`: everybody's. Of several any. */
  readonly scopes: readonly Scope[] | null;
  /** Which paths tell them anything. */
  readonly mayAsk: (path: string) => boolean;
  readonly refusal: string;
}

/** What tells of services alone, each by its name: it can be told of some. Whatever is not listed here tells of the whole. */
const OF_SERVICES: ReadonlySet<string> = new Set([
  "/api/status",
  "/api/metrics",
  "/api/scopes",
  "/api/measures",
  "/api/flow",
  "/api/benchmark",
  "/api/services",
  "/api/series",
  "/api/rows",
  "/api/agreement",
  "/api/changes",
  "/api/deployments",
  "/api/incidents",
  "/api/item",
  "/api/search",
  "/api/pipelines",
  "/api/why",
  "/api/annotations",
  "/api/judgements",
  "/api/baselines",
  "/api/experiments",
  "/api/syncs",
  "/api/export/:kind",
  liveContract.path,
]);

/** What every page asks for, whatever it shows. */
const OF_EVERY_PAGE: ReadonlySet<string> = new Set([
  "/api/status",
  "/api/metrics",
  "/api/scopes",
  "/api/measures",
  "/api/services",
  "/api/why",
  "/api/annotations",
  "/api/baselines",
  "/api/benchmark",
  "/api/agreement",
  liveContract.path,
]);

/** What else the pages show, by their path; what begins with one of these is theirs. */
const OF_PAGE: Readonly<Record<string, readonly string[]>> = {
  "": [],
  delivery: [],
  flow: ["/api/flow", "/api/rows"],
  pipelines: ["/api/pipelines"],
  deployments: ["/api/deployments"],
  changes: ["/api/changes"],
  incidents: ["/api/incidents"],
  rows: ["/api/rows"],
  change: ["/api/item"],
  deployment: ["/api/item"],
  incident: ["/api/item"],
  experiments: ["/api/experiments", "/api/judgements"],
  progress: ["/api/progress", "/api/programme", "/api/gate", "/api/reviews", "/api/review", "/api/assessments"],
  backbone: ["/api/backbone", "/api/programme", "/api/reviews"],
  leadership: ["/api/leadership", "/api/baseline"],
  savings: ["/api/savings"],
  ledger: ["/api/ledger", "/api/savings"],
  data: ["/api/syncs", "/api/judgements", "/api/rules"],
};

/** Of nobody's concern but that of whoever asks. */
function isAboutAsking(path: string): boolean {
  return path === "/api/me" || path === "/api/sessions" || path === openapiContract.path;
}

/** `null`: all of it. */
export function sightOf(who: Who, { visibility }: Pick<Config, "visibility">): Sight | null {
  if (who.kind === "link") return sightOfLink(who.path);
  if (who.kind !== "person" || who.role !== "viewer" || visibility === "all") return null;
  const teams = [...new Set(who.teams)].toSorted();
  return {
    key: JSON.stringify(["teams", ...teams]),
    scopes: teams.map((name) => ({ kind: "team", name })),
    mayAsk: (path) => OF_SERVICES.has(path) || isAboutAsking(path),
    refusal: `This tells of the whole organisation, and you see ${teams.length === 0 ? "no team yet: an administrator says which" : `what belongs to ${teams.join(", ")}`}.`,
  };
}

/** The services of the view that it was made for, and of the API what its page asks for. */
function sightOfLink(view: string): Sight {
  const [page = "", question = ""] = view.split("?");
  const asked = new URLSearchParams(question);
  const [service, text] = [asked.get("service"), asked.get("scope")];
  const scope: Scope | null =
    service === null ? scopeNamed(text ?? "organisation") : { kind: "service", name: service };
  const own = OF_PAGE[page] ?? [];
  const isWhole = scope?.kind === "organisation";
  const isOfPage = (path: string): boolean =>
    OF_EVERY_PAGE.has(path) || own.some((part) => path === part || path.startsWith(`${part}/`));
  return {
    key: JSON.stringify(["link", page, scope]),
    // What is no scope is nobody's.
    scopes: isWhole ? null : scope === null ? [] : [scope],
    mayAsk: (path) => isAboutAsking(path) || (isOfPage(path) && (isWhole || OF_SERVICES.has(path))),
    refusal:
      "A link shows the view that it was made for, and nothing else. Ask whoever gave it to you for another one, or log in.",
  };
}
