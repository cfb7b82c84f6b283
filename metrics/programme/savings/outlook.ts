/** Whether savings can be told yet, when at the earliest, and what somebody must do for it. */
import type { Instant } from "../../time.ts";
import { WEEK } from "../../time.ts";
import { byNumber } from "../../plurals.ts";
import { counted } from "../../words.ts";
import type { Programme } from "../programme.ts";
import { inForce, ratesInForce } from "../assumptions.ts";
import type { TeamAdoption } from "./adoptions.ts";

export interface Missing {
  readonly what: string;
  readonly todo: string;
}

export interface Outlook {
  /** `null` where an answer is possible now, or nobody can say when. */
  readonly earliest: Instant | null;
  readonly missing: readonly Missing[];
}

/** Weeks that must be known before a change of how work is done, and after it. */
export const LEAST_WEEKS = 12;

export interface Asked {
  readonly now: Instant;
  readonly today: string;
  /** The first instant of which anything is known; `null` before anything was collected. */
  readonly firstAt: Instant | null;
  readonly isFrozen: boolean;
  readonly adoptions: readonly TeamAdoption[];
  readonly programme: Programme;
}

export function savingsOutlook({ now, today, firstAt, isFrozen, adoptions, programme }: Asked): Outlook {
  if (firstAt === null)
    return { earliest: null, missing: [{ what: "Nothing has been collected.", todo: "headway sync" }] };
  const begun = adoptions.flatMap(({ week }) => (week === null ? [] : [Date.parse(week)])).filter((at) => at <= now);
  // Where nobody has changed anything, it is as if somebody began today.
  const begins = Math.max(firstAt + LEAST_WEEKS * WEEK, begun.length === 0 ? now : Math.min(...begun));
  const earliest = begins + LEAST_WEEKS * WEEK;
  const left = Math.ceil((earliest - now) / WEEK);
  return {
    earliest: earliest <= now ? null : earliest,
    missing: [
      ...assumptionsMissing(programme, adoptions, today),
      ...lack(
        begun.length === 0,
        "No team is known to work in another way than before.",
        "Declare a wave or an intervention with its teams and days on Backbone.",
      ),
      ...lack(
        !isFrozen,
        "No baseline of the organisation was frozen before this period.",
        `Freeze one of at least ${LEAST_WEEKS} weeks, better 26, before the next change of how you work: headway report --freeze NAME --by YOU`,
      ),
      ...lack(
        left > 0 && begun.length > 0,
        `${counted(left, "week")} of the ${LEAST_WEEKS} before and ${LEAST_WEEKS} after the first change ${byNumber(left, "is", "are")} still to come.`,
        "Keep collecting.",
      ),
    ],
  };
}

function assumptionsMissing(
  { assumptions }: Programme,
  adoptions: readonly TeamAdoption[],
  today: string,
): readonly Missing[] {
  const without = adoptions.filter(({ team }) => inForce(assumptions, "capacity", team, today) === null);
  return [
    ...lack(
      ratesInForce(assumptions, today).length === 0,
      "What an hour of work costs is not known.",
      "Agree on a blended rate by role with finance and add it to the assumptions on Backbone.",
    ),
    ...lack(
      without.length > 0,
      `How many productive hours a week ${without.length === 1 ? "one team has" : `${without.length} teams have`} is not known.`,
      "Add the capacity to the assumptions on Backbone: for each team, or one for all.",
    ),
  ];
}

function lack(isSo: boolean, what: string, todo: string): readonly Missing[] {
  return isSo ? [{ what, todo }] : [];
}
