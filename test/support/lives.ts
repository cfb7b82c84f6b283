/** The life of a service as it becomes known, step by step: mostly in order, and with all that may come late, change or be odd. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import type { Change, Commit, DeliveryEvent, Deployment, Reverted } from "#metrics/events.ts";
import type { History } from "#metrics/history.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { aChange, aCommit, aDeployment, aHosted, anAlert, anIncident, aRepository, aRun, seeded } from "./builders.ts";

/** An event as it is known from an instant on. */
interface Version {
  readonly at: Instant;
  readonly event: DeliveryEvent;
}

const STEPS = [40, 44, 45, 52, 53, 54].map((day) => day * DAY);

class Life {
  readonly versions: Version[] = [];
  readonly #draw: () => number;
  /** From 0 to 1: how often things are odd. */
  readonly #oddness: number;
  readonly #shas: string[] = [];
  readonly #line: string[] = [];
  #count = 0;

  constructor(seed: number) {
    this.#draw = seeded(seed);
    this.#oddness = Math.max(0, this.#draw() - 0.4) ** 2 * 0.3;
  }

  /** What happens around an instant. */
  live(at: Instant): void {
    const number = (this.#count += 1);
    this.#tell(at, aChange(number, { openedAt: at - DAY }), at - this.#draw() * DAY);
    const branch = this.#chance(0.5) ? [this.#commit(at - HOUR, [this.#near(this.#line) ?? ""])] : [];
    const before = this.#chance(this.#oddness) ? this.#near(this.#line) : this.#line.at(-1);
    const parents = [before, ...branch, ...(this.#odd() ? [this.#near(this.#shas)] : [])].flatMap((sha) => sha ?? []);
    const step = this.#commit(at, [...new Set(parents)]);
    this.#line.push(step);
    if (this.#chance(0.95)) this.#merge(number, at, step, branch);
    if (this.#chance(0.7)) this.#deploy(at + this.#draw() * 12 * HOUR);
    for (let runs = 0; runs < 2; runs++) if (this.#chance(0.6)) this.#run(at + this.#draw() * 6 * HOUR);
    if (this.#chance(0.15)) this.#incident(at + this.#draw() * DAY);
    if (this.#chance(0.05)) this.#tell(at, anAlert(String(number), at));
  }

  #merge(number: number, at: Instant, step: string, branch: readonly string[]): void {
    const others = this.#odd() ? [this.#near(this.#shas) ?? ""] : [];
    const merged: Partial<Change> = {
      openedAt: at - DAY,
      mergedAt: at,
      closedAt: at,
      mergeCommit: this.#odd() ? (this.#near(this.#shas) ?? null) : step,
      targetBranch: this.#odd() ? "other" : "main",
      commits: [...branch, ...others, `unknown-${number}`].map((sha) => ({ sha, authoredAt: at - HOUR })),
    };
    this.#tell(at, aChange(number, this.#odd() ? { openedAt: at - DAY, closedAt: at } : merged));
    if (this.#odd()) this.#tell(at + this.#draw() * 20 * DAY, aChange(number, { ...merged, title: "Another title" }));
  }

  #commit(at: Instant, parents: readonly string[]): string {
    const id = createHash("sha1").update(String(this.#shas.length)).digest("hex");
    const target = this.#near(this.#shas) ?? "";
    const reverts: Reverted[] = [];
    if (this.#chance(0.02)) reverts.push({ sha: target });
    if (this.#odd()) reverts.push({ sha: target.slice(0, 1 + Math.floor(this.#draw() * 8)) });
    if (this.#odd()) reverts.push({ changeNumber: this.#number(), path: null });
    const beyond = this.#odd() ? [`beyond-${this.#shas.length}`] : [];
    this.#shas.push(id);
    const known = [...parents, ...beyond].filter((sha) => sha !== "" && sha !== id);
    this.#tell(at, aCommit(id, { parents: known, authoredAt: at - HOUR, committedAt: at, reverts }));
    return id;
  }

  #deploy(at: Instant): void {
    const sha = this.#someSha(0.96);
    const environment = this.#pick(["production", "production", "production", "prod-eu", "staging"]);
    const id = String((this.#count += 1));
    const draft: Partial<Deployment> = { environment, createdAt: this.#odd() ? at + HOUR : at - HOUR };
    const failed = this.#chance(0.1);
    const outcome = failed ? "failure" : "success";
    this.#tell(at - HOUR, aDeployment(id, sha, at, { ...draft, statuses: [{ outcome: "running", at: at - HOUR }] }));
    this.#tell(at, aDeployment(id, sha, at, { ...draft, statuses: [{ outcome, at }] }));
    if (this.#odd()) {
      const later = at + this.#draw() * 5 * DAY;
      this.#tell(later, aDeployment(id, sha, at, { ...draft, statuses: [{ outcome: "success", at: later }] }));
    }
  }

  #run(at: Instant): void {
    const id = String((this.#count += 1));
    const name = this.#pick(["ci", "ci", "cd"]);
    const branch = this.#pick(["main", "main", "topic"]);
    const outcome = this.#pick(["success", "success", "failure", "cancelled"] as const);
    const sha = this.#someSha(0.9);
    const again = this.#odd();
    const earlier = [{ number: 1, outcome: "failure" as const, startedAt: at - HOUR, finishedAt: at - HOUR / 2 }];
    this.#tell(at - HOUR, aRun(id, sha, at, { name, branch, outcome: "running", finishedAt: null }));
    this.#tell(at, aRun(id, sha, at, { name, branch, outcome, attempt: again ? 2 : 1, earlier: again ? earlier : [] }));
  }

  #incident(at: Instant): void {
    const id = String((this.#count += 1));
    const has = {
      deployment: this.#chance(0.3) ? String(this.#number()) : null,
      causedBy: this.#odd() ? this.#someSha(0.5) : null,
      falseAlarm: this.#chance(0.1),
    };
    this.#tell(at, anIncident(id, at, has));
    if (this.#chance(0.8)) {
      const resolvedAt = at + this.#draw() * DAY;
      this.#tell(resolvedAt, anIncident(id, at, { ...has, resolvedAt }));
    }
  }

  /** Mostly the newest step, else one of the commits, else one that comes later or never. */
  #someSha(usual: number): string {
    if (this.#chance(usual)) return this.#line.at(-1) ?? "";
    if (this.#chance(0.7)) return this.#near(this.#shas) ?? "";
    return createHash("sha1")
      .update(String(this.#shas.length + 2))
      .digest("hex");
  }

  #tell(at: Instant, event: DeliveryEvent, from = at): void {
    const late = this.#chance(this.#oddness) ? this.#draw() * 10 * DAY : 0;
    this.versions.push({ at: Math.round(from + late), event });
  }

  #near<T>(all: readonly T[]): T | undefined {
    return all.at(-1 - Math.floor(this.#draw() ** 2 * Math.min(all.length, 12)));
  }

  #number(): number {
    return Math.max(1, this.#count - Math.floor(this.#draw() ** 2 * 60));
  }

  #pick<T>(among: readonly [T, ...T[]]): T {
    return among[Math.floor(this.#draw() * among.length)] ?? among[0];
  }

  #odd(): boolean {
    return this.#chance(this.#oddness);
  }

  #chance(share: number): boolean {
    return this.#draw() < share;
  }
}

function historyAt(versions: readonly Version[], until: Instant): History {
  const latest = new Map<string, DeliveryEvent>();
  for (const { at, event } of versions.toSorted((a, b) => a.at - b.at))
    if (at < until) latest.set(`${event.kind} ${event.id}`, event);
  const of = <K extends DeliveryEvent["kind"]>(kind: K) =>
    [...latest.values()]
      .filter((event): event is Extract<DeliveryEvent, { kind: K }> => event.kind === kind)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const commits = of("commit");
  const head = headOf(commits);
  return aHosted(commits, {
    repository: aRepository({ head }),
    changes: of("change"),
    deployments: of("deployment"),
    incidents: of("incident"),
    pipelines: of("pipeline"),
    alerts: of("alert"),
  });
}

/** The newest commit. */
function headOf(commits: readonly Commit[]): string | null {
  let head: Commit | null = null;
  for (const commit of commits) if ((commit.committedAt ?? 0) >= (head?.committedAt ?? 0)) head = commit;
  return head?.id ?? null;
}

/** What is known of a service at some instants, one after the other. */
export const lives: fc.Arbitrary<readonly History[]> = fc.integer({ min: 1, max: 1_000_000 }).map((seed) => {
  const life = new Life(seed);
  for (let day = 1; day < 56; day++) life.live(day * DAY + 10 * HOUR);
  return STEPS.map((until) => historyAt(life.versions, until));
});
