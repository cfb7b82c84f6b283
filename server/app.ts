/** The HTTP side: the contract's paths, the files of the dashboard, and nothing else. It does not listen; whoever made it does. */
import compression from "compression";
import express from "express";
import type { Express, Request, Response, Router } from "express";
import helmet from "helmet";
import type { RequestListener } from "node:http";
import { isIP } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { z } from "zod";
import type { Ahead } from "./ahead.ts";
import type { accessContract } from "./access-contract.ts";
import { answerAgreement } from "./answers/agreement.ts";
import { answerAnnotations } from "./answers/annotations.ts";
import { answerAssessments } from "./answers/assessments.ts";
import { answerAudit } from "./answers/audit.ts";
import { answerBackbone, answerBackboneWaits } from "./answers/backbone.ts";
import { answerElements } from "./answers/elements.ts";
import { answerBenchmark } from "./answers/benchmark.ts";
import { answerActuals } from "./answers/actuals.ts";
import { answerLedger } from "./answers/ledger.ts";
import { answerSavingRecords } from "./answers/saving-records.ts";
import { answerPortfolio } from "./answers/portfolio.ts";
import { answerProgramme, answerProgrammeFile, answerProgrammeHistory } from "./answers/programme.ts";
import { answerMilestones } from "./answers/milestones.ts";
import { answerProgressRows, answerProgressService } from "./answers/progress-service.ts";
import { answerProgress } from "./answers/progress.ts";
import { answerExperiments, answerPromise } from "./answers/experiments.ts";
import { answerFlow } from "./answers/flow.ts";
import { answerGate } from "./answers/gate.ts";
import { answerLeadership } from "./answers/leadership.ts";
import { answerSheet } from "./answers/leadership-sheet.ts";
import { answerItem } from "./answers/item.ts";
import { answerChanges, answerDeployments, answerIncidents } from "./answers/listing.ts";
import { answerMeasures } from "./answers/measures.ts";
import { answerSeries } from "./answers/series.ts";
import { answerServices } from "./answers/services.ts";
import { Memory } from "./answers/memory.ts";
import { answerPipelines } from "./answers/pipelines.ts";
import { BadRequest } from "./answers/problem.ts";
import { answerDifferent, answerReview, answerReviews } from "./answers/reviews.ts";
import { answerRulePreview } from "./answers/rule-preview.ts";
import { answerRows } from "./answers/rows.ts";
import { answerSavingsPlan } from "./answers/savings-plan.ts";
import { answerSavingsLever } from "./answers/savings-lever.ts";
import { answerSavings, answerSavingsDraws } from "./answers/savings.ts";
import { answerScopes } from "./answers/scopes.ts";
import { answerSearch } from "./answers/search.ts";
import { answerStatement, answerStatements } from "./statements/issue.ts";
import { answerStatus } from "./answers/status.ts";
import { answerSyncs } from "./answers/syncs.ts";
import { answerSettings } from "./answers/settings.ts";
import { answerWhy } from "./answers/reasons.ts";
import type { Access } from "./auth/access.ts";
import { door } from "./auth/door.ts";
import { FirstRun } from "./auth/first-run.ts";
import { Patience } from "./auth/patience.ts";
import { providing } from "./auth/providing.ts";
import { accessRoutes } from "./auth/routes.ts";
import { withoutBasePath } from "./base-path.ts";
import type { Control } from "./commands.ts";
import { commandRoutes } from "./commands.ts";
import type { ExportFormat, Path, Query, Reply } from "./contract.ts";
import { contract, exportContract, liveContract, openapiContract } from "./contract.ts";
import { answerBaseline, answerBaselines } from "./baselines.ts";
import { answerJudgements } from "./judging.ts";
import { eventStream } from "./event-stream.ts";
import { exportRows } from "./export.ts";
import { ofNobody, onError } from "./failures.ts";
import { frontPage } from "./front-page.ts";
import type { Installation } from "./installation.ts";
import type { Log } from "./log.ts";
import { plainLog } from "./log.ts";
import { metricsRoute, observed, probeRoutes } from "./operation/routes.ts";
import { Telemetry } from "./operation/telemetry.ts";
import { problem } from "./problem.ts";
import type { Nudge } from "./push/nudges.ts";
import { idOf, withRequestId } from "./request-id.ts";
import { openapi } from "./openapi.ts";
import type { ReplyCounts } from "./replies.ts";
import { Replies } from "./replies.ts";
import { seeingSome } from "./narrowed.ts";
import { Watch } from "./watch.ts";
import { paces, withToken } from "./push/access.ts";
import { pushRoutes } from "./push/routes.ts";
import { metrics } from "#metrics/index.ts";
import { SECOND } from "#metrics/time.ts";
import { DEFAULT_LENS, inTime } from "#metrics/lens.ts";

