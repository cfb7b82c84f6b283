/** How much of a host's limits is left for us. */
import type { Instant } from "#metrics/time.ts";
import type { Limit } from "./limits.ts";

/** Counts requests against the host's counters, and knows until when nothing may be asked. */
export interface Budget {
  /** When the next request of this kind may be sent; at most `now` when it may be sent at once. */
  readonly openAt: (resource: string, now: Instant) => Instant;
  /** A request has left. */
  readonly spend: (resource: string) => void;
  /** Its answer has come, or it never will (`null`). */
  readonly settle: (resource: string, limit: Limit | null) => void;
  /** The host wants to hear nothing until then. */
  readonly close: (until: Instant) => void;
  /** The counter is used up, whatever share of it is ours. */
  readonly exhaust: (resource: string, until: Instant) => void;
}

interface Counter {
  limit: Limit | null;
  /** Requests on their way, which the host's count may not hold yet. */
  pending: number;
  /** What the dearest request has cost, since hosts charge some requests more than once. */
  cost: number;
}

export function createBudget(share: number): Budget {
  const counters = new Map<string, Counter>();
  let closedUntil: Instant = 0;
  const counter = (resource: string): Counter => {
    const found = counters.get(resource) ?? { limit: null, pending: 0, cost: 1 };
    counters.set(resource, found);
    return found;
  };
  return {
    openAt(resource, now) {
      const { limit, pending, cost } = counter(resource);
      if (limit === null || limit.resetAt <= now) return closedUntil;
      const forPeople = limit.limit * (1 - share);
      const left = limit.remaining - pending * cost;
      return left - cost >= forPeople ? closedUntil : Math.max(closedUntil, limit.resetAt);
    },
    spend(resource) {
      counter(resource).pending += 1;
    },
    settle(resource, limit) {
      const asked = counter(resource);
      asked.pending -= 1;
      if (limit === null) return;
      const charged = counter(limit.resource);
      const before = charged.limit;
      if (before !== null && before.resetAt === limit.resetAt && asked.pending === 0)
        charged.cost = Math.min(Math.max(charged.cost, before.remaining - limit.remaining), limit.limit / 10);
      charged.limit = latest(before, limit);
    },
    close(until) {
      closedUntil = Math.max(closedUntil, until);
    },
    exhaust(resource, until) {
      const used = counter(resource);
      used.limit = { resource, limit: used.limit?.limit ?? 1, remaining: 0, resetAt: until };
    },
  };
}

/** Answers overtake each other: within one period the smaller count is the newer one. */
function latest(before: Limit | null, now: Limit): Limit {
  if (before === null || now.resetAt > before.resetAt) return now;
  return now.resetAt === before.resetAt && now.remaining < before.remaining ? now : before;
}
