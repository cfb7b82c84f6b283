import type { Programme } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { Entered } from "./field.ts";
import { known } from "./fields.ts";

interface Props {
  /** What the box of the form offers. */
  readonly id: string;
  readonly entered: Entered;
  readonly page: Programme;
}

/** Of whom something can be assumed: names to choose from, beside which another can be typed. Runners are those that jobs were seen on. */
export function OfWhom({ id, entered, page }: Props) {
  const isRunner = entered["what"] === "ci-price";
  const { reply } = useReply("/api/savings", isRunner ? {} : null, 0);
  const seen = (reply?.figures?.minutes.runners ?? []).flatMap(({ runner }) => runner ?? []);
  const names = isRunner
    ? [...new Set(seen.flatMap((kind) => [kind, classOf(kind)]))].toSorted()
    : others(entered, page);
  return (
    <datalist id={id}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}

/** A price may be said of a whole class of runners: what stands before the colon. */
function classOf(kind: string): string {
  return kind.split(":", 1)[0]?.trim() ?? kind;
}

function others({ what }: Entered, page: Programme): readonly string[] {
  switch (what) {
    case "delay":
      return known("useCases", page).map(({ value }) => value);
    case "downtime":
      return known("services", page).map(({ value }) => value);
    case "capacity":
    case "responders":
    case "handling-cap":
    case "manual-deployment":
    case "approval":
    case "return":
    case "invisible-share":
      return known("teams", page).map(({ value }) => value);
    default:
      return [];
  }
}
