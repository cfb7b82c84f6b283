/** All work meets on one branch, every day. */
import { isOpenAt } from "../../flow/work.ts";
import type { Window } from "../../time.ts";
import { hoursBetween, within } from "../../time.ts";
import { duration } from "../../words.ts";
import { daysWith, workdays } from "./days.ts";
import type { Evidence } from "./evidence.ts";
import { directPushes, during } from "./evidence.ts";
import type { Limits } from "./limits.ts";
import type { Part, Practice, Row } from "./practice.ts";
import { USUAL, WHOLE_WEEK } from "./practice.ts";
import { changeRow, commitRow, isWithin, NO_ITEMS, shareOf, unmeasurable, weekly } from "./readings.ts";
import { percent, PLAIN_GIT } from "./words.ts";

const branchLifetime: Part = {
  ...USUAL,
  id: "branch-lifetime",
  condition: ({ branchHours, branchShare }) =>
    `At least ${percent(branchShare)} of what is integrated lived on a branch for at most ${duration(branchHours)}, from its first commit to its merge; a direct push had no branch.`,
  threshold: ({ branchShare }) => branchShare,
  read: (evidence, week, { branchHours }) => {
    if (!evidence.hasHost) return unmeasurable(`${PLAIN_GIT} when the branch of a squashed change began.`);
    const branches = during(evidence.merged, week)
      .filter(({ authorKind }) => authorKind !== "bot")
      .map((change) => {
        const hours = change.truncated ? null : hoursBetween(change.firstCommitAt, change.mergedAt);
        return changeRow(change, isWithin(hours, branchHours));
      });
    return shareOf([...branches, ...directPushes(evidence, week).map((commit) => commitRow(commit, true))], NO_BOTS);
  },
};

const activeBranches: Part = {
  ...USUAL,
  id: "active-branches",
  condition: ({ openBranches }) => `At most ${openBranches} branches have an open change at the end of the week.`,
  counts: "weeks",
  threshold: WHOLE_WEEK,
  read: (evidence, week, { openBranches }) => {
    if (!evidence.hasHost) return unmeasurable(`${PLAIN_GIT} which branches are worked on.`);
    if (isQuiet(evidence, week)) return NO_ITEMS;
    const open = evidence.opened.filter((change) => isOpenAt(change, week.to));
    const isMet = open.length <= openBranches;
    return weekly(
      isMet,
      open.map((change) => changeRow(change, isMet)),
      BRANCHES_WITH_CHANGES,
    );
  },
};

const dailyMerges: Part = {
  ...USUAL,
  id: "daily-integration",
  condition: ({ mergeDayShare }) =>
    `Something is integrated on more than ${percent(mergeDayShare)} of the working days of a week.`,
  counts: "weeks",
  threshold: WHOLE_WEEK,
  read: (evidence, week, { mergeDayShare }) => {
    const days = workdays(week, evidence);
    const steps = during(evidence.integrations, week);
    if (days.length === 0 || (steps.length === 0 && isQuiet(evidence, week))) return NO_ITEMS;
    const isMet =
      daysWith(
        days,
        steps.map(({ committedAt }) => committedAt),
      ) >
      mergeDayShare * days.length;
    return weekly(
      isMet,
      steps.map((step) => commitRow(step, isMet)),
    );
  },
};

const noFreeze: Part = {
  ...USUAL,
  id: "no-freeze",
  condition: ({ freezeDays }) =>
    `No freeze is declared, and no ${freezeDays} working days in a row pass without an integration while a change waits that was ready before them.`,
  counts: "weeks",
  threshold: WHOLE_WEEK,
  read: (evidence, week, limits) => {
    const declared = evidence.declared.freezes.some(({ from, to }) => from < week.to && to > week.from);
    if (declared) return weekly(false, [], "A freeze is declared for this week.");
    if (!evidence.hasHost) return unmeasurable(`${PLAIN_GIT} what waited while nothing was integrated.`);
    if (isQuiet(evidence, week)) return NO_ITEMS;
    const waiting = frozen(evidence, week, limits);
    return weekly(waiting.length === 0, waiting);
  },
};

/** What was ready before the first of so many working days in a row of a week, and waited through all of them while nothing was integrated. */
function frozen(evidence: Evidence, week: Window, { freezeDays }: Limits): readonly Row[] {
  const days = workdays(week, evidence);
  for (let first = 0; first + freezeDays <= days.length; first++) {
    const [from, to] = [days[first]?.from ?? week.from, days[first + freezeDays - 1]?.to ?? week.to];
    if (during(evidence.integrations, { from, to }).length > 0) continue;
    const waiting = evidence.opened.filter(
      (change) => change.readyAt !== null && change.readyAt < from && isOpenAt(change, from) && isOpenAt(change, to),
    );
    if (waiting.length > 0) return waiting.map((change) => changeRow(change, false));
  }
  return [];
}

/** Nothing was open in the week and nothing was integrated: there was no work that could have met. */
function isQuiet(evidence: Evidence, week: Window): boolean {
  const isWorkedOn = evidence.opened.some(
    (change) => isOpenAt(change, week.from) || isOpenAt(change, week.to) || within(change.openedAt, week),
  );
  return !isWorkedOn && during(evidence.integrations, week).length === 0;
}

const NO_BOTS = "Without what bots do.";
const BRANCHES_WITH_CHANGES =
  "A branch is seen once a change is opened for it, and those of bots are left out: the branches before that are not collected.";

export const trunkBased: Practice = {
  id: "trunk-based",
  title: "Trunk-based development",
  why: "Work that meets every day meets in small pieces, so that merging is no event and what is broken is found at once.",
  source: "https://dora.dev/capabilities/trunk-based-development/",
  parts: [branchLifetime, activeBranches, dailyMerges, noFreeze],
};
