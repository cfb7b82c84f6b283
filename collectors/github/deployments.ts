/** Deployments: first all of them by creation, which does not shift while it is read; from then on the newest, and those not finished. */
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import type { DeploymentsBookmark } from "./bookmark.ts";
import { deploymentEvent, isFinished } from "./deployment-event.ts";
import type { DeploymentPayload } from "./deployment-event.ts";
import { deploymentPages } from "./deployment-pages.ts";
import type { DeploymentPages } from "./deployment-pages.ts";
import { existing } from "./existing.ts";
import type { Place } from "./place.ts";
import { isProduction, productionRule } from "./production.ts";
import { news, step, versions } from "./step.ts";
import type { Step } from "./step.ts";

/** The newest page is compared version by version; what is older was finished when it was read, or is waited for. */
const KEPT = 100;
const OVERLAP = HOUR;
/** GitHub gives an approval 30 days; a deployment without an outcome for longer was forgotten. */
const PATIENCE = 35 * DAY;
/** Fewer than so many are asked one by one; for more, the list is read as far back as they are. */
const SINGLES = 2;

export async function* deployments(
  place: Place,
  before: DeploymentsBookmark | null,
): AsyncGenerator<Step<DeploymentsBookmark>> {
  const production = productionRule(place.options.production);
  const nothing = { after: null, filled: false, newest: 0, seen: [], waiting: [], production };
  let bookmark: DeploymentsBookmark = before?.production === production ? before : nothing;
  const pages = deploymentPages(place);
  let read = 0;
  while (!bookmark.filled) {
    const { nodes, pageInfo, totalCount } = await pages.page("ASC", bookmark.after);
    read += nodes.length;
    const filled = !pageInfo.hasNextPage;
    const taken = take(place, { ...bookmark, filled, after: filled ? null : pageInfo.endCursor }, nodes);
    ({ bookmark } = taken);
    yield { ...taken, done: Math.min(1, read / Math.max(1, totalCount)) };
  }
  yield* updates(place, pages, bookmark);
}

async function* updates(
  place: Place,
  pages: DeploymentPages,
  start: DeploymentsBookmark,
): AsyncGenerator<Step<DeploymentsBookmark>> {
  let bookmark = start;
  const waiting = new Map(start.waiting);
  const since = start.newest - OVERLAP;
  let after: string | null = null;
  for (let more = true; more;) {
    const { nodes, pageInfo } = await pages.page("DESC", after);
    for (const { databaseId } of nodes) waiting.delete(String(databaseId));
    const known = new Set([...bookmark.seen, ...bookmark.waiting].map(([id]) => id));
    const fresh = nodes.filter(({ databaseId, createdAt }) => createdAt >= since || known.has(String(databaseId)));
    const taken = take(place, bookmark, fresh);
    ({ bookmark } = taken);
    // The newest come first: until the older ones are read too, whoever resumes has to begin here again.
    yield { ...taken, bookmark: start };
    const oldest = nodes.at(-1)?.createdAt ?? -Infinity;
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage && (oldest >= since || remaining(waiting, oldest) > SINGLES);
  }
  const singles: DeploymentPayload[] = [];
  const gone = new Set<string>();
  for (const id of waiting.keys()) {
    const found = await existing(place, pages.single(id));
    if (found === null) gone.add(id);
    else singles.push(found);
  }
  const left = { ...bookmark, waiting: bookmark.waiting.filter(([id]) => !gone.has(id)) };
  yield take(place, left, singles);
}

function remaining(waiting: ReadonlyMap<string, Instant>, oldest: Instant): number {
  return [...waiting.values()].filter((createdAt) => createdAt <= oldest).length;
}

function take(
  place: Place,
  bookmark: DeploymentsBookmark,
  payloads: readonly DeploymentPayload[],
): Step<DeploymentsBookmark> {
  const seen = new Map(bookmark.seen);
  const waiting = new Map(bookmark.waiting);
  const events = payloads.map((payload) => deploymentEvent(place, payload));
  const fresh = news(events, seen);
  for (const [id, version] of versions(events)) {
    seen.delete(id);
    seen.set(id, version);
  }
  for (const payload of payloads) {
    if (isFinished(payload)) waiting.delete(String(payload.databaseId));
    else waiting.set(String(payload.databaseId), payload.createdAt);
  }
  const newest = Math.max(bookmark.newest, ...payloads.map(({ createdAt }) => createdAt));
  const unfinished = [...waiting].filter(([, createdAt]) => createdAt >= newest - PATIENCE);
  const next = { ...bookmark, newest, waiting: unfinished, seen: kept(seen, unfinished) };
  const inProduction = fresh.filter(({ environment }) => isProduction(environment, place.options.production));
  const tips = inProduction.flatMap(({ sha }) => (sha === null ? [] : [sha])).toReversed();
  return step(next, { events: fresh, tips });
}

/** Ids grow, so the largest are the newest. */
function kept(seen: ReadonlyMap<string, string>, waiting: DeploymentsBookmark["waiting"]): [string, string][] {
  const needed = new Set(waiting.map(([id]) => id));
  const newest = [...seen].sort(([a], [b]) => Number(b) - Number(a));
  return newest.filter(([id], index) => index < KEPT || needed.has(id));
}
