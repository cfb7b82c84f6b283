/** What was begun is finished before something else is begun. */
import { usualTime } from "../../flow/ageing.ts";
import { hoursUntil, isOpenAt } from "../../flow/work.ts";
import type { Part, Practice } from "./practice.ts";
import { USUAL, WHOLE_WEEK } from "./practice.ts";
import { changeRow, NO_ITEMS, shareOf, unmeasurable, weekly } from "./readings.ts";
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
    if (authors === null) return unmeasurable(NO_AUTHORS);
    const open = evidence.opened.filter((change) => isOpenAt(change, week.to));
    const people = authors(week);
    if (people === null) return open.length === 0 ? NO_ITEMS : unmeasurable(FEW);
    const isMet = open.length <= changesPerAuthor * people;
    return weekly(
      isMet,
      open.map((change) => changeRow(change, isMet)),
    );
  },
};

const NO_AUTHORS =
  "Facts hold no people: how many were at work in a week is counted from the events, from which nobody told it here.";
const FEW = "Fewer than five people were at work in this week, and of fewer than five no number is made.";

const oldWork: Part = {
  ...USUAL,
  id: "old-changes",
  condition: ({ oldShare }) =>
    `Less than ${percent(oldShare)} of the changes open at the end of the week are older than the time within which 85 % are merged.`,
  threshold: ({ oldShare }) => 1 - oldShare,
  isStrict: true,
  read: (evidence, week) => {
    if (!evidence.hasHost) return unmeasurable(NO_OPEN);
    const { p85 } = usualTime(evidence.opened, week.to);
    return shareOf(
      evidence.opened
        .filter((change) => isOpenAt(change, week.to))
        .map((change) => changeRow(change, p85 === null ? null : hoursUntil(change.openedAt, week.to) <= p85)),
      "Against the 26 weeks before; without the changes of bots.",
    );
  },
};

export const workInProgress: Practice = {
  id: "work-in-progress",
  title: "Limited work in progress",
  why: "What is open at once waits for each other: less of it is finished sooner.",
  source: "https://dora.dev/capabilities/wip-limits/",
  parts: [perAuthor, oldWork],
};