/** What is asked of an installation; who may is asked elsewhere. */
type AskedPath = Exclude<Path, keyof typeof accessContract>;

export interface AppOptions {
  /** The folder of the built dashboard. */
  readonly webRoot: string;
  /** Names under which this server may be addressed, beside those of this machine. */
  readonly hosts?: readonly string[];
  /** What this server can be told to do; `null`: nothing. */
  readonly control?: Control | null;
  /** Told of sources that have news. */
  readonly nudge?: Nudge;
  /** Ends what would otherwise stay open. */
  readonly stopping?: AbortSignal;
  /** Another app, which answers below a path of its own: the demo organisation. */
  readonly demo?: RequestListener | null;
  /** Of an app that answers below a path: where the one above it is, relative to a page. */
  readonly home?: string | null;
  /** Who may use it; of an app below a path that is the concern of the one above. */
  readonly access?: Access;
  /** What works out answers before somebody asks; `null`: nothing does. */
  readonly ahead?: Ahead | null;
  /** What this process counts of its work. */
  readonly telemetry?: Telemetry;
  readonly log?: Log;
}

/** Where nothing else is said, only this machine reaches it. */
export function accessTo(installation: Installation, access: Partial<Access> = {}): Access {
  const { store, now } = installation;
  const firstRun = new FirstRun(now, (line) => console.error(`headway: ${line}`));
  const provider = providing(() => installation.config, now);
  const config = () => installation.config;
  return { store, now, isWide: false, firstRun, patience: new Patience(now), provider, config, ...access };
}

export function createApp(installation: Installation, options: AppOptions): Express {
  const { webRoot, hosts = [], control = null, nudge = () => undefined } = options;
  const { stopping = new AbortController().signal, demo = null, home = null } = options;
  const { access = accessTo(installation) } = options;
  const pace = paces();
  const { telemetry = new Telemetry(), log = plainLog, ahead = null } = options;
  const app = express();
  app.disable("x-powered-by");
  app.use(withRequestId, observed(telling(telemetry, log)));
  app.use(withoutBasePath(installation));
  app.use(probeRoutes(installation, stopping));
  if (ahead !== null) app.use(ahead.watch);
  if (demo !== null) app.use("/demo", below(demo));
  app.set("trust proxy", [...installation.config.proxies]);
  app.use(refuseForeignNames(installation, hosts, access.isWide));
  app.use(helmet({ contentSecurityPolicy: { directives: CONTENT_POLICY }, strictTransportSecurity: false }));
  const counts = { kept: 0, made: 0 };
  app.use(metricsRoute(installation, telemetry, counts));
  app.use(door(access, withToken(installation, pace)));

  const beside = { watch: new Watch(installation), counts, stopping, home: demo === null ? home : "demo/" };
  const { memory = new Memory(installation.store) } = ahead ?? {};
  app.use(seeingSome(installation, (some) => answering(some, beside, new Memory(some.store))));
  app.use(answering(installation, beside, memory));
  app.use(compression());
  app.get(openapiContract.path, (_request, response) => void response.json(openapi()));
  app.use(accessRoutes(access));
  app.use(commandRoutes(control));
  app.use(pushRoutes({ installation, nudge }, pace));
  app.use("/assets", express.static(join(webRoot, "assets"), { immutable: true, maxAge: "1y", fallthrough: false }));
  app.use(express.static(webRoot, { index: false }));
  app.get("/{:page}", frontPage(installation, webRoot, access));
  app.use(ofNobody(stopping));
  app.use(onError(log));
  return app;
}

interface Beside {
  /** Of the whole, since what somebody sees of it changes with it. */
  readonly watch: Watch;
  readonly counts: ReplyCounts;
  readonly stopping: AbortSignal;
  /** Where the other app is, relative to a page. */
  readonly home: string | null;
}

