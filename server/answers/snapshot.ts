/** What is known of a programme now, as a review freezes it and as it is compared with later. */
import { canonicalOf } from "#metrics/baselines/canonical.ts";
import { metrics } from "#metrics/index.ts";
import { DEFAULT_LENS } from "#metrics/lens.ts";
import type { ReviewKind, Thing } from "#metrics/programme/review.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { DERIVATION } from "../refresh.ts";
import { VERSION } from "../version.ts";
import { askedScope } from "./asked-scope.ts";
import { hashOf } from "../hash.ts";
import { answerGate } from "./gate.ts";
import { answerLeadership } from "./leadership.ts";
import type { Memory } from "./memory.ts";
import { answerMilestones } from "./milestones.ts";
import { Refused } from "./problem.ts";
import { standing } from "./programme.ts";
import { answerProgress } from "./progress.ts";
import { settingsOf } from "./settings.ts";
import { dataUntil } from "./sides.ts";

type Gate = Reply<"/api/gate">;
type Basis = Reply<"/api/review">["basis"];
type Five = Pick<Reply<"/api/leadership">["five"][number], "metric" | "title" | "value" | "label" | "words">;

/** All of it is hashed, and none of it is ever changed. */
export interface Snapshot {
  /** Of this shape: raised when a later Headway writes another. */
  readonly format: 1;
  readonly kind: ReviewKind;
  /** The hash of the review before; `null` of the first. */
  readonly follows: string | null;
  readonly heldAt: string;
  /** As they called themselves. */
  readonly actor: string;
  readonly minutes: string;
  readonly decisions: readonly string[];
  readonly seen: Seen;
}

export interface Seen {
  readonly basis: Basis;
  readonly gate: Gate;
  readonly progress: Reply<"/api/progress">;
  /** DORA's five of the organisation. */
  readonly five: readonly Five[];
  readonly milestones: Reply<"/api/progress/milestones">;
  readonly quality: Reply<"/api/leadership">["quality"];
  /** The same in words, thing by thing. */
  readonly things: readonly Thing[];
}

/** So often it is read again when facts change meanwhile. */
const MOST_TRIES = 3;

/** For what is asked: a use case, a wave, or the whole programme. */
type AskedSeen = Pick<Query<"/api/gate">, "useCase" | "wave">;

/**
 * @throws BadRequest when there is no such use case or wave; Refused while data comes in faster than it can be read: what is frozen must be of one moment.
 */
export async function seenNow(installation: Installation, asked: AskedSeen, memory: Memory): Promise<Seen> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const before = await basisOf(installation, memory);
    const gate = await answerGate(installation, asked, memory);
    const progress = await answerProgress(installation, asked, memory);
    const { five: all, quality } = await answerLeadership(installation, { ...DEFAULT_LENS }, memory);
    const five = all.map(({ metric, title, value, label, words }) => ({ metric, title, value, label, words }));
    const milestones = await answerMilestones(installation, memory);
    const basis = await basisOf(installation, memory);
    const seen = { basis, gate, progress, five, milestones, quality };
    if (canonicalOf(before) === canonicalOf(basis)) return { ...seen, things: thingsOf(seen) };
  }
  throw new Refused(
    409,
    "Data is coming in",
    "Facts changed while they were read, so that they would not be of one moment. Nothing was frozen. Try again when the sync is over.",
  );
}

async function basisOf(installation: Installation, memory: Memory): Promise<Basis> {
  const { version } = await standing(installation);
  const { services } = await askedScope(installation, {});
  return {
    dataUntil: new Date(await dataUntil(installation, services, memory)).toISOString(),
    facts: await installation.store.factsVersion(),
    derivation: DERIVATION,
    definitions: Object.fromEntries(metrics.map((metric) => [metric.id, metric.version])),
    configuration: hashOf(canonicalOf(settingsOf(installation.config))),
    version: VERSION,
    programme: version && { version: version.version, hash: version.hash },
  };
}

function thingsOf({ basis, gate, progress, five, milestones, quality }: Omit<Seen, "things">): readonly Thing[] {
  const titles = new Map(progress.practices.map(({ practice, title }) => [practice, title]));
  return [
    { group: "gate", of: "Outcome", what: "outcome", value: gate.words },
    ...gate.conditions.map(({ id, state, evidence }) => thing("gate", id, STATE_WORDS[state], evidence)).flat(),
    ...progress.services.flatMap(({ service, stage, practices }): Thing[] => [
      { group: "service", of: service, what: "stage", value: `${stage}` },
      ...practices.map(({ practice, status }): Thing => {
        return { group: "service", of: service, what: titles.get(practice) ?? practice, value: status };
      }),
    ]),
    ...five.flatMap(({ title, value, words }) => thing("metric", title, value, words)),
    ...milestones.flatMap(({ title, state, words }): Thing[] => [
      { group: "milestone", of: title, what: "state", value: state },
      { group: "milestone", of: title, what: "how far", value: words },
    ]),
    ...quality.map(({ title, note }): Thing => ({ group: "quality", of: title, what: "data quality", value: note })),
    ...basisThings(basis),
  ];
}

const STATE_WORDS = { met: "met", "not-met": "not met", "cannot-be-said": "cannot be said" } as const;

/** What it is, and what that rests on. */
function thing(group: Thing["group"], of: string, value: string, words: string): readonly Thing[] {
  return [
    { group, of, what: group === "gate" ? "state" : "value", value },
    { group, of, what: group === "gate" ? "evidence" : "compared", value: words },
  ];
}

function basisThings({ dataUntil: until, derivation, configuration, version, programme, definitions }: Basis): Thing[] {
  const basis = (of: string, what: string, value: string): Thing => ({ group: "basis", of, what, value });
  return [
    basis("Data", "until", until),
    basis("Facts", "derivation", `${derivation}`),
    basis("Configuration", "hash", configuration),
    basis("Headway", "version", version),
    basis("Programme", "version", programme === null ? "none" : `${programme.version} (${programme.hash})`),
    ...Object.entries(definitions).map(([id, number]) => basis(id, "definition", `${number}`)),
  ];
}
