/** What it costs to derive the facts of 100,000 commits and 1,000 releases, without any reading or writing. */
import { derive } from "#metrics/derive.ts";
import { WHOLE } from "#metrics/rules.ts";
import { HOUR } from "#metrics/time.ts";
import { usualRules } from "#test/support/builders.ts";
import { aLongHistory } from "#test/support/long-history.ts";
import { amount, milliseconds, printTable, ratio } from "#test/support/measuring.ts";

const RUNS = 5;
const until = Date.parse("2026-06-30T12:00:00Z");
const service = { name: "long", rules: { ...usualRules, backfillDays: 0 }, part: WHOLE };

const history = aLongHistory({ commits: 100_000, releases: 1000, step: HOUR, until });
const tenth = aLongHistory({ commits: 10_000, releases: 100, step: HOUR, until });
const text = JSON.stringify(history);
const [whole, part, parsing] = [
  await milliseconds(RUNS, () => derive(history, service)),
  await milliseconds(RUNS, () => derive(tenth, service)),
  await milliseconds(RUNS, () => JSON.parse(text)),
];
printTable([
  amount("100,000 commits, 1,000 releases", whole, "ms", 1000),
  amount("10,000 commits, 100 releases", part, "ms"),
  ratio("ten times the history", whole, part),
  ratio("against reading the same events as JSON", whole, parsing),
]);