/** Whatever is asked of an installation, or of as much of it as somebody sees. */
function answering(installation: Installation, { watch, counts, stopping, home }: Beside, memory: Memory): Router {
  const app = express.Router();
  const answers = {
    settled: new Replies(watch, "settled", { counts }),
    fleeting: new Replies(watch, "fleeting", { counts }),
  };
  const get = <P extends AskedPath>(
    path: P,
    kind: keyof typeof answers,
    answer: (query: Query<P>) => Promise<Reply<P>>,
  ) => {
    app.get(path, async (request: Request, response: Response) => {
      const query = parse<Query<P>>(contract[path].query, request.query);
      await answers[kind].send(request, response, { path, query }, async () => answer(query));
    });
  };
  /** What is true until facts, decisions, the configuration or the day change. */
  const getSettled = <P extends AskedPath>(path: P, answer: (query: Query<P>) => Promise<Reply<P>>) =>
    get(path, "settled", answer);
  /** What something else changes as well: a sync that runs, the clock, what is tried. */
  const getFleeting = <P extends AskedPath>(path: P, answer: (query: Query<P>) => Promise<Reply<P>>) =>
    get(path, "fleeting", answer);
  getFleeting("/api/status", async () => answerStatus(installation, memory, home));
  getFleeting("/api/syncs", (query) => answerSyncs(installation, query));
  getSettled("/api/metrics", async ({ time }) =>
    contract["/api/metrics"].reply.parse(metrics.map((metric) => inTime(metric, { ...DEFAULT_LENS, time }))),
  );
  getSettled("/api/scopes", async () => answerScopes(installation));
  getSettled("/api/measures", async (query) => answerMeasures(installation, query, memory));
  getSettled("/api/flow", async (query) => answerFlow(installation, query, memory));
  getSettled("/api/benchmark", async (query) => answerBenchmark(installation, query, memory));
  getSettled("/api/services", async (query) => answerServices(installation, query, memory));
  getSettled("/api/series", async (query) => answerSeries(installation, query, memory));
  getSettled("/api/rows", async (query) => answerRows(installation, query, memory));
  getSettled("/api/agreement", async (query) => answerAgreement(installation, query, memory));
  getSettled("/api/changes", async (query) => answerChanges(installation, query, memory));
  getSettled("/api/deployments", async (query) => answerDeployments(installation, query, memory));
  getSettled("/api/incidents", async (query) => answerIncidents(installation, query, memory));
  getSettled("/api/pipelines", async (query) => answerPipelines(installation, query, memory));
  getFleeting("/api/item", (query) => answerItem(installation, query, memory));
  getFleeting("/api/search", (query) => answerSearch(installation, query));
  getFleeting("/api/experiments", (query) => answerExperiments(installation, query, memory));
  getSettled("/api/experiments/promise", async (query) => answerPromise(installation, query, memory));
  getFleeting("/api/programme", (query) => answerProgramme(installation, query));
  getFleeting("/api/programme/file", async () => answerProgrammeFile(installation));
  getFleeting("/api/programme/history", (query) => answerProgrammeHistory(installation, query));
  getSettled("/api/progress", async (query) => answerProgress(installation, query, memory));
  getSettled("/api/progress/service", async (query) => answerProgressService(installation, query, memory));
  getFleeting("/api/progress/milestones", async () => answerMilestones(installation, memory));
  getFleeting("/api/progress/rows", (query) => answerProgressRows(installation, query, memory));
  getSettled("/api/gate", async (query) => answerGate(installation, query, memory));
  getFleeting("/api/assessments", async () => answerAssessments(installation));
  getFleeting("/api/reviews", async () => answerReviews(installation));
  getFleeting("/api/reviews/different", async () => answerDifferent(installation, memory));
  getFleeting("/api/review", async (query) => answerReview(installation, query, memory));
  getFleeting("/api/ledger", (query) => answerLedger(installation, query));
  getFleeting("/api/savings/records", async () => answerSavingRecords(installation));
  getFleeting("/api/savings/actuals", async () => answerActuals(installation));
  getFleeting("/api/backbone", (query) => answerBackbone(installation, query, memory));
  getFleeting("/api/backbone/portfolio", (query) => answerPortfolio(installation, query));
  getFleeting("/api/backbone/elements", async () => answerElements(installation));
  getFleeting("/api/backbone/waits", (query) => answerBackboneWaits(installation, query, memory));
  getFleeting("/api/savings/statements", async () => answerStatements(installation));
  getFleeting("/api/savings/statement", async (query) => answerStatement(installation, query));
  getFleeting("/api/annotations", (query) => answerAnnotations(installation, query, memory));
  getFleeting("/api/judgements", async () => answerJudgements(installation));
  getFleeting("/api/baselines", async () => answerBaselines(installation));
  getSettled("/api/baseline", async (query) => answerBaseline(installation, query, memory));
  getSettled("/api/leadership", async (query) => answerLeadership(installation, query, memory));
  getSettled("/api/leadership/sheet", async (query) => answerSheet(installation, query, memory));
  getFleeting("/api/savings", (query) => answerSavings(installation, query));
  getFleeting("/api/savings/plan", (query) => answerSavingsPlan(installation, query));
  getFleeting("/api/savings/draws", (query) => answerSavingsDraws(installation, query));
  getFleeting("/api/savings/lever", (query) => answerSavingsLever(installation, query));
  getFleeting("/api/settings", async (query) => answerSettings(installation, query));
  getFleeting("/api/audit", async (query) => answerAudit(installation, query));
  getSettled("/api/why", async (query) => answerWhy(installation, query, memory));
  getFleeting("/api/rules/preview", (query) => answerRulePreview(installation, query));
  app.get(liveContract.path, eventStream(installation, stopping));
  // What is above packs itself.
  app.get(exportContract.path, compression(), async (request, response) => sendExport(installation, request, response));
  return app;
}

