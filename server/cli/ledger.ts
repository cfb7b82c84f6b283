/** `headway ledger`: what is said to be saved, line by line, each ledger by itself. */
import { counted } from "#metrics/words.ts";
import { answerLedger } from "../answers/ledger.ts";
import type { Reply } from "../contract.ts";
import { contract } from "../contract.ts";
import type { Arguments } from "./args.ts";
import { refuseOperands } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { withInstallation } from "./installed.ts";
import { createScreen } from "./screen.ts";
import { UsageError } from "./usage.ts";

export async function ledger(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  const query = { month: askedMonth(args) };
  return withInstallation(args, effects, async (installation) => {
    const told = await answerLedger(installation, query);
    const { print } = createScreen(effects.stdout, effects.env);
    await print(args.json ? JSON.stringify(told, null, 2) : lines(told).join("\n"));
    return 0;
  });
}

/** @throws UsageError when it is no month. */
export function askedMonth({ options: { month } }: Arguments): string | undefined {
  if (contract["/api/ledger"].query.safeParse({ month }).success) return month;
  throw new UsageError(`--month ${month} is no month. Write it as year and month, such as 2026-10.`);
}

function lines({ month, sentence, notes, lines: all, totals, leaks, currency }: Reply<"/api/ledger">): string[] {
  return [
    `${month}: ${sentence}`,
    ...notes.map((note) => `  note: ${note}`),
    ...totals
      .filter(({ agreed, underWay, expired }) => agreed.lines + underWay.lines + expired.lines > 0)
      .map(
        ({ ledger: name, agreed, underWay, sinceStart }) =>
          `  ${name}: ${currency} ${agreed.amount.toFixed(2)} and ${agreed.hours.toFixed(1)} h a month agreed to (${counted(agreed.lines, "line")}), ${currency} ${sinceStart.amount.toFixed(2)} and ${sinceStart.hours.toFixed(1)} h so far, ${counted(underWay.lines, "line")} under way`,
      ),
    ...leaks.map(
      ({ ledger: name, step, amount, hours }) =>
        `  ${name}: ${currency} ${amount.toFixed(2)} and ${hours.toFixed(1)} h a month were thought and did not come, lost when ${step}`,
    ),
    ...all.map(
      ({ id, title, lever, scope, stage, isWithdrawn, isExpired, isOverdue, unplaced }) =>
        `  ${id} ${lever} ${title} (${scope}): ${isWithdrawn ? "withdrawn" : stage}${isExpired ? ", expired" : ""}${isOverdue ? `, ${Math.round(unplaced * 100)} % goes nowhere for two quarters or longer` : ""}`,
    ),
  ];
}
