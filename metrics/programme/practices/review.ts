/** Somebody else looks at every change, soon. */
import type { ChangeFact } from "../../facts.ts";
import { hoursBetween } from "../../time.ts";
import { workingHours } from "../../working-time.ts";
import type { Evidence } from "./evidence.ts";
import { directPushes, during } from "./evidence.ts";
import type { Part, Practice } from "./practice.ts";
import { HALF, USUAL } from "./practice.ts";
import { changeRow, commitRow, isBelow, shareOf, unmeasurable } from "./readings.ts";
import { percent, PLAIN_GIT } from "./words.ts";

const NO_REVIEWS = `${PLAIN_GIT} who reviewed what.`;
const ELAPSED =
  "Nobody said when work is done here, so elapsed hours are taken, which can only be more than working hours.";

const soon: Part = {
  ...USUAL,
  id: "first-review",
  condition: ({ pickupHours }) =>
    `Half of the reviewed changes have their first review in less than ${pickupHours} working hours after they were ready.`,
  threshold: HALF,
  read: (evidence, week, { pickupHours }) => {
    if (!evidence.hasHost) return unmeasurable(NO_REVIEWS);
    const { hours, isElapsed } = clockOf(evidence);
    return shareOf(
      reviewed(evidence, week).map((change) => changeRow(change, isBelow(pickup(change, hours), pickupHours))),
      isElapsed ? ELAPSED : null,
    );
  },
};

const neverLate: Part = {
  ...USUAL,
  id: "late-review",
  condition: ({ slowPickupShare, slowPickupHours }) =>
    `At least ${percent(slowPickupShare)} of them have it within a working day (${slowPickupHours} working hours).`,
  threshold: ({ slowPickupShare }) => slowPickupShare,
  read: (evidence, week, { slowPickupHours, slowPickupElapsedHours }) => {
    if (!evidence.hasHost) return unmeasurable(NO_REVIEWS);
    const { hours, isElapsed } = clockOf(evidence);
    const limit = isElapsed ? slowPickupElapsedHours : slowPickupHours;
    return shareOf(
      reviewed(evidence, week).map((change) => changeRow(change, isBelow(pickup(change, hours), limit))),
      isElapsed ? `Nobody said when work is done here: within ${limit} elapsed hours.` : null,
    );
  },
};

const byAnother: Part = {
  ...USUAL,
  id: "reviewed",
  condition: ({ reviewedShare }) =>
    `At least ${percent(reviewedShare)} of what people integrate was reviewed by another person before.`,
  threshold: ({ reviewedShare }) => reviewedShare,
  read: (evidence, week) => {
    if (!evidence.hasHost) return unmeasurable(NO_REVIEWS);
    const changes = during(evidence.merged, week)
      .filter(({ authorKind }) => authorKind !== "bot")
      .map((change) => changeRow(change, isReviewed(change)));
    const pushes = directPushes(evidence, week).map((commit) => commitRow(commit, false));
    return shareOf([...changes, ...pushes], "A direct push is integrated without a review.");
  },
};

/** `null` where the host lists fewer reviews than there are. */
export function isReviewed({ firstReviewAt, truncated }: ChangeFact): boolean | null {
  if (firstReviewAt !== null) return true;
  return truncated ? null : false;
}

type Clock = (from: number | null, to: number | null) => number | null;

function clockOf({ time, until }: Evidence): { readonly hours: Clock; readonly isElapsed: boolean } {
  const isElapsed = time.worked(until - 1, until) === null;
  return { hours: isElapsed ? hoursBetween : workingHours(time), isElapsed };
}

function reviewed(evidence: Evidence, week: { from: number; to: number }): readonly ChangeFact[] {
  return during(evidence.merged, week).filter(
    ({ authorKind, firstReviewAt }) => authorKind !== "bot" && firstReviewAt !== null,
  );
}

function pickup({ readyAt, openedAt, firstReviewAt }: ChangeFact, hours: Clock): number | null {
  return hours(readyAt ?? openedAt, firstReviewAt);
}

export const review: Practice = {
  id: "review",
  title: "Fast review by another person",
  why: "Two people know of each change, and nobody begins something new because the last change waits.",
  source: "https://dora.dev/capabilities/streamlining-change-approval/",
  parts: [soon, neverLate, byAnother],
};
