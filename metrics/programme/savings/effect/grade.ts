/** How far an estimate can be believed, by what was compared and what the checks found. */
import type { Grade } from "../../programme.ts";
import type { Decision } from "./method.ts";
import type { Cap, Check } from "./types.ts";

/** From A, difference-in-differences with every check passed, to D, nothing measured. */
export function graded(
  method: Pick<Decision, "method" | "isAlone">,
  checks: readonly Check[],
): { readonly grade: Grade; readonly caps: readonly Cap[] } {
  const caps = [...byMethod(method), ...checks.flatMap((check) => capOf(check, method) ?? [])];
  let grade: Grade = "A";
  for (const cap of caps) if (cap.grade > grade) grade = cap.grade;
  return { grade, caps };
}

function byMethod({ method, isAlone }: Pick<Decision, "method" | "isAlone">): readonly Cap[] {
  switch (method) {
    case "difference-in-differences":
      return [];
    case "interrupted-time-series":
      return [
        isAlone
          ? {
              grade: "C",
              words:
                "Teams are compared with their own past alone: what came to everybody at the same time, such as a freeze, cannot be told apart from it.",
            }
          : { grade: "B", words: "Few teams are compared with few others: what came to some of them alone is in it." },
      ];
    case "descriptive":
      return [{ grade: "D", words: "There is nothing to compare with." }];
  }
}

function capOf({ id, passed, words }: Check, { method }: Pick<Decision, "method">): Cap | null {
  if (passed === false && id !== "permutation") return { grade: "C", words };
  const isNeeded = method === "difference-in-differences" && (id === "pre-trend" || id === "placebo");
  return passed === null && isNeeded ? { grade: "B", words } : null;
}
