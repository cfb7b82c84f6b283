/** One change after the other, each with its commits, reviews, runs and deployments, and with what goes wrong. */
import { createHash } from "node:crypto";
import type { Change, Commit, Deployment, Incident, Outcome, Pipeline, Review } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR, MINUTE } from "#metrics/time.ts";
import type { Chance } from "./chance.ts";
import type { LifeOptions, Told } from "./service-life.ts";

/** How often what happens, as shares. */
const SHARE = {
  closed: 0.05,
  squashed: 0.5,
  production: 0.6,
  reverted: 0.01,
  redRun: 0.1,
  rolledBack: 0.01,
  incident: 0.015,
  bot: 0.15,
  direct: 0.02,
};
const PEOPLE = 12;

/** A commit, as far as those after it care. */
interface Tip {
  readonly sha: string;
  readonly at: Instant;
}

export class Work {
  readonly #place: { source: string; repository: string };
  readonly #index: number;
  readonly #chance: Chance;
  /** The last steps of the default branch, the newest last. */
  #line: readonly Tip[] = [];
  /** What production has. */
  #deployed: Tip | null = null;
  #commits = 0;
  #changes = 0;
  #deployments = 0;
  #runs = 0;
  #incidents = 0;

  constructor({ source, repository, index }: LifeOptions, chance: Chance) {
    this.#place = { source, repository };
    this.#index = index;
    this.#chance = chance;
  }

