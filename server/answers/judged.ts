/** What people decided, as answers need it: what does not count, and by whom. Everything stays there to be seen. */
import type { ChangeFact, CommitFact, DeploymentFact } from "#metrics/facts.ts";
import type { Judgement } from "#metrics/judgements.ts";
import { daysOf } from "#metrics/judgements.ts";
import type { Quality } from "#metrics/quality.ts";
import { inBoth, merged } from "#metrics/spans.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import { counted } from "#metrics/words.ts";
import type { Facts } from "./memory.ts";
import type { Observed } from "./observations.ts";

/** A fact of any kind, as far as a judgement can be about it. */
type Subject = Pick<CommitFact, "service">;

/** The days that somebody left out of a service's numbers, or of all of them. */
interface Days {
  readonly service: string | null;
  readonly days: Window;
  readonly judgement: Judgement;
}

/** The judgements in force at one version of the journal, in one zone. */
export class Judged {
  readonly #days: readonly Days[];
  /** By what is judged. */
  readonly #subjects = new Map<string, Judgement>();
  readonly #kept = new WeakMap<readonly unknown[], readonly unknown[]>();

  constructor(inForce: readonly Judgement[], zone: string) {
    this.#days = inForce.flatMap((judgement) => {
      const days = judgement.kind === "days" ? daysOf(judgement, zone) : null;
      return days === null ? [] : [{ service: judgement.service, days, judgement }];
    });
    for (const judgement of inForce) {
      const { kind, service, subject } = judgement;
      if (service === null || subject === null) continue;
      this.#subjects.set(
        keyOf(kind === "change" || kind === "deployment" ? kind : "failure", service, subject),
        judgement,
      );
    }
  }

  /** The changes that nobody left out by themselves: work that is open on a day that was left out is still open. */
  keptChanges(all: readonly ChangeFact[]): readonly ChangeFact[] {
    return all.filter((change) => this.#exclusion("change", change, null) === null);
  }

  /** Whether a change counts where it counts at an instant: nobody left out the change, or that day. */
  keeps(change: ChangeFact, at: Instant): boolean {
    return this.#exclusion("change", change, at) === null;
  }

  /** The facts that count: the same lists where nobody left out any of them. */
  kept(facts: Facts): Facts {
    if (this.#days.length === 0 && this.#subjects.size === 0) return facts;
    return {
      deployments: this.#keptOf("deployment", facts.deployments, ({ deployedAt }) => deployedAt),
      attempts: this.#keptOf("deployment", facts.attempts, ({ createdAt }) => createdAt),
      deployed: this.#keptOf("commit", facts.deployed, ({ deployedAt }) => deployedAt),
      committed: this.#keptOf("commit", facts.committed, ({ committedAt }) => committedAt),
      delivered: this.#keptOf("change", facts.delivered, ({ deployedAt }) => deployedAt),
      merged: this.#keptOf("change", facts.merged, ({ mergedAt }) => mergedAt),
      opened: this.#keptOf("change", facts.opened, ({ openedAt }) => openedAt),
      incidents: this.#keptOf("incident", facts.incidents, ({ openedAt }) => openedAt),
      alerts: this.#keptOf("alert", facts.alerts, ({ openedAt }) => openedAt),
      fixedAlerts: this.#keptOf("alert", facts.fixedAlerts, ({ fixedAt }) => fixedAt),
      finishedRuns: this.#keptOf("pipeline", facts.finishedRuns, ({ finishedAt }) => finishedAt),
      breaks: this.#keptOf("pipeline", facts.breaks, ({ brokeAt }) => brokeAt),
    };
  }

  /** Why a row does not count, if somebody left it out. */
  exclusionOf({ kind, fact, observation }: Observed): Judgement | null {
    return this.#exclusion(kind, fact, observation.at);
  }

  /** Who said that a deployment failed, or that it did not. */
  overrideOf({ service, id }: DeploymentFact): Judgement | null {
    return this.#subjects.get(keyOf("failure", service, id)) ?? null;
  }

  /** The days that are left out of every one of the services: they are no time in which something could have happened. */
  daysOut(services: readonly { readonly service: string }[]): readonly Window[] {
    if (this.#days.length === 0) return [];
    const [first, ...others] = services.map(({ service }) =>
      merged(this.#days.filter((one) => one.service === null || one.service === service).map(({ days }) => days)),
    );
    let out = first ?? [];
    for (const days of others) out = inBoth(out, days);
    return out;
  }

  /** What was left out of a window, and what was overruled in it; nothing where nobody judged anything. */
  quality(facts: Facts, services: readonly { readonly service: string }[], window: Window): readonly Quality[] {
    return [...this.#leftOut(facts, window), ...this.#daysLeftOut(services, window), ...this.#overruled(facts, window)];
  }

  #leftOut(facts: Facts, window: Window): readonly Quality[] {
    const kept = this.kept(facts);
    const missing = <Fact>(all: readonly Fact[], left: readonly Fact[], at: (fact: Fact) => Instant | null) =>
      all === left ? 0 : inside(all, at, window) - inside(left, at, window);
    const deployments = missing(facts.deployments, kept.deployments, ({ deployedAt }) => deployedAt);
    const changes = missing(facts.merged, kept.merged, ({ mergedAt }) => mergedAt);
    const commits = missing(facts.committed, kept.committed, ({ committedAt }) => committedAt);
    const incidents = missing(facts.incidents, kept.incidents, ({ openedAt }) => openedAt);
    const value = deployments + changes + commits + incidents;
    if (value === 0) return [];
    const parts = [
      ...(deployments > 0 ? [counted(deployments, "deployment")] : []),
      ...(changes > 0 ? [counted(changes, "change")] : []),
      ...(commits > 0 ? [counted(commits, "commit")] : []),
      ...(incidents > 0 ? [counted(incidents, "incident")] : []),
    ];
    return [
      {
        id: "left-out-by-hand",
        title: "Rows that people left out",
        value,
        unit: "count",
        note: `${parts.join(", ")}: the journal says by whom and why, and the rows stay there to be seen.`,
      },
    ];
  }

  #daysLeftOut(services: readonly { readonly service: string }[], window: Window): readonly Quality[] {
    const names = new Set(services.map(({ service }) => service));
    const touching = this.#days.filter(
      ({ service, days }) => (service === null || names.has(service)) && inBoth([days], [window]).length > 0,
    );
    if (touching.length === 0) return [];
    const out = inBoth(this.daysOut(services), [window]);
    const isOfSome = inBoth(merged(touching.map(({ days }) => days)), [window]).some(
      ({ from, to }) => !out.some((one) => one.from <= from && one.to >= to),
    );
    return [
      {
        id: "days-left-out",
        title: "Spans of days that people left out",
        value: touching.length,
        unit: "count",
        note: isOfSome
          ? "Some are left out of some services only: their rows do not count, and the time still does, so that counts per week are too low."
          : "They count as no time either: counts per week are of the days that are left.",
      },
    ];
  }

  #overruled({ deployments }: Facts, window: Window): readonly Quality[] {
    const value = deployments.filter(
      (fact) => within(fact.deployedAt, window) && this.overrideOf(fact) !== null,
    ).length;
    if (value === 0) return [];
    const note = "Somebody said by hand that these failed, or did not, over what the signals say.";
    return [{ id: "failures-overruled", title: "Failures told by hand", value, unit: "count", note }];
  }

  #keptOf<Fact extends Subject>(
    kind: Observed["kind"],
    all: readonly Fact[],
    at: (fact: Fact) => Instant | null,
  ): readonly Fact[] {
    const known = this.#kept.get(all);
    // oxlint-disable-next-line no-unsafe-type-assertion -- made of the same list, here
    if (known !== undefined) return known as readonly Fact[];
    const kept = all.filter((fact) => this.#exclusion(kind, fact, at(fact)) === null);
    const list = kept.length === all.length ? all : kept;
    this.#kept.set(all, list);
    return list;
  }

  #exclusion(kind: Observed["kind"], fact: Subject, at: Instant | null): Judgement | null {
    const subject = subjectOf(kind, fact);
    const judgement = subject === null ? undefined : this.#subjects.get(keyOf(subject.kind, fact.service, subject.id));
    if (judgement !== undefined) return judgement;
    const found = this.#days.find(
      ({ service, days }) => (service === null || service === fact.service) && within(at, days),
    );
    return found?.judgement ?? null;
  }
}

/** By what to speak of it to leave it out: a commit goes with its change. `null` where it cannot be left out by itself. */
export function subjectOf(
  kind: Observed["kind"],
  fact: object,
): { readonly kind: "change" | "deployment"; readonly id: string } | null {
  if (kind === "deployment" && "id" in fact && typeof fact.id === "string") return { kind, id: fact.id };
  const number =
    kind === "change" && "number" in fact
      ? fact.number
      : kind === "commit" && "changeNumber" in fact
        ? fact.changeNumber
        : null;
  return typeof number === "number" ? { kind: "change", id: String(number) } : null;
}

function keyOf(topic: "change" | "deployment" | "failure", service: string, subject: string): string {
  return `${topic}\n${service}\n${subject}`;
}

function inside<Fact>(facts: readonly Fact[], at: (fact: Fact) => Instant | null, window: Window): number {
  return facts.filter((fact) => within(at(fact), window)).length;
}
