/** What was begun is finished before something else is begun. */
import { usualTime } from "../../flow/ageing.ts";
import type { Hours } from "../../flow/ageing.ts";
import { hoursUntil, isOpenAt } from "../../flow/work.ts";
import type { Instant, Window } from "../../time.ts";
import { within } from "../../time.ts";
import { workingHours } from "../../working-time.ts";
import type { Evidence } from "./evidence.ts";
import { during } from "./evidence.ts";
import type { Part, Practice } from "./practice.ts";
import { USUAL, WHOLE_WEEK } from "./practice.ts";
import { answered, changeRow, isWithin, unmeasurable, weekly } from "./readings.ts";
import { percent, PLAIN_GIT } from "./words.ts";

const NO_OPEN = `${PLAIN_GIT} which changes are open.`;

const perAuthor: Part = {
  ...USUAL,
  id: "changes-per-author",
  condition: ({ changesPerAuthor }) =>
    `At the end of the week at most ${changesPerAuthor} changes are open for each person who was at work in it.`,
  counts: "weeks",
  threshold: WHOLE_WEEK,
  read: (evidence, week, { changesPerAuthor }) => {
    const { authors } = evidence.told;
    if (!evidence.hasHost) return unmeasurable(NO_OPEN);
    const open = evidence.opened.filter((change) => isOpenAt(change, week.to));
    if (open.length === 0) return answered([], hasWork(evidence, week));
    if (authors === null) return unmeasurable(NO_AUTHORS);
    const people = authors(week);
    const [fewest, most] = people === null ? [hasWork(evidence, week) ? 1 : 0, MOST_OF_FEW] : [people, people];
    const isMet = open.length <= changesPerAuthor * fewest;
    if (!isMet && open.length <= changesPerAuthor * most) return unmeasurable(FEW);
    return weekly(
      isMet,
      open.map((change) => changeRow(change, isMet)),
    );
  },
};

const NO_AUTHORS =
  "Facts hold no people: how many were at work in a week is counted from the events, from which nobody told it here.";
/** Where they are not counted they are at most so many, and so much is open that it is too much, or so little that it is not, for any number of them. */
const MOST_OF_FEW = 4;
const FEW =
  "Fewer than five people were at work in this week, and of fewer than five no number is made: for some numbers below it would be met.";

/** Whether anything was opened or integrated, so that nothing being open is an answer and no silence. */
function hasWork(evidence: Evidence, week: Window): boolean {
  return (
    during(evidence.integrations, week).length > 0 || evidence.opened.some(({ openedAt }) => within(openedAt, week))
  );
}

const oldWork: Part = {
  ...USUAL,
  id: "old-changes",
  condition: ({ oldShare }) =>
    `Less than ${percent(oldShare)} of the changes open at the end of the week are older than the time within which 85 % are merged, in working hours where somebody said when work is done.`,
  threshold: ({ oldShare }) => 1 - oldShare,
  isStrict: true,
  read: (evidence, week) => {
    if (!evidence.hasHost) return unmeasurable(NO_OPEN);
    const hours = hoursOf(evidence, week);
    const { p85 } = usualTime(evidence.opened, week.to, hours);
    return answered(
      evidence.opened
        .filter((change) => isOpenAt(change, week.to))
        .map((change) => changeRow(change, p85 === null ? null : isWithin(hours(change.openedAt, week.to), p85))),
      hasWork(evidence, week),
      "Against the 26 weeks before; without the changes of bots.",
    );
  },
};

/** A week ends at midnight before a Monday: by the clock, all that is open then is two days older than anybody could have made it. */
function hoursOf(evidence: Evidence, week: Window): Hours {
  const { time } = evidence;
  if (time.worked(week.from, week.to) === null) return hoursUntil;
  const known = remembered.get(evidence) ?? rememberedHours(workingHours(time));
  remembered.set(evidence, known);
  return known;
}

/** What was merged took as long in every week that looks back at it. */
const remembered = new WeakMap<Evidence, Hours>();

function rememberedHours(hours: Hours): Hours {
  const known = new Map<Instant, Map<Instant, number | null>>();
  return (from, to) => {
    const own = known.get(from) ?? new Map<Instant, number | null>();
    known.set(from, own);
    const before = own.get(to);
    if (before !== undefined) return before;
    const made = hours(from, to);
    own.set(to, made);
    return made;
  };
}

export const workInProgress: Practice = {
  id: "work-in-progress",
  title: "Limited work in progress",
  why: "What is open at once waits for each other: less of it is finished sooner.",
  source: "https://dora.dev/capabilities/wip-limits/",
  parts: [perAuthor, oldWork],
};
