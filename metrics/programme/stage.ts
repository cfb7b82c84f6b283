/**
 * How far a service has come, as what it is able to do and not as an average: it is at the last stage up to which every required practice holds. Beside it,
 * how many practices hold and which next one promises most.
 */
import { sum } from "../statistics/sum.ts";
import type { PartStatus, PracticeStatus } from "./practice-status.ts";
import { holds } from "./practice-status.ts";
import { nextWords, sharedWords, stageWords } from "./stage-words.ts";

export type StageNumber = 0 | 1 | 2 | 3 | 4 | 5;

/** What is no practice of a team and is judged elsewhere: that a baseline is frozen, that failures have not become more, that the gate is passed. */
export interface Condition {
  readonly id: string;
  readonly state: "met" | "not-met" | "cannot-be-said";
  readonly words: string;
}

export interface Stage {
  readonly number: StageNumber;
  readonly title: string;
  /** What is able to be said once it is reached. */
  readonly outcome: string;
  /** Ids of practices, all of whose required parts must hold. */
  readonly practices: readonly string[];
  /** A single part that is asked for before its whole practice is. */
  readonly parts: readonly { readonly practice: string; readonly part: string }[];
  /** Ids of conditions that are judged elsewhere. */
  readonly conditions: readonly string[];
}

export const STAGES: readonly Stage[] = [
  {
    number: 0,
    title: "Baseline and mandate",
    outcome: "We know where we are.",
    practices: [],
    parts: [],
    conditions: ["baseline-frozen", "sponsor-and-scope", "data-quality-stated", "use-case-chosen"],
  },
  {
    number: 1,
    title: "Integrate",
    outcome: "All work integrates to trunk daily, tested before the merge.",
    practices: ["trunk-based", "continuous-integration"],
    parts: [],
    conditions: [],
  },
  {
    number: 2,
    title: "Flow",
    outcome: "Small batches, limited work in progress, fast review.",
    practices: ["small-batches", "review", "work-in-progress"],
    parts: [],
    conditions: [],
  },
  {
    number: 3,
    title: "Release on demand",
    outcome: "The pipeline is the only way to production.",
    practices: ["deployment-automation", "release-on-demand"],
    parts: [{ practice: "recovery", part: "rollback-proven" }],
    conditions: [],
  },
  {
    number: 4,
    title: "Learn",
    outcome: "Failures are small, recovered fast, and results are predictable.",
    practices: ["recovery"],
    parts: [],
    conditions: ["fail-rate-not-worse", "rework-rate-not-worse", "calm"],
  },
  {
    number: 5,
    title: "Foundation",
    outcome: "The remaining constraint lies in the backbone.",
    practices: [],
    parts: [],
    conditions: ["gate"],
  },
];

/** What conditions that are no practices are called. */
const CONDITION_TITLES: Readonly<Record<string, string>> = {
  "fail-rate-not-worse": "Change fail rate not worse",
  "rework-rate-not-worse": "Rework rate not worse",
  calm: "Nothing unfavourable outside its limits",
  gate: "A passed gate",
};

/** What is asked for and does not hold. */
export interface Missing {
  /** Of a practice or of a condition. */
  readonly id: string;
  readonly title: string;
  /** Of a practice the part that decides; `null` of a condition, and of a practice that was not read. */
  readonly part: string | null;
  readonly words: string;
  /** How much of what is asked for is still missing, 0 to 1; `null` where nobody can say how much. */
  readonly distance: number | null;
}

export interface ServiceStage {
  readonly stage: Stage;
  /** How many practices hold, of those that are asked of the service. */
  readonly holding: number;
  readonly asked: number;
  /** What the next stage lacks, the nearest first; empty at the last stage. */
  readonly missing: readonly Missing[];
  /** Conditions of the stage of the mandate that are not met: they are the programme's and hold no team back. */
  readonly mandate: readonly Condition[];
  readonly words: string;
}

/**
 * The stage of a service. A condition that nobody told of cannot be said, so the stage that needs it is not reached.
 *
 * @param statuses of every practice.
 * @param conditions that are judged elsewhere; those of stage 0 are shown and hold nothing back: a team is able to do what it is able to do.
 */
export function stageOf(
  statuses: readonly PracticeStatus[],
  conditions: readonly Condition[],
  stages = STAGES,
): ServiceStage {
  const [first, ...others] = stages.toSorted((a, b) => a.number - b.number);
  if (first === undefined) throw new Error("There are no stages.");
  const lacking = (stage: Stage): readonly Missing[] => missingOf(stage, statuses, conditions);
  let [reached, missing]: [Stage, readonly Missing[]] = [first, []];
  for (const stage of others) {
    missing = lacking(stage);
    if (missing.length > 0) break;
    reached = stage;
  }
  const asked = statuses.filter(({ status }) => status !== "not-applicable");
  const holding = asked.filter(({ status }) => holds(status)).length;
  const mandate = first.conditions.map((id) => conditionOf(id, conditions)).filter(({ state }) => state !== "met");
  const found = { stage: reached, holding, asked: asked.length, missing: missing.toSorted(byDistance), mandate };
  return { ...found, words: `${stageWords(found)} ${nextWords(found)}` };
}

