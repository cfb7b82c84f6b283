/** What people decided, as answers need it: what does not count, and by whom. Everything stays there to be seen. */
import type { CommitFact, DeploymentFact } from "#metrics/facts.ts";
import type { Passage } from "#metrics/flow/work.ts";
import type { ListName } from "#metrics/lists.ts";
import type { Judgement } from "#metrics/judgements.ts";
import { daysOf } from "#metrics/judgements.ts";
import type { Quality } from "#metrics/quality.ts";
import { inBoth, merged } from "#metrics/spans.ts";
import { sum } from "#metrics/statistics/sum.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import type { Traits } from "#metrics/traits.ts";
import { excludedIn } from "#metrics/traits.ts";
import { counted } from "#metrics/words.ts";
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
  readonly #judgedServices = new Set<string>();
  readonly #overrides: readonly Judgement[];
  readonly #version: string;
  readonly #changesLeftOut: number;

  /** @param version another one for other judgements. */
  constructor(inForce: readonly Judgement[], zone: string, version: string) {
    this.#version = version;
    this.#changesLeftOut = inForce.filter(({ kind }) => kind === "change").length;
    this.#overrides = inForce.filter(({ kind }) => kind === "failed" || kind === "not-failed");
    this.#days = inForce.flatMap((judgement) => {
      const days = judgement.kind === "days" ? daysOf(judgement, zone) : null;
      return days === null ? [] : [{ service: judgement.service, days, judgement }];
    });
    for (const judgement of inForce) {
      const { kind, service, subject } = judgement;
      if (service === null || subject === null) continue;
      if (kind === "change" || kind === "deployment") this.#judgedServices.add(service);
      this.#subjects.set(
        keyOf(kind === "change" || kind === "deployment" ? kind : "failure", service, subject),
        judgement,
      );
    }
  }

  /** The changes that nobody left out by themselves: work that is open on a day that was left out is still open. */
  keptChanges(all: readonly Passage[]): readonly Passage[] {
    return all.filter((change) => this.#exclusion("change", change, null) === null);
  }

  /** Whether a change counts where it counts at an instant: nobody left out the change, or that day. */
  keeps(change: Passage, at: Instant): boolean {
    return this.#exclusion("change", change, at) === null;
  }

  /** Whether somebody left out single rows of a service. */
  judgesRowsOf(service: string): boolean {
    return this.#judgedServices.has(service);
  }

  /** Whether somebody left out this row by itself, whatever its day. */
  excludesRow(list: ListName, fact: Subject): boolean {
    return this.#exclusion(KINDS[list], fact, null) !== null;
  }

  /** The days that are left out of a service. */
  daysOf(service: string): readonly Window[] {
    return merged(this.#days.filter((one) => one.service === null || one.service === service).map(({ days }) => days));
  }

  /** The same as long as the same rows of these services are left out. */
  keyFor(services: readonly Subject[]): string {
    const isConcerned = services.some(({ service }) => this.judgesRowsOf(service) || this.daysOf(service).length > 0);
    return isConcerned ? this.#version : "";
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

  /**
   * What was left out of a window, and what was overruled in it; nothing where nobody judged anything.
   *
   * @param rows those that were looked at, by list.
   * @param overruled how many of the deployments in the window somebody spoke of.
   */
  quality(
    rows: LeftOutRows,
    services: readonly { readonly service: string }[],
    window: Window,
    overruled: number,
  ): readonly Quality[] {
    return [...leftOut(rows, window), ...this.#daysLeftOut(services, window), ...toldByHand(overruled)];
  }

  /** How many changes somebody left out by themselves. */
  get changesLeftOut(): number {
    return this.#changesLeftOut;
  }

  /** The deployments that somebody says failed, or did not. */
  get overrides(): readonly Judgement[] {
    return this.#overrides;
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

type LeftOutRows = Pick<Readonly<Record<ListName, Traits>>, "deployments" | "merged" | "committed" | "incidents">;

function leftOut(rows: LeftOutRows, window: Window): readonly Quality[] {
  const counts = {
    deployment: excludedIn(rows.deployments, window),
    change: excludedIn(rows.merged, window),
    commit: excludedIn(rows.committed, window),
    incident: excludedIn(rows.incidents, window),
  };
  const value = sum(Object.values(counts));
  if (value === 0) return [];
  const parts = Object.entries(counts).flatMap(([kind, count]) => (count > 0 ? [counted(count, kind)] : []));
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

function toldByHand(value: number): readonly Quality[] {
  if (value === 0) return [];
  const note = "Somebody said by hand that these failed, or did not, over what the signals say.";
  return [{ id: "failures-overruled", title: "Failures told by hand", value, unit: "count", note }];
}

/** What a row of each list is. */
export const KINDS = {
  deployments: "deployment",
  attempts: "deployment",
  deployed: "commit",
  committed: "commit",
  delivered: "change",
  merged: "change",
  opened: "change",
  incidents: "incident",
  alerts: "alert",
  fixedAlerts: "alert",
  finishedRuns: "pipeline",
  breaks: "pipeline",
} as const satisfies Record<ListName, Observed["kind"]>;
