/** Whether savings can be told yet, and when at the earliest. */
import { startOf } from "../calendar.ts";
import type { Instant, Window } from "../time.ts";
import { WEEK } from "../time.ts";
import { counted } from "../words.ts";
import { LEAST_WEEKS } from "./words.ts";

/** As long as a quarter, in which effects are judged: complete weeks after the baseline was frozen. */
export const WEEKS_AFTER = 12;

export interface Known {
  readonly now: Instant;
  readonly zone: string;
  /** The first instant of which anything is known; `null` before anything was collected. */
  readonly firstAt: Instant | null;
  /** The baseline that is compared with, if one is frozen. */
  readonly baseline: { readonly window: Window; readonly frozenAt: Instant } | null;
  /** How many teams there are, and of how many it is declared from which day on they work in another way. Left out: of none. */
  readonly teams?: { readonly known: number; readonly dated: number };
}

export interface Missing {
  readonly what: string;
  readonly todo: string;
}

export interface Outlook {
  /** The first instant by which enough was observed before and after; `null` where nobody can say. */
  readonly earliest: Instant | null;
  /** Each with what to do about it. */
  readonly missing: readonly Missing[];
}

/**
 * At least 12 weeks before and 12 complete weeks after must have been observed. What is after begins when the baseline was frozen, or
 * when its window ends if that is later: what somebody had seen when they froze it proves nothing. Without a baseline it is as if one were
 * frozen now, or as soon as 12 weeks are known.
 */
export function savingsOutlook(known: Known): Outlook {
  const { now, zone, firstAt, baseline } = known;
  const unmeasured = notMeasured(known.teams ?? { known: 0, dated: 0 });
  if (firstAt === null)
    return {
      earliest: null,
      missing: [{ what: "Nothing has been collected.", todo: "headway sync" }, ...unmeasured],
    };
  const enough = firstAt + LEAST_WEEKS * WEEK;
  const isLong = baseline !== null && baseline.window.to - baseline.window.from >= LEAST_WEEKS * WEEK;
  const begins = isLong ? Math.max(baseline.window.to, baseline.frozenAt) : Math.max(now, enough);
  const earliest = startOf("week", startOf("week", begins + WEEK - 1, zone) + WEEKS_AFTER * WEEK + WEEK / 2, zone);
  return {
    earliest,
    missing: [...beforeMissing(known, isLong, enough), ...afterMissing(isLong, now, earliest), ...unmeasured],
  };
}

function beforeMissing({ now, baseline }: Known, isLong: boolean, enough: Instant): readonly Missing[] {
  if (isLong) return [];
  const wait = enough > now ? `, once ${LEAST_WEEKS} weeks are known` : "";
  return [
    {
      what:
        baseline === null
          ? "No baseline is frozen, so nobody can say what anything is compared with."
          : `The baseline is shorter than ${LEAST_WEEKS} weeks.`,
      todo: `Freeze one of at least ${LEAST_WEEKS} weeks, better 26, before the next change of how you work${wait}: headway report --freeze NAME --by YOU`,
    },
  ];
}

function afterMissing(isLong: boolean, now: Instant, earliest: Instant): readonly Missing[] {
  if (!isLong || now >= earliest) return [];
  const weeks = Math.min(WEEKS_AFTER, Math.ceil((earliest - now) / WEEK));
  return [
    {
      what: `${weeks} of the ${WEEKS_AFTER} complete weeks after the baseline have not been observed yet.`,
      todo: "Keep collecting.",
    },
  ];
}

/** What no collector can know. */
function notMeasured({ known, dated }: NonNullable<Known["teams"]>): readonly Missing[] {
  if (dated === 0) return [NO_PRICES, NO_DATES];
  if (dated >= known) return [NO_PRICES];
  return [
    NO_PRICES,
    {
      ...NO_DATES,
      what: `${known - dated} of ${counted(known, "team")} have no date yet from which they work in another way.`,
    },
  ];
}

const NO_PRICES: Missing = {
  what: "What an hour of work, the pipelines and the programme cost is not known to Headway, nor how much capacity there is.",
  todo: "Agree on blended rates by role with finance now, and add them to the assumptions on the page Backbone.",
};

const NO_DATES: Missing = {
  what: "Which team changed how it works, and when, is not known to Headway.",
  todo: "Declare waves or interventions with their teams and days on the page Backbone.",
};
