/** Which element of the backbone a service is, as its files suggest it and as a person says it. */
import type { Layout } from "../events.ts";
import { fileMatcher } from "../globs.ts";
import type { Sort } from "../layout/sorts.ts";
import { SORT_NAMES } from "../layout/sorts.ts";
import { byNumber } from "../plurals.ts";
import { sum } from "../statistics/sum.ts";
import type { Confidence, Element, KnownSystem, ServiceElement } from "./programme.ts";

export interface Suggestion {
  readonly element: Element;
  readonly sure: Confidence;
  /** Why, in a sentence with a few paths. */
  readonly words: string;
  /** The same as long as the same kinds of files suggest the same: `api: graphql, openapi`. */
  readonly evidence: string;
}

/** What a kind of file speaks for. */
interface Weight {
  readonly element: Element;
  /** What one of them weighs. */
  readonly points: number;
  /** Whether services have it whatever they are: a schema of their own, or what they are deployed with. Then it speaks for an element only where most of what is there is of this kind. */
  readonly isUsual: boolean;
  readonly one: string;
  readonly many: string;
}

const weight = (element: Element, points: number, one: string, many: string, isUsual = false): Weight => ({
  element,
  points,
  isUsual,
  one,
  many,
});

/** CODEOWNERS is a practice and no element. */
const WEIGHTS: Readonly<Record<Sort, Weight | null>> = {
  openapi: weight("api", 3, "description of an interface", "descriptions of interfaces"),
  rpc: weight("api", 3, "definition of remote calls", "definitions of remote calls"),
  graphql: weight("api", 3, "GraphQL schema", "GraphQL schemas"),
  migrations: weight("data", 2, "migration of a database", "migrations of a database", true),
  dbt: weight("data", 4, "dbt file", "dbt files"),
  "data-pipelines": weight("data", 3, "data pipeline", "data pipelines"),
  messages: weight("integration", 3, "definition of messages or queues", "definitions of messages or queues"),
  connectors: weight("integration", 4, "connector or flow", "connectors or flows"),
  "infrastructure-code": weight(
    "infrastructure",
    3,
    "file of infrastructure as code",
    "files of infrastructure as code",
    true,
  ),
  cluster: weight("infrastructure", 2, "Kubernetes file", "Kubernetes files", true),
  runners: weight("infrastructure", 4, "definition of runners", "definitions of runners"),
  "pipeline-parts": weight("infrastructure", 3, "part for other pipelines", "parts for other pipelines"),
  policies: weight("security", 4, "policy", "policies"),
  "scan-rules": weight("security", 4, "rule of a scanner", "rules of a scanner"),
  "core-programs": weight("core", 3, "program of a core system", "programs of a core system"),
  "code-owners": null,
};

/** From this share of its files on, a repository is mostly of one kind. */
const MOSTLY = 1 / 2;
/** What a kind that most of the files are of weighs more. */
const MOSTLY_POINTS = 3;
/** Below this nothing is suggested. */
const LEAST = 2;
/** What a file of a test or an example weighs of one that is none. */
const ASIDE = 0.25;

interface Found {
  readonly sort: Sort;
  readonly weight: Weight;
  readonly count: number;
  readonly aside: number;
  readonly examples: readonly string[];
  readonly points: number;
  readonly isMost: boolean;
}

/**
 * What the files of a service suggest; `null` where they suggest nothing, which is what most repositories do.
 *
 * @param paths which files of the repository are its own; `null`: all.
 */
export function suggestedElement(layout: Layout, paths: readonly string[] | null): Suggestion | null {
  const found = foundIn(layout, paths);
  const elements = [...new Set(found.map(({ weight: { element } }) => element))]
    .map((element) => {
      const own = found.filter((one) => one.weight.element === element);
      return { element, own, points: sum(own.map(({ points }) => points)) };
    })
    .toSorted((a, b) => b.points - a.points || (a.element < b.element ? -1 : 1));
  const [first, second] = elements;
  if (first === undefined || first.points < LEAST) return null;
  const others = elements.slice(1).filter(({ points }) => points >= LEAST);
  const kinds = first.own.map(({ sort }) => sort).sort();
  return {
    element: first.element,
    sure: sureness(first, second?.points ?? 0),
    words: wordsOf(first.own, others),
    evidence: `${first.element}: ${kinds.join(", ")}`,
  };
}

function sureness(first: { own: readonly Found[]; points: number }, second: number): Confidence {
  const isOwn = first.own.some(({ weight: { isUsual }, isMost }) => !isUsual || isMost);
  if (!isOwn || first.points < 1.5 * second) return "low";
  return first.points >= 5 && first.points >= 2 * second ? "high" : "medium";
}

