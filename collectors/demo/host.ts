/** What the host of a simulated repository would tell: the latest of each event, and when it last changed. */
import type { DeliveryEvent, EventKind } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";

interface Kept {
  readonly event: DeliveryEvent;
  readonly changedAt: Instant;
}

export class Host {
  readonly #kept = new Map<string, Kept>();

  keep(event: DeliveryEvent, changedAt: Instant): void {
    this.#kept.set(`${event.kind} ${event.id}`, { event, changedAt });
  }

  /** Changes one that is there; what is not there stays away. */
  change<K extends EventKind>(
    kind: K,
    id: string,
    changedAt: Instant,
    changed: (before: Extract<DeliveryEvent, { kind: K }>) => DeliveryEvent,
  ): void {
    const event = this.#kept.get(`${kind} ${id}`)?.event;
    if (event !== undefined && isKind(event, kind)) this.keep(changed(event), changedAt);
  }

  /** What changed after an instant, in the order in which it was first met. */
  after(at: Instant): DeliveryEvent[] {
    return [...this.#kept.values()].flatMap(({ event, changedAt }) => (changedAt > at ? [event] : []));
  }
}

function isKind<K extends EventKind>(event: DeliveryEvent, kind: K): event is Extract<DeliveryEvent, { kind: K }> {
  return event.kind === kind;
}
