/** Lines of a ledger and what became of them, by name. */
import fc from "fast-check";
import type { LedgerLine, Transition } from "#metrics/programme/savings/ledger/lines.ts";
import { LINE_STAGES } from "#metrics/programme/savings/ledger/lines.ts";
import type { Scopes } from "#metrics/programme/savings/ledger/overlaps.ts";
import { LEVERS } from "#metrics/programme/savings/result.ts";

export function aLine(id: number, draft: Partial<LedgerLine> = {}): LedgerLine {
  return {
    id,
    title: `Saving ${id}`,
    lever: "L2",
    owner: "Payments",
    scope: "team:payments",
    fromMonth: "2026-01",
    amount: 1000,
    hours: 20,
    ...draft,
  };
}

export function aStep(line: number, step: Transition["step"], draft: Partial<Transition> = {}): Transition {
  return { line, step, amount: null, hours: null, evidence: "Looked at.", day: "2026-02-01", ...draft };
}

/** All steps to a stage, each on the same day. */
export function upTo(line: number, stage: Transition["step"], draft: Partial<Transition> = {}): readonly Transition[] {
  const last = LINE_STAGES.findIndex((one) => one === stage);
  return LINE_STAGES.slice(1, last + 1).map((step) => aStep(line, step, draft));
}

/** Teams are apart from each other, and all of them are in the organisation. */
export const apart: Scopes = {
  isWithin: (inner, outer) => outer === "organisation" || inner === outer,
  meet: (a, b) => a === b || [a, b].includes("organisation"),
};

export const months = fc.integer({ min: 0, max: 40 }).map((n) => {
  const month = (n % 12) + 1;
  return `${2024 + Math.floor(n / 12)}-${String(month).padStart(2, "0")}`;
});

export const someLines = fc
  .array(
    fc.record({
      lever: fc.constantFrom(...LEVERS),
      scope: fc.constantFrom("organisation", "team:a", "team:b"),
      fromMonth: months,
      amount: fc.option(fc.integer({ min: 0, max: 900 })),
      hours: fc.option(fc.integer({ min: 0, max: 90 })),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((drafts) => drafts.map((draft, index) => aLine(index + 1, draft)));
