/** What else tells of a system that holds others up, beside waits: how much it takes to change it, how often it fails, and whether it keeps the pace of who needs it. */
import { median, sortedNumbers } from "../statistics/quantile.ts";
import { sum } from "../statistics/sum.ts";
import { DAY } from "../time.ts";
import type { Instant } from "../time.ts";

export interface SignalService {
  readonly service: string;
  readonly repository: string;
  readonly team: string | null;
  readonly system: string | null;
  /** Titles of the changes that were merged. */
  readonly titles: readonly string[];
  readonly deployedAt: readonly Instant[];
  readonly failures: number;
  readonly rework: number;
}

export interface Signals {
  readonly system: string;
  readonly services: number;
  /** Of the changes that name an issue: the share of which the issue needed changes in another repository or by another team. `null`: too few name one. */
  readonly coordination: number | null;
  readonly deployments: number;
  /** Shares of its deployments that failed, and that mended something; `null` without deployments. */
  readonly failed: number | null;
  readonly rework: number | null;
  /** Median days between deployments of a service, its own and of those that need it; `null` where too little is known. */
  readonly everyDays: number | null;
  readonly consumersEveryDays: number | null;
}

/** So many changes of a system must name an issue, and so many numbers of a project must be named anywhere for it to be one. */
const [LEAST_CHANGES, LEAST_NUMBERS] = [5, 3];
const ISSUE = /\b([A-Z][A-Z0-9]{1,9})-(\d+)\b/g;

/** @param needs which systems each one needs. Systems in the order of their names. */
export function signalsOf(
  services: readonly SignalService[],
  needs: ReadonlyMap<string, readonly string[]>,
): readonly Signals[] {
  const issues = issuesIn(services);
  const systems = [...new Set(services.flatMap(({ system }) => system ?? []))].toSorted();
  return systems.map((system): Signals => {
    const own = services.filter((one) => one.system === system);
    const consumers = services.filter((one) => one.system !== null && (needs.get(one.system) ?? []).includes(system));
    const deployments = sum(own.map(({ deployedAt }) => deployedAt.length));
    const share = (of: (one: SignalService) => number) => (deployments === 0 ? null : sum(own.map(of)) / deployments);
    return {
      system,
      services: own.length,
      coordination: coordinationOf(own, issues),
      deployments,
      failed: share(({ failures }) => failures),
      rework: share(({ rework }) => rework),
      everyDays: everyDays(own),
      consumersEveryDays: everyDays(consumers),
    };
  });
}

/** Who works on each issue: repositories and teams. */
type Issues = ReadonlyMap<string, { readonly repositories: Set<string>; readonly teams: Set<string | null> }>;

/** Names such as UTF-8 look like issues; a project has more than one or two numbers. */
function issuesIn(services: readonly SignalService[]): Issues {
  const numbers = new Map<string, Set<string>>();
  const found = new Map<string, { repositories: Set<string>; teams: Set<string | null> }>();
  for (const { titles, repository, team } of services)
    for (const title of titles)
      for (const [key, project = "", number = ""] of title.matchAll(ISSUE)) {
        const known = numbers.get(project) ?? new Set();
        numbers.set(project, known.add(number));
        const issue = found.get(key) ?? { repositories: new Set(), teams: new Set() };
        issue.repositories.add(repository);
        issue.teams.add(team);
        found.set(key, issue);
      }
  return new Map([...found].filter(([key]) => (numbers.get(key.split("-")[0] ?? "")?.size ?? 0) >= LEAST_NUMBERS));
}

function coordinationOf(own: readonly SignalService[], issues: Issues): number | null {
  let [named, shared] = [0, 0];
  for (const { titles } of own)
    for (const title of titles) {
      const known = [...title.matchAll(ISSUE)].flatMap(([key]) => issues.get(key) ?? []);
      if (known.length === 0) continue;
      named += 1;
      if (known.some(({ repositories, teams }) => repositories.size > 1 || teams.size > 1)) shared += 1;
    }
  return named < LEAST_CHANGES ? null : shared / named;
}

function everyDays(services: readonly SignalService[]): number | null {
  const gaps = services.flatMap(({ deployedAt }) => {
    const sorted = deployedAt.toSorted((a, b) => a - b);
    return sorted.slice(1).map((at, index) => (at - (sorted[index] ?? at)) / DAY);
  });
  return median(sortedNumbers(gaps));
}
