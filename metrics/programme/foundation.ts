/** The condition of the last stage of a service, from the gates that are about it. */
import type { Gate } from "./gate.ts";
import type { Condition } from "./stage.ts";

/** A gate, and what it was read for. */
export interface ReadGate extends Pick<Gate, "words"> {
  /** `open`: it lacks something already, so that it cannot be passed, and the rest of it was not read. */
  readonly outcome: Gate["outcome"] | "open";
  readonly about: { readonly kind: "programme" | "use-case" | "wave"; readonly title: string };
}

const OUTCOMES = {
  pass: "is passed",
  conditional: "is passed under conditions only",
  hold: "is held",
  open: "cannot be passed yet",
} as const;

/**
 * Met where one of them is passed: each decides on an investment of its own, and the foundation that it asks for is that of the service, too. Under conditions it is not in place yet.
 *
 * @param gates the narrowest first; of those that are not passed the nearest to it is told.
 */
export function foundationCondition(gates: readonly ReadGate[]): Condition {
  const told =
    gates.find(({ outcome }) => outcome === "pass") ??
    gates.find(({ outcome }) => outcome === "conditional") ??
    gates[0];
  if (told === undefined) return { id: "gate", state: "cannot-be-said", words: "No gate was read." };
  const { outcome, about, words } = told;
  const whose = about.kind === "programme" ? "the programme" : `“${about.title}”`;
  return {
    id: "gate",
    state: outcome === "pass" ? "met" : "not-met",
    words: `The gate ${OUTCOMES[outcome]} for ${whose}. ${words}`,
  };
}
