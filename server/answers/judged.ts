/** What people decided, as answers need it: what does not count, and by whom. Everything stays there to be seen. */
import type { CommitFact, DeploymentFact } from "#metrics/facts.ts";
import type { Passage } from "#metrics/flow/work.ts";
import { overlap } from "#metrics/grid.ts";
import type { Judgement } from "#metrics/judgements.ts";
import { scopeOf, windowOf } from "#metrics/judgements.ts";
import type { ListName } from "#metrics/lists.ts";
import type { Quality } from "#metrics/quality.ts";
import { isAlways, isDuring } from "#metrics/scopes.ts";
import { inBoth, merged } from "#metrics/spans.ts";
import { sum } from "#metrics/statistics/sum.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import type { Traits } from "#metrics/traits.ts";
import { excludedIn } from "#metrics/traits.ts";
import { counted } from "#metrics/words.ts";
import { createHash } from "node:crypto";
import type { Labelled } from "../store/judgements.ts";
import type { Structure } from "../structure.ts";
import type { OwnedPlace } from "./columns.ts";
import type { Observed } from "./observations.ts";

/** A fact of any kind, as far as a judgement can be about it. */
type Subject = Pick<CommitFact, "service">;

/** Days of a service that somebody left out. */
interface Days {
  readonly days: Window;
  readonly judgement: Judgement;
}

/** By what judgements are understood. */
export interface Understanding {
  readonly zone: string;
  /** Whose a service was. */
  readonly structure: Structure;
  /** The changes that have the label of a judgement, by its number. */
  readonly labelled: ReadonlyMap<number, readonly Labelled[]>;
}

/** The judgements in force at one version of the journal and of the facts. */
export class Judged {
  /** What happened, as people noted it. */
  readonly notes: readonly Judgement[];
  /** The deployments that somebody says failed, or did not. */
  readonly overrides: readonly Judgement[];
  readonly #zone: string;
  readonly #structure: Structure;
  readonly #ofDays: readonly Judgement[];
  readonly #days = new Map<string, readonly Days[]>();
  /** By what is judged. */
  readonly #subjects = new Map<string, Judgement>();
  /** What is left out by itself, by its service. */
  readonly #rows = new Map<string, Set<string>>();
  readonly #keys = new Map<string, string>();

  constructor(inForce: readonly Judgement[], { zone, structure, labelled }: Understanding) {
    this.#zone = zone;
    this.#structure = structure;
    this.#ofDays = inForce.filter(({ kind }) => kind === "days");
    this.notes = inForce.filter(({ kind }) => kind === "note" || kind === "adoption");
    this.overrides = inForce.filter(({ kind }) => kind === "failed" || kind === "not-failed");
    for (const judgement of inForce) this.#judgeLabelled(judgement, labelled.get(judgement.id) ?? []);
    for (const judgement of inForce) {
      const { kind, service, subject } = judgement;
      const topic = topicOf(kind);
      if (service !== null && subject !== null && topic !== null) this.#judge(topic, service, subject, judgement);
    }
  }

