/** Numbers in sections: the two of delivery, and what explains them by what it is about. Pure, so that it can be tested. */
import type { Definition, Measured } from "../types.ts";

const TOPICS = [
  "throughput",
  "instability",
  "changes",
  "deployments",
  "work",
  "pipelines",
  "trouble",
  "others",
] as const;
export type Topic = (typeof TOPICS)[number];

export interface One {
  readonly measured: Measured;
  readonly definition: Definition;
}

export interface Section {
  readonly topic: Topic;
  readonly of: readonly One[];
}

/** Up to so many numbers all are shown at once. */
const AT_ONCE = 16;

/** By the noun of what is observed, so that a new metric finds its place by itself. */
export function topicOf({ factor, counts }: Pick<Definition, "factor" | "counts">): Topic {
  if (factor !== "context") return factor;
  switch (counts) {
    case "change":
      return "changes";
    case "deployment":
    case "attempt":
    case "service":
    case "release x.y.0":
      return "deployments";
    case "commit":
    case "integration":
      return "work";
    case "run":
    case "break":
      return "pipelines";
    case "incident":
    case "alert":
    case "remediation":
      return "trouble";
    default:
      return "others";
  }
}

export function topicWords(topic: Topic): string {
  switch (topic) {
    case "throughput":
      return "Throughput: how fast";
    case "instability":
      return "Instability: how safely";
    case "changes":
      return "Changes, their stages and reviews";
    case "deployments":
      return "Deployments and batches";
    case "work":
      return "Commits and integrations";
    case "pipelines":
      return "Pipelines";
    case "trouble":
      return "Incidents and alerts";
    case "others":
      return "Others";
  }
}

/** In the order of the topics, and in each in the API's; what has nothing to show comes last in its section. */
export function sectionsOf(measures: readonly Measured[], definitions: ReadonlyMap<string, Definition>): Section[] {
  const all = measures.flatMap((measured): One[] => {
    const definition = definitions.get(measured.metric);
    return definition === undefined ? [] : [{ measured, definition }];
  });
  return TOPICS.map((topic) => {
    const of = all.filter(({ definition }) => topicOf(definition) === topic);
    return { topic, of: of.toSorted((a, b) => Number(isSilent(a)) - Number(isSilent(b))) };
  }).filter(({ of }) => of.length > 0);
}

/** Whether nothing of it can be drawn. */
export function isSilent({ measured: { series } }: Pick<One, "measured">): boolean {
  return series.every(({ value }) => value === null);
}

/** Which sections are open: delivery's always, the others as the address says; all where there are few numbers. */
export function openIn(sections: readonly Section[], search: string): ReadonlySet<Topic> {
  const said = new URLSearchParams(search).get("sections")?.split(",") ?? [];
  const isAll = said.includes("all") || sections.flatMap(({ of }) => of).length <= AT_ONCE;
  const isDelivery = (topic: Topic): boolean => topic === "throughput" || topic === "instability";
  return new Set(
    sections.map(({ topic }) => topic).filter((topic) => isAll || isDelivery(topic) || said.includes(topic)),
  );
}

/** What the address says once a section is turned; `null` where only delivery's are open, as usual. */
export function turned(open: ReadonlySet<Topic>, topic: Topic): string | null {
  const next = new Set(open);
  if (!next.delete(topic)) next.add(topic);
  const said = [...next].filter((one) => one !== "throughput" && one !== "instability");
  return said.length === 0 ? null : said.join(",");
}

/** How many numbers a folded section has, and which of them left their normal variation. */
export function signalsIn({ of }: Section): readonly One[] {
  return of.filter(({ measured: { previous } }) => ["better", "worse", "different"].includes(previous?.verdict ?? ""));
}
