/** What was decided, as the API and the terminal tell it. */
import type { Judgement } from "#metrics/judgements.ts";
import { scopeOf, titleOf, windowOf } from "#metrics/judgements.ts";
import { DAY } from "#metrics/time.ts";
import type { Reply } from "./contract.ts";
import type { JournalEntry } from "./store/judgements.ts";

type Told = Reply<"/api/judgements">[number];

export function toTold({ recoveredAt, madeAt, reversal, ...judgement }: JournalEntry): Told {
  return {
    ...judgement,
    recoveredAt: recoveredAt === null ? null : iso(recoveredAt),
    madeAt: iso(madeAt),
    words: decisionWords(judgement),
    reversal:
      reversal === null ? null : { reason: reversal.reason, actor: reversal.actor, madeAt: iso(reversal.madeAt) },
  };
}

type Decision = Pick<Judgement, "kind" | "service" | "scope" | "subject" | "from" | "to" | "rebases" | "reason">;

function decisionWords(decision: Decision): string {
  const { kind, subject } = decision;
  const name = subject ?? "";
  const where = `of ${whoseWords(decision)}`;
  switch (kind) {
    case "change":
      return `The change ${name} ${where} counts in no number.`;
    case "deployment":
      return `The deployment ${name} ${where} counts in no number.`;
    case "label":
      return `Changes with the label “${name}” ${where}${mergedWords(decision)} count in no number.`;
    case "days":
      return `What happened ${spanWords(decision)} ${where} counts in no number.`;
    case "failed":
      return `The deployment ${name} ${where} failed.`;
    case "not-failed":
      return `The deployment ${name} ${where} did not fail.`;
    case "note":
      return `A note ${spanWords(decision)} for ${whoseWords(decision)}${titleWords(decision)}; it changes no number.`;
    case "adoption":
      return `An adoption ${spanWords(decision)} for ${whoseWords(decision)}: ${titleOf(decision)}; ${decision.rebases ? "limits of normal variation start anew on that day" : "it changes no number"}.`;
  }
}

/** "every service", "shop", "the team payments". */
function whoseWords(decision: Decision): string {
  const scope = scopeOf(decision);
  switch (scope.kind) {
    case "organisation":
      return "every service";
    case "service":
      return scope.name;
    case "team":
    case "system":
      return `the ${scope.kind} ${scope.name}`;
  }
}

/** Where it is not the reason, which stands beside it. */
function titleWords({ subject }: Decision): string {
  return subject === null ? "" : `: ${subject}`;
}

function mergedWords(decision: Decision): string {
  const words = spanWords(decision);
  return words === "" ? "" : ` that were merged, or opened where they are open, ${words}`;
}

/** "on 2026-05-04", "from 2026-05-04 to 2026-05-08", "since 2026-05-04"; nothing of all time. */
function spanWords(decision: Decision): string {
  const { from, to } = windowOf(decision, "UTC");
  if (to === Infinity) return from === -Infinity ? "" : `since ${dayOf(from)}`;
  const last = dayOf(to - DAY);
  if (from === -Infinity) return `until ${last}`;
  return dayOf(from) === last ? `on ${last}` : `from ${dayOf(from)} to ${last}`;
}

function dayOf(at: number): string {
  return iso(at).slice(0, 10);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
