/** DORA's five as leadership reads them: each is a signal, noise, or too little to tell. */
import type { Verdict } from "../compare.ts";

export type Reading = "signal" | "noise" | "too-few" | "not-comparable" | "unknown";

/** The ids of the five; of lead time the clock of changes, and that of commits where no host tells of changes. */
export const FIVE = [
  ["lead-time-change", "lead-time-commit"],
  ["deployment-frequency"],
  ["recovery-time"],
  ["change-fail-rate"],
  ["rework-rate"],
] as const;

/** @param verdict `null` where it cannot be compared. */
export function readingOf(verdict: Verdict | null): Exclude<Reading, "unknown"> {
  switch (verdict) {
    case "better":
    case "worse":
    case "different":
      return "signal";
    case "within-variation":
      return "noise";
    case "too-few":
      return "too-few";
    case null:
      return "not-comparable";
  }
}

export function readingWords(reading: Reading, verdict: Verdict | null): string {
  switch (reading) {
    case "signal":
      return verdict === "different" ? "Signal" : `Signal, ${verdict === "better" ? "better" : "worse"}`;
    case "noise":
      return "Noise: within normal variation";
    case "too-few":
      return "Too little to tell";
    case "not-comparable":
      return "Not comparable";
    case "unknown":
      return "Unknown";
  }
}
