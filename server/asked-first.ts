/** The questions that a page of the dashboard begins with, in the very words in which it asks them: a browser hands over what it fetched for the same words alone. */

/** What every page asks for, and by which filters of its address it asks for something else. */
const OF_EVERY_PAGE = [
  { question: "/api/status", unless: [] },
  { question: "/api/metrics", unless: ["time"] },
  { question: "/api/scopes", unless: [] },
  { question: "/api/annotations", unless: ["scope", "service"] },
] as const;

/** Where the question says whose numbers are asked for. */
const WHOSE = "&whose";
const STAGES = "stage-coding,stage-pickup,stage-review,stage-deploy";
const OF_PIPELINES =
  "pipeline-duration,pipeline-success-rate,time-to-green,pipeline-flakiness,pipeline-queue-time,approval-wait";
const FIRST_ROWS = "state=all&sort=at&direction=descending&offset=0&limit=100";

/** Without what it cannot be read, what a page shows first. */
const OF_PAGE: ReadonlyMap<string, readonly string[]> = new Map([
  ["", [`/api/measures?interval=week${WHOSE}`]],
  ["delivery", [`/api/measures?interval=week${WHOSE}`]],
  [
    "flow",
    [
      `/api/flow?${WHOSE}&bots=default&interval=week&limit=20`,
      `/api/measures?${WHOSE}&metric=${STAGES}`,
      `/api/rows?${WHOSE}&metric=cycle-time&limit=1000`,
    ],
  ],
  [
    "pipelines",
    [
      `/api/pipelines?${WHOSE}&sort=pipeline-duration&direction=descending&offset=0`,
      `/api/measures?${WHOSE}&interval=week&metric=${OF_PIPELINES}`,
    ],
  ],
  ["deployments", [`/api/deployments?${WHOSE}&${FIRST_ROWS}`]],
  ["changes", [`/api/changes?${WHOSE}&${FIRST_ROWS}&bots=default`]],
  ["incidents", [`/api/incidents?${WHOSE}&${FIRST_ROWS}`]],
  ["leadership", [`/api/leadership?${WHOSE}`]],
]);

/**
 * @param page the last part of its path.
 * @param asked the query of its address. Where it says more than whose numbers are looked at, the page's own questions are others.
 */
export function askedFirst(page: string, asked: URLSearchParams): readonly string[] {
  const common = OF_EVERY_PAGE.filter(({ unless }) => !unless.some((filter) => asked.has(filter)));
  const whose = whoseIn(asked);
  const own = whose === null ? [] : (OF_PAGE.get(page) ?? []);
  // What the page itself shows is awaited longest.
  return [...own.map((question) => written(question, whose ?? "")), ...common.map(({ question }) => question)];
}

/** `&scope=…&service=…` as pages write it; `null` where an address looks at something else in some other way, too. */
function whoseIn(asked: URLSearchParams): string | null {
  if ([...asked.keys()].some((key) => key !== "scope" && key !== "service")) return null;
  const [scope, service] = [asked.get("scope"), asked.get("service")];
  if (scope !== null && !/^(?:team|system):./s.test(scope)) return null;
  const text = new URLSearchParams({ ...(scope !== null && { scope }), ...(service && { service }) }).toString();
  return text === "" ? "" : `&${text}`;
}

/** Encoded as a browser's own `URLSearchParams` would. */
function written(question: string, whose: string): string {
  const [path = "", query = ""] = question.replace(WHOSE, whose).split("?");
  const text = new URLSearchParams(query).toString();
  return text === "" ? path : `${path}?${text}`;
}