  /** A label is left out change by change: by when each was merged, or opened where it is open, and whose its service was then. */
  #judgeLabelled(judgement: Judgement, changes: readonly Labelled[]): void {
    const [scope, days] = [scopeOf(judgement), windowOf(judgement, this.#zone)];
    for (const { service, number, at } of changes) {
      const isMeant = isAlways([days]) || within(at, days);
      if (isMeant && isDuring(at, this.#structure.timesOf(scope, service)))
        this.#judge("change", service, String(number), judgement);
    }
  }

  #judge(topic: Topic, service: string, subject: string, judgement: Judgement): void {
    const key = keyOf(topic, service, subject);
    this.#subjects.set(key, judgement);
    if (topic === "failure") return;
    const own = this.#rows.get(service) ?? new Set();
    this.#rows.set(service, own.add(key));
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
    return this.#rows.has(service);
  }

  /** Whether somebody left out this row by itself, whatever its day. */
  excludesRow(list: ListName, fact: Subject): boolean {
    return this.#exclusion(KINDS[list], fact, null) !== null;
  }

  /** The days that are left out of a service. */
  daysOf(service: string): readonly Window[] {
    return merged(this.#daysOf(service).map(({ days }) => days));
  }

  /** The same as long as the same rows of these services are left out, whoever decided it. */
  keyFor(services: readonly Subject[]): string {
    if (this.#rows.size === 0 && this.#ofDays.length === 0) return "";
    const keys = services.flatMap(({ service }) => {
      const key = this.#keyOf(service);
      return key === "" ? [] : [[service, key]];
    });
    return keys.length === 0 ? "" : hashOf(JSON.stringify(keys));
  }

  #keyOf(service: string): string {
    const known = this.#keys.get(service);
    if (known !== undefined) return known;
    const [rows, days] = [[...(this.#rows.get(service) ?? [])], this.daysOf(service)];
    const key = rows.length === 0 && days.length === 0 ? "" : hashOf(JSON.stringify([rows.sort(), days.map(boundsOf)]));
    this.#keys.set(service, key);
    return key;
  }

  /** Why a row does not count, if somebody left it out. */
  exclusionOf({ kind, fact, observation }: Observed): Judgement | null {
    return this.#exclusion(kind, fact, observation.at);
  }

  /** Who said that a deployment failed, or that it did not. */
  overrideOf({ service, id }: DeploymentFact): Judgement | null {
    return this.#subjects.get(keyOf("failure", service, id)) ?? null;
  }

  /**
   * The days that are left out of every one of the services while it belongs to what is asked for: they are no time in which something
   * could have happened.
   */
  daysOut(services: readonly OwnedPlace[]): readonly Window[] {
    const judged = merged(services.flatMap(({ service }) => this.daysOf(service)));
    if (judged.length === 0) return [];
    let out = judged;
    for (const { service, times } of services)
      out = inBoth(out, merged([...this.daysOf(service), ...outsideOf(times)]));
    return out;
  }

  /**
   * What was left out of a window, and what was overruled in it; nothing where nobody judged anything.
   *
   * @param rows those that were looked at, by list.
   * @param overruled how many of the deployments in the window somebody spoke of.
   */
  quality(rows: LeftOutRows, services: readonly OwnedPlace[], window: Window, overruled: number): readonly Quality[] {
    return [...leftOut(rows, window), ...this.#daysLeftOut(services, window), ...toldByHand(overruled)];
  }

  /** How many changes of a service are left out by themselves: of some services, of that of which most are. */
  changesLeftOut(services: readonly Subject[]): number {
    return Math.max(0, ...services.map(({ service }) => this.#rows.get(service)?.size ?? 0));
  }

  #daysLeftOut(services: readonly OwnedPlace[], window: Window): readonly Quality[] {
    const touching = services.flatMap(({ service, times }) =>
      this.#daysOf(service).flatMap(({ days, judgement }) =>
        inBoth([days], times).flatMap((part) => {
          const seen = overlap(part, window);
          return seen === null ? [] : [{ days: seen, judgement }];
        }),
      ),
    );
    if (touching.length === 0) return [];
    const out = inBoth(this.daysOut(services), [window]);
    const isOfSome = merged(touching.map(({ days }) => days)).some(
      ({ from, to }) => !out.some((one) => one.from <= from && one.to >= to),
    );
    return [
      {
        id: "days-left-out",
        title: "Spans of days that people left out",
        value: new Set(touching.map(({ judgement }) => judgement.id)).size,
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
    return this.#daysOf(fact.service).find(({ days }) => within(at, days))?.judgement ?? null;
  }

  /** The days that somebody left out of a service, each in the times in which it belonged to whom the judgement is about. */
  #daysOf(service: string): readonly Days[] {
    const known = this.#days.get(service);
    if (known !== undefined) return known;
    const made = this.#ofDays.flatMap((judgement) =>
      inBoth([windowOf(judgement, this.#zone)], this.#structure.timesOf(scopeOf(judgement), service)).map((days) => ({
        days,
        judgement,
      })),
    );
    this.#days.set(service, made);
    return made;
  }
}

type Topic = "change" | "deployment" | "failure";

/** `null` of what is about no single thing. */
function topicOf(kind: Judgement["kind"]): Topic | null {
  switch (kind) {
    case "change":
    case "deployment":
      return kind;
    case "failed":
    case "not-failed":
      return "failure";
    case "label":
    case "days":
    case "note":
    case "adoption":
      return null;
  }
}

/** All the time that is in none of some times, which are in order and apart. */
function outsideOf(times: readonly Window[]): readonly Window[] {
  const starts = [-Infinity, ...times.map(({ to }) => to)];
  const ends = [...times.map(({ from }) => from), Infinity];
  return starts.map((from, index) => ({ from, to: ends[index] ?? Infinity }));
}

function hashOf(text: string): string {
  return createHash("sha1").update(text).digest("base64");
}

/** As text, which has no infinity of its own. */
function boundsOf({ from, to }: Window): string {
  return `${from} ${to}`;
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

function keyOf(topic: Topic, service: string, subject: string): string {
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
