/** Sentences the dashboard says by itself. What the data says comes from the API. */
import type { Filters } from "./filters.ts";
import { count, plural } from "./format.ts";
import type { Definition, Measure, Measured, Rows, Service, Source, Status, Verdict } from "./types.ts";

/** Each verdict has a word and a sign of its own: colour only repeats what they say. */
export function verdictWords(verdict: Verdict): { word: string; sign: string } {
  switch (verdict) {
    case "better":
      return { word: "Better", sign: "✓" };
    case "worse":
      return { word: "Worse", sign: "!" };
    case "different":
      return { word: "Different", sign: "◆" };
    case "within-variation":
      return { word: "Normal variation", sign: "≈" };
    case "too-few":
      return { word: "Too few to say", sign: "○" };
  }
}

export function statisticWords({ statistic, counts }: Definition): string {
  switch (statistic) {
    case "count":
      return `How many, with an exact Poisson interval. Each ${counts} counts 1.`;
    case "median":
      return "Median (half are smaller), with an interval from order statistics. Quantiles are of type R-7.";
    case "rate":
      return "Share of those counted, with a Wilson interval.";
  }
}

/** "headway, from git: releases stand in for deployments". */
export function lookingAt({ sources, services }: Status): string {
  const [only, ...others] = services;
  if (only === undefined) return sources.map(({ name }) => name).join(", ");
  const hosts = [...new Set(sources.map(({ host }) => host))].join(" and ");
  if (others.length === 0) return `${only.name}, from ${hosts}: ${only.rule}`;
  return `${plural(services.length, "service")} from ${hosts}`;
}

/** The services of each rule, most first. */
export function rulesOf(services: readonly Service[]): { rule: string; names: string[] }[] {
  const byRule = new Map<string, string[]>();
  for (const { rule, name } of services) byRule.set(rule, [...(byRule.get(rule) ?? []), name]);
  return [...byRule].map(([rule, names]) => ({ rule, names })).sort((a, b) => b.names.length - a.names.length);
}

/** Whether numbers are still incomplete: something is being read for the first time. */
export function isPartial({ sources }: Pick<Status, "sources">): boolean {
  return sources.some(isFirstSync);
}

export function isFirstSync({ state, syncedAt, deriving }: Source): boolean {
  return (state === "syncing" && syncedAt === null) || deriving !== null;
}

/** What happens at a source that is read for the first time, and how far it is: 0 to 1, `null` where nobody can say. */
export function firstWords({ name, progress, deriving }: Source): {
  readonly words: string;
  readonly progress: number | null;
} {
  if (deriving === null)
    return { words: `Collecting ${name}${progress === null ? "" : `: ${count(progress * 100)} %`}`, progress };
  const { done, of } = deriving;
  return of < 2
    ? { words: `Working out the numbers of ${name}`, progress: null }
    : {
        words: `Working out the numbers of ${name}: ${count(done)} of ${plural(of, "service")}`,
        progress: done / of,
      };
}

/** "84 releases", "12 of 97 releases", "9 incidents and 2 open": what a number was computed from. */
export function sampleWords({ statistic, counts }: Definition, { n, k, open }: Measure): string {
  if (statistic === "rate" && k !== null) return `${count(k)} of ${plural(n, counts)}`;
  return open === 0 ? plural(n, counts) : `${plural(n, counts)} and ${count(open)} open`;
}

/** How the rows give the number. */
export function rowsWords(definition: Definition, { whole, counted, total }: Rows): string {
  const rest = total - counted;
  const words = sum(definition, whole, counted);
  if (rest === 0) return words;
  return `${words} ${rest === 1 ? "One more lies in the window and does not count; its line says why." : `${count(rest)} more lie in the window and do not count; each line says why.`}`;
}

