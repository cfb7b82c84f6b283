/** How often a working agreement was broken: also one that nobody made yet, to see what it would have said. */
import { breaches } from "#metrics/flow/agreement.ts";
import type { Agreement } from "#metrics/flow/agreement.ts";
import { openedChanges } from "#metrics/flow/work.ts";
import { isDuring } from "#metrics/scopes.ts";
import { DAY } from "#metrics/time.ts";
import { counted, duration } from "#metrics/words.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { askedScope } from "./asked-scope.ts";
import type { Memory } from "./memory.ts";
import { openedIn, titlesOf } from "./passages.ts";
import { reaches } from "./scope.ts";

/** A change that was opened earlier than this and still waits is not what an agreement is for. */
const PAST = 366 * DAY;

export async function answerAgreement(
  installation: Installation,
  query: Query<"/api/agreement">,
  memory: Memory,
): Promise<Reply<"/api/agreement">> {
  const { services } = await askedScope(installation, query);
  const { until } = await reaches(installation, services, memory);
  const window = { from: until - query.days * DAY, to: until + 1 };
  const own = services.filter(({ times }) => isDuring(until - 1, times));
  const judged = await memory.judged(installation);
  const changes = await openedIn(installation.store, own, { from: window.from - PAST, to: window.to });
  const found = breaches(openedChanges(judged.keptChanges(changes), "default"), query, window, until);
  const shown = found.toReversed().slice(0, 1000);
  const changesShown = shown.map(({ change }) => change);
  const titleOf = await titlesOf(installation.store, own, changesShown);
  return {
    fired: found.length,
    words: wordsOf(query, found.length, query.days),
    rows: shown.map(({ change, at }) => ({
      id: change.id,
      ...titleOf(change),
      service: change.service,
      at: new Date(at).toISOString(),
    })),
  };
}

function wordsOf({ stage, hours }: Agreement, fired: number, days: number): string {
  const long = duration(hours);
  const what = {
    pickup: `“No change waits for a review longer than ${long}”`,
    review: `“No change is in review longer than ${long}”`,
    open: `“No change is open longer than ${long}”`,
  }[stage];
  return `${what} would have fired ${fired === 1 ? "once" : `${fired} times`} in the last ${counted(days, "day")}.`;
}
