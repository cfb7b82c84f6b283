/** Options that choose rows and windows, checked before anything is opened. */
import { instead } from "#config/nearest.ts";
import type { Lens } from "#metrics/lens.ts";
import type { Query } from "../contract.ts";
import { BaselineName } from "../asking-contract.ts";
import { contract } from "../contract.ts";
import type { Arguments, TextOption } from "./args.ts";
import { UsageError } from "./usage.ts";

/** How whoever uses the terminal is written down: whoever may write the database may do everything. */
export const TERMINAL = "the terminal";

export interface Window {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly service: string | undefined;
  readonly scope: string | undefined;
}

/** @throws UsageError when a moment is none. */
export function askedWindow({ options: { from, to, service, scope } }: Arguments): Window {
  for (const [name, moment] of Object.entries({ from, to })) {
    if (contract["/api/measures"].query.safeParse({ from: moment }).success) continue;
    throw new UsageError(
      `--${name} ${moment} is neither a day nor an instant. Write it like 2026-11-22 (in the configured zone) or 2026-11-22T08:00:00Z.`,
    );
  }
  return { from, to, service, scope };
}

/** @throws UsageError that names the nearest of the known values. */
export function askedLens({ options: { bots = "default", open = "kept", time = "elapsed" } }: Arguments): Lens {
  return {
    bots: oneOf("bots", bots, ["default", "in", "out"]),
    open: oneOf("open", open, ["kept", "dropped"]),
    time: oneOf("time", time, ["elapsed", "working"]),
  };
}

/** @throws UsageError when it cannot be a name. */
export function askedBaseline(option: "against" | "freeze" | "withdraw", { options }: Arguments): string | undefined {
  const typed = options[option];
  if (typed === undefined) return undefined;
  const parsed = BaselineName.safeParse(typed);
  if (parsed.success) return parsed.data;
  throw new UsageError(`--${option} "${typed}": ${parsed.error.issues[0]?.message ?? "this is no name."}`);
}

export function askedInterval({ options: { interval = "week" } }: Arguments): Query<"/api/measures">["interval"] {
  return oneOf("interval", interval, ["day", "week", "month"]);
}

/** @throws UsageError that names the nearest of the known values. */
export function oneOf<T extends string>(name: TextOption, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} cannot be "${value}". ${instead(value, known)}`);
}

/** @throws UsageError when something stands there that the command does not take. */
export function refuseOperands({ command, operands: [operand] }: Arguments): void {
  if (operand === undefined) return;
  throw new UsageError(
    `\`headway ${command}\` does not take "${operand}". Name a repository with --repo ${operand}, or a configuration with --config FILE.`,
  );
}
