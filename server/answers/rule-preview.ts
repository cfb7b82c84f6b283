/** What a deployment rule would count, on what is stored: a rule is looked at before it is saved. */
import { dateOf } from "#metrics/calendar.ts";
import type { Service } from "#metrics/derive.ts";
import type { History } from "#metrics/history.ts";
import type { Rollout } from "#metrics/origins/sighting.ts";
import { PUSH } from "#metrics/pushed.ts";
import { pathWords, ruleWords } from "#metrics/rule-words.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import type { Sight } from "#metrics/walk.ts";
import { look } from "#metrics/walk.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import { homes } from "../push/homes.ts";
import { planOf, serviceOf, UNPLANNED } from "../services.ts";
import type { ServiceRecord } from "../store/sources.ts";
import { askedRule } from "./asked-rule.ts";
import { leftOut } from "./left-out.ts";
import { BadRequest } from "./problem.ts";
import { askedScope } from "./asked-scope.ts";
import { hostOf } from "./status.ts";

type Preview = Reply<"/api/rules/preview">;

const PREVIEW_DAYS = 90;
const NEWEST = 10;

/** @throws BadRequest when nothing was collected yet, or what is asked is no rule. */
export async function answerRulePreview(
  installation: Installation,
  query: Query<"/api/rules/preview">,
): Promise<Preview> {
  const { config, now } = installation;
  const { record, history } = await collected(installation, query.service);
  const inForce = serviceOf(await planOf(installation), record) ?? { name: record.service, ...UNPLANNED };
  const host = hostOf(installation, record);
  const asked = askedRule(query, inForce, history);
  const sight = look(history, asked.rules, asked.part);
  const { rollouts } = sight;
  return {
    rule: words(asked, rollouts, host),
    route: rollouts.at(-1)?.route ?? null,
    ...counts(rollouts, now()),
    perMonth: months(rollouts, now(), config.timezone),
    newest: rollouts.slice(-NEWEST).toReversed().map(shown),
    skipped: leftOut(sight, asked.rules),
    commits: ownCommits(sight),
    missing: missing(asked, sight, host),
    inForce: ruleInForce(inForce, history, host, now()),
  };
}

/** With what was pushed for the service, which counts beside every rule. */
async function collected(
  installation: Installation,
  name: string,
): Promise<{ record: ServiceRecord; history: History }> {
  const { store } = installation;
  const {
    services: [record],
  } = await askedScope(installation, { service: name });
  const history = record === undefined ? null : await store.history(record);
  if (record === undefined || history === null)
    throw new BadRequest("Nothing has been collected for this service yet: sync first.");
  const services = await store.services(sourceKeys(installation));
  const { joined } = homes(await store.pushedServices(), services);
  const pushed = (joined.get(record.serviceId) ?? []).map((service) => service.name);
  const own = record.source === PUSH ? [record.service] : pushed;
  return { record, history: await store.withPushed(history, { own, shared: [], labels: null }) };
}

function ruleInForce(service: Service, history: History, host: string | null, now: Instant): Preview["inForce"] {
  const { rollouts } = look(history, service.rules, service.part);
  return { rule: words(service, rollouts, host), ...counts(rollouts, now) };
}

function words({ rules, part }: Service, rollouts: readonly Rollout[], host: string | null): string {
  return `${ruleWords(rollouts.at(-1)?.route ?? null, rules, host)}${pathWords(part.paths)}`;
}

function counts(rollouts: readonly Rollout[], now: Instant): Pick<Preview, "counted" | "last90Days"> {
  const since = now - PREVIEW_DAYS * DAY;
  return {
    counted: rollouts.length,
    last90Days: rollouts.filter(({ deployedAt }) => deployedAt >= since && deployedAt <= now).length,
  };
}

/** From the month of the first roll-out to this one; a month without any is 0. */
function months(rollouts: readonly Rollout[], now: Instant, zone: string): Preview["perMonth"] {
  const found = new Map<string, number>();
  const monthOf = (at: Instant): string => dateOf(at, zone).slice(0, 7);
  const [first] = rollouts;
  if (first === undefined) return [];
  for (let month = monthOf(first.deployedAt); month <= monthOf(now); month = after(month)) found.set(month, 0);
  for (const { deployedAt } of rollouts) found.set(monthOf(deployedAt), (found.get(monthOf(deployedAt)) ?? 0) + 1);
  return [...found].map(([month, count]) => ({ month, count }));
}

function after(month: string): string {
  const next = new Date(`${month}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return next.toISOString().slice(0, 7);
}

function shown({ id, name, route, deployedAt, sha, url }: Rollout): Preview["newest"][number] {
  return { id, name, route, at: new Date(deployedAt).toISOString(), sha, url };
}

/** Commits of the default branch that belong to the service. */
function ownCommits({ onDefault, owned }: Sight): number {
  let count = 0;
  for (const [position, contained] of onDefault.entries())
    if (contained === 1 && (owned === null || owned.commits[position] === 1)) count += 1;
  return count;
}

/** What is not collected that the rule looks at, and what to do. */
function missing({ rules: { origins }, part }: Service, { history, owned }: Sight, host: string | null): string | null {
  const ways = new Set(origins?.map(({ from }) => from));
  const { pipelines, commits } = history;
  if ((ways.has("jobs") || ways.has("runs")) && host === null)
    return "A plain git repository has no jobs and no runs. Connect its host, or count tags or merges.";
  if (ways.has("jobs") && pipelines.every(({ jobs }) => jobs.length === 0))
    return "No job has been read here: that costs a request for each run, so it is done only for rules that need it. Save this rule under services: in headway.yaml and sync: the jobs of the runs it names are read then.";
  if (ways.has("runs") && pipelines.length === 0)
    return `No run has been read here. Take ${host === "GitLab" ? "pipelines: false" : "runs: false"} out of the source in headway.yaml, if it says so, and sync.`;
  if (part.paths !== null && owned !== null && commits.length > 0 && owned.unknown > 0)
    return `Which files ${owned.unknown} of ${commits.length} commits changed has not been read here: it is read only where a service is a part of its repository. Save paths: under services: in headway.yaml and sync.`;
  return null;
}
