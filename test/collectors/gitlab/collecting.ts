/** Shorthand of the tests in this folder. */
import type { Collector, Notice, Wants } from "#collectors/collector.ts";
import { gitlab } from "#collectors/gitlab/index.ts";
import { GitLabOptions } from "#collectors/gitlab/options.ts";
import type { DeliveryEvent, EventKind } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { Known } from "#test/support/collector-contract.ts";
import type { FakeGitLab } from "#test/support/fake-gitlab.ts";

/** What tests decide beside the configuration. */
export interface Around {
  readonly now?: Instant;
  readonly wants?: Partial<Wants>;
}

/** People are their accounts here, so that tests can read them; pauses after an error are short. */
export function aCollector({ url }: FakeGitLab, options: object = {}, { now, wants = {} }: Around = {}): Collector {
  const which = "group" in options ? {} : { projects: ["acme/shell"] };
  return gitlab(GitLabOptions.parse({ host: "gitlab", url, token: "secret", ...which, ...options }), {
    pseudonym: (identity) => `someone like ${identity.replace(/^.*\//, "account ")}`,
    wants: () => ({ paths: false, jobs: [], ...wants }),
    effects: { random: () => 0.01, ...(now !== undefined && { now: () => now }) },
  });
}

/** What a store would know of a GitLab, synced as often as a test likes. */
export class Sync {
  readonly known = new Known();
  readonly fake: FakeGitLab;
  readonly options: object;
  readonly around: Around;
  notices: readonly Notice[] = [];
  /** Events of the last run. */
  fresh: readonly DeliveryEvent[] = [];

  constructor(fake: FakeGitLab, options: object = {}, around: Around = {}) {
    this.fake = fake;
    this.options = options;
    this.around = around;
  }

  /** What comes is stored as it comes, also when the run fails in the end. */
  async run(options: object = this.options, around: Around = this.around): Promise<this> {
    const fresh: DeliveryEvent[] = [];
    const notices: Notice[] = [];
    [this.fresh, this.notices] = [fresh, notices];
    const { signal } = new AbortController();
    for await (const batch of aCollector(this.fake, options, around).collect(this.known.cursor, signal)) {
      this.known.save(batch);
      fresh.push(...batch.events);
      notices.push(...batch.notices);
    }
    return this;
  }

  all<Kind extends EventKind>(kind: Kind): Extract<DeliveryEvent, { kind: Kind }>[] {
    return [...this.known.events.values(), ...this.known.layouts.values()].filter((event) => isOf(event, kind));
  }

  one<Kind extends EventKind>(kind: Kind, id: number | string): Extract<DeliveryEvent, { kind: Kind }> | undefined {
    return this.all(kind).find((event) => event.id === String(id));
  }

  get codes(): string[] {
    return this.notices.map(({ code }) => code);
  }
}

function isOf<Kind extends EventKind>(
  event: DeliveryEvent,
  kind: Kind,
): event is Extract<DeliveryEvent, { kind: Kind }> {
  return event.kind === kind;
}

export function ids(events: readonly { readonly id: string }[]): string[] {
  return events.map(({ id }) => id).sort();
}