/** A line for each request, and its time among those of its path. */
function telling(telemetry: Telemetry, log: Log): Parameters<typeof observed>[0] {
  return (request, response, route, status, seconds) => {
    // Who listens to what happens does so for hours.
    if (route !== liveContract.path) telemetry.answered(route, request.method, status, seconds);
    const level = status >= 500 ? "warn" : "info";
    const milliseconds = Math.round(seconds * SECOND);
    log(level, `${request.method} ${route} ${status}`, {
      ...idOf(response),
      method: request.method,
      route,
      status,
      milliseconds,
    });
  };
}

/** An app that takes what is below its path for the whole. Its pages find everything beside them, so the path must end with a slash. */
function below(inner: RequestListener): express.RequestHandler {
  return (request, response) => {
    const [path = "", query] = request.originalUrl.split("?");
    if (path.endsWith("/") || request.path !== "/") return inner(request, response);
    // Relative, since a proxy may have put all of it below another path.
    const name = path.slice(path.lastIndexOf("/") + 1);
    response.redirect(307, `${name}/${query === undefined ? "" : `?${query}`}`);
  };
}

/** Everything comes from this server, styles and scripts included. Plain HTTP on loopback stays plain. */
const CONTENT_POLICY = {
  "default-src": ["'self'"],
  "style-src": ["'self'"],
  "img-src": ["'self'", "data:"],
  "frame-ancestors": ["'none'"],
  "upgrade-insecure-requests": null,
};

/** A page elsewhere could make its own name point at this machine and read what only this machine may: such names are refused. */
function refuseForeignNames(
  installation: Installation,
  hosts: readonly string[],
  isWide: boolean,
): express.RequestHandler {
  return (request, response, next) => {
    const { url } = installation.config; // it may change while this runs
    const own = url === undefined ? [] : [new URL(url).hostname];
    const allowed = new Set(["localhost", "127.0.0.1", "::1", ...hosts, ...own]);
    const asked: string | undefined = request.hostname; // HTTP/1.0 may name nobody
    const name = String(asked)
      .toLowerCase()
      .replace(/^\[(.*)\]$/, "$1");
    // No page elsewhere can make an address its own.
    if (allowed.has(name) || (isWide && isIP(name) !== 0)) return next();
    problem(
      response,
      421,
      "Not addressed to this server",
      `This Headway answers to ${[...allowed].join(", ")}, not to the name in the request. Its own name is \`url\` in headway.yaml.`,
    );
  };
}

function parse<T>(schema: z.ZodType, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new BadRequest(z.prettifyError(parsed.error));
  // oxlint-disable-next-line no-unsafe-type-assertion -- the contract pairs each path with its schema, which the index hides from the compiler
  return parsed.data as T;
}

const TYPES: Record<ExportFormat, string> = {
  ndjson: "application/x-ndjson",
  csv: "text/csv",
  json: "application/json",
};

async function sendExport(installation: Installation, request: Request, response: Response): Promise<void> {
  const { kind } = parse<z.output<typeof exportContract.params>>(exportContract.params, request.params);
  const query = parse<z.output<typeof exportContract.query>>(exportContract.query, request.query);
  const chunks = exportRows(installation, kind, query)[Symbol.asyncIterator]();
  const first = await chunks.next(); // a refusal must come before the headers
  response.attachment(`headway-${kind}.${query.format}`).type(TYPES[query.format]); // in this order: a name sets a type, too
  await pipeline(Readable.from(rest(first, chunks)), response).catch((error: unknown) => {
    if (!response.destroyed) throw error; // else the reader has left
  });
}

async function* rest(first: IteratorResult<string>, chunks: AsyncIterator<string>): AsyncIterable<string> {
  for (let next = first; next.done !== true; next = await chunks.next()) yield next.value;
}