function sum({ statistic, counts }: Definition, { k, open }: Measure, counted: number): string {
  if (counted === 0) return "No row in this window counts.";
  const rows = counted === 1 ? "This row gives" : `These ${plural(counted, "row")} give`;
  switch (statistic) {
    case "count":
      return `${rows} the number: each ${counts} adds 1.`;
    case "rate":
      return counted === 1
        ? `${rows} the number: its value is ${count(k ?? 0)}.`
        : `${rows} the number: ${count(k ?? 0)} of them ${k === 1 ? "has" : "have"} the value 1.`;
    case "median":
      return open === 0
        ? `${rows} the number: it is the middle of their values.`
        : `${rows} the number: it is the middle of their values, where the ${count(open)} that ${open === 1 ? "is" : "are"} open count as lasting at least so long (Kaplan–Meier).`;
  }
}

const GROUPS: ReadonlyMap<string, string> = new Map([
  ["team", "Team"],
  ["system", "System"],
  ["use-case", "Use case"],
]);

/** "Team payments", "ledger of Team payments"; `null` of everything together. A use case is called by its id, which was made of its title. */
export function scopeWords({ scope, service }: Pick<Filters, "scope" | "service">): string | null {
  const [, kind = "", name = ""] = /^([^:]*):(.*)$/s.exec(scope ?? "") ?? [];
  const title = GROUPS.get(kind);
  if (title === undefined) return service;
  const group = `${title} ${kind === "use-case" ? name.replaceAll("-", " ") : name}`;
  return service === null ? group : `${service} of ${group}`;
}

/** What bots did and what is not over, as this number has them. */
export function lookWords({ bots, open }: Filters, { bots: usual, unit }: Definition): string {
  const isCounted = bots === "in" || (bots === "default" && usual === "kept");
  const whose = usual === null ? [] : [isCounted ? "bots counted" : "bots left out"];
  const time = unit === "working-hours" ? ["in working hours of whoever owned the service"] : [];
  const still = open === "kept" ? "what is not over counts as lasting so long" : "what is not over left out";
  return [...whose, still, ...time].join(", ");
}

/** A comparison as cards and panels show it; without a verdict its words say why. */
export interface Compared {
  readonly verdict: Verdict | null;
  readonly words: string;
}

/** With the baseline where one was asked for, else with the window before, unless that is not wanted. */
export function comparedWith({ baseline, previous }: Measured, { compare }: Filters): Compared | null {
  return baseline ?? (compare === "previous" ? previous : null);
}

/**
 * When what is shown was last brought up to date: the oldest of what is collected decides. What is pushed comes when it comes, and decides
 * where there is nothing else. "": not yet; `null`: there is nothing.
 */
export function freshAt(sources: readonly Pick<Source, "host" | "syncedAt">[]): string | null {
  const collected = sources.filter(({ host }) => host !== "push");
  const [oldest] = (collected.length > 0 ? collected : sources).map(({ syncedAt }) => syncedAt ?? "").toSorted();
  return oldest ?? null;
}

/** Fewer complete periods with values are no baseline, neither of limits. */
const LEAST_FOR_LIMITS = 10;

/** On what limits of normal variation rest, and when they began anew; or why there are none. */
export function limitsWords(
  { statistic }: Pick<Definition, "statistic">,
  { limits, rebased, between, series }: Pick<Measured, "limits" | "rebased" | "between" | "series">,
  interval: string,
): string {
  if (limits !== null || rebased !== null) return [rebased, limits?.baseline].filter(Boolean).join(" ");
  if (between !== null) return "";
  const complete = series.filter(({ partial, value }) => !partial && value !== null).length;
  const none = "No limits of normal variation";
  if (complete < LEAST_FOR_LIMITS)
    return `${none}: they need ${LEAST_FOR_LIMITS} complete ${interval}s with values, and here ${complete === 1 ? "is 1" : `are ${count(complete)}`}.`;
  return statistic === "median"
    ? `${none}: too many ${interval}s have a value of 0.`
    : `${none}: fewer than one a ${interval} is to be expected, so each would lie outside of them.`;
}