/** Of each stage by itself how much of what it asks for holds, whatever the stages before it lack. Those of the mandate are left out. */
export function stageShares(
  statuses: readonly PracticeStatus[],
  conditions: readonly Condition[],
  stages = STAGES,
): readonly { readonly stage: StageNumber; readonly holding: number; readonly asked: number }[] {
  return stages
    .filter(({ number }) => number > 0)
    .map((stage) => {
      const asked = stage.practices.length + stage.parts.length + stage.conditions.length;
      return { stage: stage.number, asked, holding: asked - missingOf(stage, statuses, conditions).length };
    });
}

function missingOf(
  { practices, parts, conditions: ids }: Stage,
  statuses: readonly PracticeStatus[],
  conditions: readonly Condition[],
): readonly Missing[] {
  const practiceOf = (id: string) => statuses.find(({ practice }) => practice.id === id);
  return [
    ...practices.flatMap((id) => missingPractice(id, practiceOf(id))),
    ...parts.flatMap(({ practice, part }) => missingPart(practice, part, practiceOf(practice))),
    ...ids
      .map((id) => conditionOf(id, conditions))
      .filter(({ state }) => state !== "met")
      .map(({ id, words }) => ({ id, title: CONDITION_TITLES[id] ?? id, part: null, words, distance: null })),
  ];
}

function missingPractice(id: string, found: PracticeStatus | undefined): readonly Missing[] {
  if (found === undefined) return [{ id, title: id, part: null, words: "It was not read.", distance: null }];
  const { status, practice, words, parts, weakest } = found;
  if (weakest === null || holds(status)) return [];
  const required = parts.filter(({ part, status: own }) => part.isRequired && !holds(own));
  return [{ id, title: practice.title, part: weakest.part.id, words, distance: farthest(required) }];
}

function missingPart(id: string, part: string, found: PracticeStatus | undefined): readonly Missing[] {
  const own = found?.parts.find((one) => one.part.id === part);
  if (found === undefined || own === undefined)
    return [{ id, title: id, part: null, words: "It was not read.", distance: null }];
  return holds(own.status)
    ? []
    : [{ id, title: found.practice.title, part, words: own.words, distance: distanceOf(own) }];
}

/** A practice needs all its parts: it is as far away as the farthest of those that are missing. */
function farthest(parts: readonly PartStatus[]): number | null {
  const distances = parts.map(distanceOf);
  return distances.includes(null) ? null : Math.max(...distances.map((one) => one ?? 0));
}

/**
 * How far the share of the last weeks is from its threshold, as a share of that; of a condition on weeks, and where only single weeks miss it, how far the
 * number of weeks is from what makes a habit. `null` where nothing was judged.
 */
function distanceOf({ part, met, of, threshold, weeksMet, weeks }: PartStatus): number | null {
  if (weeks === 0) return null;
  const ofShare = part.counts === "weeks" || of === 0 ? 0 : Math.max(0, 1 - met / of / threshold);
  return ofShare > 0 ? ofShare : Math.max(0, 1 - weeksMet / weeks / HABITUAL);
}

/** Four of six weeks. */
const HABITUAL = 2 / 3;

function conditionOf(id: string, conditions: readonly Condition[]): Condition {
  const found = conditions.find((one) => one.id === id);
  return found ?? { id, state: "cannot-be-said", words: "Nobody told it." };
}

/** The nearest first; what nobody can say how far it is comes last. */
function byDistance(a: Missing, b: Missing): number {
  const [near, far] = [a.distance ?? Infinity, b.distance ?? Infinity];
  return near === far ? 0 : near - far;
}

/** Of several services: which missing practice most of them share. */
export interface SharedNext {
  readonly id: string;
  readonly title: string;
  readonly services: readonly string[];
  readonly words: string;
}

/**
 * Of what the next stages of some services lack, what most of them lack alike: to learn it together helps most of them. Of several the one that is nearest
 * on average. `null` where nothing is missing.
 */
export function sharedNext(services: ReadonlyMap<string, ServiceStage>): SharedNext | null {
  const found = new Map<string, { title: string; services: string[]; distances: number[] }>();
  for (const [service, { missing }] of services)
    for (const { id, title, distance } of missing) {
      const one = found.get(id) ?? { title, services: [], distances: [] };
      one.services.push(service);
      one.distances.push(distance ?? 1);
      found.set(id, one);
    }
  const average = (distances: readonly number[]) => sum(distances) / distances.length;
  const [most] = [...found].toSorted(
    ([, a], [, b]) => b.services.length - a.services.length || average(a.distances) - average(b.distances),
  );
  if (most === undefined) return null;
  const [id, { title, services: lacking }] = most;
  return { id, title, services: lacking, words: sharedWords(title, lacking.length, services.size) };
}