  /** The next change, merged at an instant after all those before it, and what follows from it. */
  change(mergedAt: Instant): readonly Told[] {
    const { isTrue, long } = this.#chance;
    const number = (this.#changes += 1);
    const openedAt = mergedAt - Math.min(9 * DAY, 10 * MINUTE + long(20 * HOUR));
    const branch = this.#branch(openedAt);
    const opened = this.#opened(number, openedAt, branch);
    const told: Told[] = [{ at: openedAt, event: opened }];
    if (isTrue(SHARE.closed)) {
      const closed = { ...opened, reviews: this.#reviews(openedAt, mergedAt), closedAt: mergedAt };
      const runs = branch
        .slice(-1)
        .flatMap(({ id }) => [this.#run(id, "topic", openedAt), this.#run(id, "topic", mergedAt)]);
      return [...told, { at: mergedAt, event: closed }, ...runs];
    }
    const { tip, commits } = this.#merge(number, mergedAt, branch);
    const merged = {
      ...opened,
      reviews: this.#reviews(openedAt, mergedAt),
      mergedAt,
      closedAt: mergedAt,
      mergeCommit: tip.sha,
    };
    told.push({ at: mergedAt, event: merged }, ...commits.map((event) => ({ at: mergedAt, event })), this.#head(tip));
    if (isTrue(SHARE.direct)) told.push(...this.#direct(mergedAt + MINUTE / 2));
    return [...told, this.#run(tip.sha, "main", mergedAt), ...this.#deploy(tip)];
  }

  #branch(openedAt: Instant): readonly Commit[] {
    const { draw, long } = this.#chance;
    const from = this.#line.at(-1 - Math.floor(draw() * 3)) ?? this.#line.at(-1);
    const commits: Commit[] = [];
    const count = draw() < 0.4 ? 1 : draw() < 0.7 ? 2 : 3;
    let at = openedAt - long(8 * HOUR);
    for (let step = 0; step < count; step++) {
      const parent = commits.at(-1)?.id ?? from?.sha;
      commits.push(this.#commit(`Take step ${step} of what is to be done`, at, parent === undefined ? [] : [parent]));
      at += Math.round((openedAt - at) * draw());
    }
    return commits;
  }

  #merge(number: number, at: Instant, branch: readonly Commit[]): { tip: Tip; commits: readonly Commit[] } {
    const before = this.#line.at(-1)?.sha;
    const first = before === undefined ? [] : [before];
    const isRevert = before !== undefined && this.#chance.isTrue(SHARE.reverted);
    if (isRevert || before === undefined || this.#chance.isTrue(SHARE.squashed)) {
      const title = isRevert
        ? `Revert "What was done before" (#${number})`
        : `Make the service do more of what it is for (#${number})`;
      const squashed = this.#commit(title, at, first);
      const reverts = isRevert ? [{ sha: before }] : [];
      return this.#onto({ ...squashed, changeNumber: number, reverts, authoredAt: branch[0]?.authoredAt ?? at }, []);
    }
    const last = branch.at(-1)?.id;
    const merge = this.#commit(`Merge pull request #${number} from acme/topic-${number}`, at, [
      ...first,
      ...(last === undefined ? [] : [last]),
    ]);
    return this.#onto({ ...merge, changeNumber: number }, branch);
  }

  #direct(at: Instant): readonly Told[] {
    const { tip, commits } = this.#onto(
      this.#commit(
        "Correct a word in the guide",
        at,
        this.#line.slice(-1).map(({ sha }) => sha),
      ),
      [],
    );
    return [...commits.map((event) => ({ at, event })), this.#head(tip)];
  }

  #onto(commit: Commit, brought: readonly Commit[]): { tip: Tip; commits: readonly Commit[] } {
    const tip = { sha: commit.id, at: commit.committedAt ?? 0 };
    this.#line = [...this.#line.slice(-4), tip];
    return { tip, commits: [...brought, commit] };
  }

  #head({ sha, at }: Tip): Told {
    const state = { url: null, defaultBranch: "main", head: sha, archivedAt: null, truncated: false };
    return { at, event: { kind: "repository", ...this.#place, id: this.#place.repository, ...state } };
  }

  /** To production, where what was deployed is at times taken back, or to a stage before it. */
  #deploy(tip: Tip): readonly Told[] {
    const { isTrue, long } = this.#chance;
    const at = tip.at + 10 * MINUTE + long(2 * HOUR);
    if (!isTrue(SHARE.production)) return [this.#deployment("staging", tip.sha, at).told];
    const before = this.#deployed;
    // One after the other, as a pipeline of one environment lets them through.
    const deployedAt = Math.max(at, (before?.at ?? 0) + MINUTE);
    this.#deployed = { sha: tip.sha, at: deployedAt };
    const { told, id } = this.#deployment("production", tip.sha, deployedAt);
    const incident = isTrue(SHARE.incident) ? this.#incident(id, deployedAt) : [];
    if (before === null || !isTrue(SHARE.rolledBack)) return [told, ...incident];
    const backAt = deployedAt + 20 * MINUTE + long(HOUR);
    this.#deployed = { sha: before.sha, at: backAt };
    return [told, ...incident, this.#deployment("production", before.sha, backAt).told];
  }

  #deployment(environment: string, sha: string, at: Instant): { told: Told; id: string } {
    const id = this.#id((this.#deployments += 1));
    const createdAt = at - MINUTE / 2;
    const outcome: Outcome = this.#chance.isTrue(0.02) ? "failure" : "success";
    const event: Deployment = {
      kind: "deployment",
      ...this.#place,
      id,
      url: null,
      environment,
      tier: null,
      sha,
      createdAt,
      statuses: [
        { outcome: "running", at: createdAt + MINUTE / 10 },
        { outcome, at },
      ],
      fixesVersion: null,
    };
    return { told: { at, event }, id };
  }

  #run(sha: string, branch: string, at: Instant): Told {
    const id = this.#id((this.#runs += 1));
    const startedAt = at + MINUTE / 4;
    const finishedAt = startedAt + 2 * MINUTE + this.#chance.long(6 * MINUTE);
    const middle = Math.round((startedAt + finishedAt) / 2);
    const outcome: Outcome = this.#chance.isTrue(SHARE.redRun) ? "failure" : "success";
    const job = { allowedToFail: false, environment: null };
    const event: Pipeline = {
      kind: "pipeline",
      ...this.#place,
      id,
      name: "ci",
      url: `https://github.com/${this.#place.repository}/actions/runs/${id}`,
      sha,
      branch,
      outcome,
      attempt: 1,
      earlier: [],
      createdAt: at,
      startedAt,
      finishedAt,
      jobs: [
        { ...job, id: `${id}1`, name: "build", outcome: "success", startedAt, finishedAt: middle },
        { ...job, id: `${id}2`, name: "test", outcome, startedAt: middle, finishedAt },
      ],
    };
    return { at: finishedAt, event };
  }

  #incident(deployment: string, deployedAt: Instant): readonly Told[] {
    const { isTrue, long } = this.#chance;
    const number = (this.#incidents += 1);
    const openedAt = deployedAt + 5 * MINUTE + long(HOUR);
    const resolvedAt = openedAt + 10 * MINUTE + long(3 * HOUR);
    const event: Incident = {
      kind: "incident",
      ...this.#place,
      id: this.#id(number),
      number,
      url: null,
      title: "The service answers slowly",
      labels: ["incident"],
      openedAt,
      resolvedAt: null,
      falseAlarm: isTrue(0.05),
      deployment: isTrue(0.5) ? deployment : null,
      causedBy: null,
    };
    return [
      { at: openedAt, event },
      { at: resolvedAt, event: { ...event, resolvedAt } },
    ];
  }

  #opened(number: number, openedAt: Instant, branch: readonly Commit[]): Change {
    const isBot = this.#chance.isTrue(SHARE.bot);
    return {
      kind: "change",
      ...this.#place,
      id: String(number),
      number,
      url: `https://github.com/${this.#place.repository}/pull/${number}`,
      title: "Make the service do more of what it is for",
      author: this.#somebody(),
      authorKind: isBot ? "bot" : "human",
      labels: isBot ? ["dependencies"] : [],
      targetBranch: "main",
      sourceBranch: `topic-${number}`,
      requestedAt: null,
      openedAt,
      readyAt: openedAt,
      mergedAt: null,
      closedAt: null,
      reopenedAt: [],
      mergeCommit: null,
      commits: branch.map(({ id, authoredAt }) => ({ sha: id, authoredAt })),
      reviews: [],
      additions: 5 + Math.floor(this.#chance.long(120)),
      deletions: Math.floor(this.#chance.long(60)),
      paths: null,
      truncated: false,
    };
  }

  #reviews(openedAt: Instant, endedAt: Instant): readonly Review[] {
    const { draw, isTrue } = this.#chance;
    if (isTrue(0.1)) return [];
    const first = openedAt + Math.round((endedAt - openedAt) * draw());
    const kinds = isTrue(0.3) ? (["comment", "review", "approval"] as const) : (["approval"] as const);
    return kinds.map((kind, index) => ({
      kind,
      at: first + Math.round(((endedAt - first) * index) / kinds.length),
      author: this.#somebody(),
      authorKind: "human",
      byChangeAuthor: false,
    }));
  }

  #commit(title: string, at: Instant, parents: readonly string[]): Commit {
    const isBot = this.#chance.isTrue(SHARE.bot);
    return {
      kind: "commit",
      ...this.#place,
      id: createHash("sha1")
        .update(`${this.#index}/${(this.#commits += 1)}`)
        .digest("hex"),
      parents,
      author: this.#somebody(),
      authorKind: isBot ? "bot" : "human",
      authoredAt: at,
      committedAt: at,
      title,
      changeNumber: null,
      reverts: [],
      cherryPickedFrom: [],
      paths: null,
    };
  }

  #somebody(): string {
    return `pseudonym-${String(this.#index % 40).padStart(2, "0")}-${String(Math.floor(this.#chance.draw() * PEOPLE)).padStart(3, "0")}`;
  }

  /** Hosts count through all their repositories. */
  #id(count: number): string {
    return String(this.#index * 1_000_000 + count);
  }
}
