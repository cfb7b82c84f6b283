/** What a result of savings says, in sentences. */
import { DAY } from "../../time.ts";
import type { Spread } from "../business-case.ts";
import type { LeverId, SavingsFigures } from "./result.ts";
import { LINE } from "./savings.ts";

/** In the words of DORA's paper on the return of DevOps. */
export const ADVICE =
  "Hours that are free again are no heads. DORA says of such a return that it is “only realized if costs are fully avoided; that is, a reduction in workforce … we strongly recommend organizations do not adopt this strategy”: put the hours into new value, training or the backbone instead.";

/** What each lever is, and what is never done in it. */
export const LEVER_DEFINITIONS: Readonly<Record<LeverId, string>> = {
  L1: "Hours of people who deal with failed deployments: for each, the working hours until all was well, no longer than somebody works on a failure, times how many do. A part of unplanned rework.",
  L2: "Unplanned rework that is no handling of a failure: what fixes and reverts take of the days on which the team worked, less L1.",
  L3: "Deployments and approvals by hand: how many there were times what one takes.",
  L4: "Coming back to work that had to wait: how often, times what it takes to find back in. The waiting itself is nobody's working time.",
  L5: "What pipelines and infrastructure cost: what was paid, else minutes times what a minute of the runner costs.",
  L6: "Licences, contractors and overtime, month by month as somebody says.",
  L7: "Downtime: hours of incidents times what an hour of the service costs, and losses as somebody says. A loss that was avoided is no cash.",
  L8: "What the business waits for: how many weeks sooner it comes, times what a week of delay of the use case costs. Counted once for a use case, however many changes brought it.",
};

/** What was saved against the line; what is missing where nothing can be said. */
export function savingsSentence(figures: SavingsFigures | null, isCaused: boolean): string {
  if (figures === null) return "Nothing was collected yet, so nothing can be said of savings.";
  const { headline, period } = figures;
  const span = `${period.from} to ${dayBefore(period.to)}`;
  if (headline === null) return `${span}: what was saved is not known yet.`;
  const { gross, net } = headline;
  const told = isCaused ? "was saved" : "less was spent than before, whatever the cause";
  const lost = isCaused ? "more was lost than without the programme" : "more was spent than before, whatever the cause";
  const what = isLoss(gross.spread)
    ? `nothing was saved, ${interval(turned(gross.spread))} of the cost ${lost}`
    : `${interval(gross.spread)} of the cost ${told}`;
  const after = isLoss(net.spread)
    ? `${interval(turned(net.spread))} more was spent`
    : `${interval(net.spread)} was saved`;
  return `${span}: gross, ${what}; net, after what the programme cost, ${after}. ${lineWords(headline.grossReaches, headline.netReaches)}`;
}

/** Whether the line was reached: said outright where both draws agree in nineteen of twenty, else as chances. */
function lineWords(gross: number, net: number): string {
  const chances = `${chance(gross)} gross and ${chance(net)} net`;
  const line = `${LINE * 100} %`;
  if (Math.min(gross, net) >= SURE) return `${line} was reached: ${chances}.`;
  if (Math.max(gross, net) <= 1 - SURE) return `${line} was not reached: ${chances}.`;
  return `That ${line} was reached is ${chances}.`;
}

const SURE = 0.95;

/** The last day of a period, of which the end is told that is no part of it. */
function dayBefore(day: string): string {
  return new Date(Date.parse(day) - DAY).toISOString().slice(0, 10);
}

/** Nine draws of ten are below 0. */
function isLoss({ p90 }: Spread): boolean {
  return p90 < 0;
}

/** The same, told as what was lost. */
function turned({ p10, p50, p90 }: Spread): Spread {
  return { p10: -p90, p50: -p50, p90: -p10 };
}

function interval({ p10, p90 }: { readonly p10: number; readonly p90: number }): string {
  return `${percent(p10)} to ${percent(p90)} %`;
}

function percent(share: number): string {
  return (share * 100).toFixed(1).replace("-", "−");
}

function chance(share: number): string {
  return `${Math.round(share * 100)} % likely`;
}
