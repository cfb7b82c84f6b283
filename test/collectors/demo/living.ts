/** Demo organisations for tests: their collectors, and what they tell until an instant. */
import type { Collector } from "#collectors/collector.ts";
import { demo } from "#collectors/demo/index.ts";
import type { DemoOptions } from "#collectors/demo/options.ts";
import type { Known } from "#test/support/collector-contract.ts";
import { fromTheBeginning } from "#test/support/collector-contract.ts";

export const SINCE = "2025-01-06";

export const options: DemoOptions = { host: "demo", seed: 1, since: SINCE, years: 1 };

/** The collector at an instant: `2025-03-01T12:00`, UTC. */
export function demoAt(now: string, of: Partial<DemoOptions> = {}): Collector {
  return demo({ ...options, ...of }, { pseudonym: (identity) => identity, now: () => Date.parse(`${now}Z`) });
}

export async function toldUntil(now: string, of: Partial<DemoOptions> = {}): Promise<Known> {
  return fromTheBeginning(demoAt(now, of));
}