function foundIn({ files, folders }: Layout, paths: readonly string[] | null): readonly Found[] {
  const isOwn = paths === null ? () => true : fileMatcher(paths);
  const own = folders.filter(({ path, hints }) => {
    const known = hints.flatMap(({ examples }) => examples);
    // A folder is a part's where one of its files is; of one that tells nothing no file is known, and any name stands for them.
    return (known.length === 0 ? [`${path}/_`.replace(/^\//, "")] : known).some(isOwn);
  });
  const total = paths === null ? files : sum(own.map((folder) => folder.files));
  const hints = own.flatMap((folder) => folder.hints);
  return SORT_NAMES.flatMap((sort): Found[] => {
    const these = hints.filter((hint) => hint.sort === sort);
    const known = WEIGHTS[sort];
    if (known === null || these.length === 0) return [];
    const [count, aside] = [sum(these.map((hint) => hint.count)), sum(these.map((hint) => hint.aside))];
    const real = count - aside;
    const isMost = real > 0 && real >= MOSTLY * total;
    const much = real >= 10 ? 2 : real >= 3 ? 1.5 : 1;
    const points = (real === 0 ? ASIDE * known.points : known.points * much) + (isMost ? MOSTLY_POINTS : 0);
    const examples = these
      .toSorted((a, b) => b.count - b.aside - (a.count - a.aside))
      .flatMap((hint) => hint.examples.slice(0, hint.aside < hint.count ? hint.count - hint.aside : undefined));
    return [{ sort, weight: known, count, aside, examples: examples.slice(0, 2), points, isMost }];
  });
}

function wordsOf(own: readonly Found[], others: readonly { readonly own: readonly Found[] }[]): string {
  const named = own
    .toSorted((a, b) => b.points - a.points)
    .map((one) => `${many(one)}${one.isMost ? ", most of what is there" : ""} (${one.examples.join(", ")})`);
  const beside = others.flatMap((other) => other.own).map(many);
  return `It holds ${listed(named)}.${beside.length === 0 ? "" : ` Beside it ${listed(beside)}.`}`;
}

function many({ count, aside, weight: { one, many: several } }: Found): string {
  const words = `${count} ${byNumber(count, one, several)}`;
  return aside === count ? `${words} among tests and examples` : words;
}

function listed(words: readonly string[]): string {
  const [last = "", ...before] = words.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(", ")} and ${last}`;
}

/** Whether somebody still has to look: nobody said anything, or said no to something else than what is suggested now. */
export function isOpen({ evidence }: Suggestion, said: ServiceElement | null): boolean {
  return said === null || (said.element === null && said.suggested !== evidence);
}

/** A service with the system it is part of. */
export interface Placed {
  readonly service: string;
  readonly system: string | null;
}

/** Who says which element a service is. */
export interface Said {
  readonly element: Element;
  /** The configuration, of the service itself; a person, of the service itself; or either, of its system. */
  readonly by: "configuration" | "person" | "system";
}

/**
 * The element of a service: what the configuration says of it, else a person, else what its system is; `null`: nobody says.
 *
 * @param configured by service, in small letters.
 */
export function elementOf(
  { service, system }: Placed,
  configured: ReadonlyMap<string, Element>,
  said: readonly ServiceElement[],
  systems: readonly Pick<KnownSystem, "name" | "element">[],
): Said | null {
  const own = configured.get(service.toLowerCase());
  if (own !== undefined) return { element: own, by: "configuration" };
  const told = said.find((one) => one.service === service)?.element ?? null;
  if (told !== null) return { element: told, by: "person" };
  const whole = systems.find(({ name }) => name === system)?.element ?? null;
  return whole === null ? null : { element: whole, by: "system" };
}

/** Systems of which nobody said what they are, as what most of their services are. */
export function withElementsOf<S extends Pick<KnownSystem, "name" | "element">>(
  systems: readonly S[],
  services: readonly (Placed & { readonly element: Element | null })[],
): readonly S[] {
  return systems.map((system) => {
    if (system.element !== null) return system;
    const own = services.filter((one) => one.system === system.name);
    const most = own.find(({ element }) => 2 * own.filter((one) => one.element === element).length > own.length);
    return { ...system, element: most?.element ?? null };
  });
}

/** Whether there is a CODEOWNERS file; `null` where the files are not all known and none is among those that are. */
export function hasCodeOwners({ folders, isWhole }: Layout): boolean | null {
  const isThere = folders.some(({ hints }) => hints.some(({ sort }) => sort === "code-owners"));
  return isThere || isWhole ? isThere : null;
}
