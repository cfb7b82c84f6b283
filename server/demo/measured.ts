/** What somebody of the demo organisation reads on *Savings* before they say that a line was measured. */
import { quarterAt } from "#metrics/programme/fiscal.ts";
import type { LeverId } from "#metrics/programme/savings/result.ts";
import { mean } from "#metrics/statistics/mean.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { DAY } from "#metrics/time.ts";
import { answerSavingsLever } from "../answers/savings-lever.ts";
import { standing } from "../answers/programme.ts";
import type { Installation } from "../installation.ts";

const WEEKS_OF_A_MONTH = 52 / 12;

/** Of some teams, in the last quarter that was over on a day, against the time before: hours a month, below 0 where it became more. */
export async function hoursSaved(
  installation: Installation,
  { lever, teams, day }: { readonly lever: LeverId; readonly teams: readonly string[]; readonly day: string },
): Promise<{ readonly hours: number; readonly words: string }> {
  const { programme } = await standing(installation);
  const begins = programme.fiscalYearBegins;
  const before = new Date(Date.parse(quarterAt(day, begins).from) - DAY).toISOString().slice(0, 10);
  const quarter = quarterAt(before, begins).id;
  const { title, weeks } = await answerSavingsLever(installation, { lever, quarter });
  const usual = (side: "before" | "now") =>
    sum(
      teams.map((team) => {
        const own = weeks.filter((one) => one.team === team && one.side === side);
        const known = own.flatMap(({ hours }) => (hours === null ? [] : [hours]));
        return known.length === 0 ? 0 : mean(known);
      }),
    );
  const hours = Math.round((usual("before") - usual("now")) * WEEKS_OF_A_MONTH * 10) / 10;
  const less = hours < 0 ? `${-hours} hours a month more` : `${hours} hours a month less`;
  const words = `Savings, ${quarter}, ${lever} (${title}) of ${teams.join(", ")}: ${less} than in the time before.`;
  return { hours, words };
}
