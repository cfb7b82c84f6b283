/** What the keyboard can do anywhere. Pure, so that it can be tested; `shortcuts.tsx` listens. */

/** A page, by the key that is pressed after `g`. */
export const GO_KEYS = [
  { key: "o", path: "", title: "Overview" },
  { key: "d", path: "delivery", title: "Delivery" },
  { key: "f", path: "flow", title: "Flow" },
  { key: "p", path: "pipelines", title: "Pipelines" },
  { key: "r", path: "deployments", title: "Deployments" },
  { key: "c", path: "changes", title: "Changes" },
  { key: "i", path: "incidents", title: "Incidents" },
  { key: "e", path: "experiments", title: "Experiments" },
  { key: "l", path: "leadership", title: "Leadership" },
  { key: "s", path: "data", title: "Data" },
  { key: "t", path: "settings", title: "Settings" },
] as const;

export type KeyAct =
  | { readonly do: "search" | "help" | "wait" | "nothing" }
  | { readonly do: "go"; readonly path: string };

interface Pressed {
  readonly key: string;
  readonly hasModifier: boolean;
  /** Somebody types into a field: then keys are text. */
  readonly isTyping: boolean;
}

/** @param isWaiting whether `g` was pressed just before. */
export function actOf({ key, hasModifier, isTyping }: Pressed, isWaiting: boolean): KeyAct {
  if (hasModifier || isTyping) return { do: "nothing" };
  const page = isWaiting ? GO_KEYS.find((one) => one.key === key) : undefined;
  if (page !== undefined) return { do: "go", path: page.path };
  if (key === "/") return { do: "search" };
  if (key === "?") return { do: "help" };
  return { do: key === "g" ? "wait" : "nothing" };
}
