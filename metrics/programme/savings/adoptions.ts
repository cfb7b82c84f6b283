/** When each team began to work in another way, as far as anybody said. */
import { DAY } from "../../time.ts";
import type { Intervention } from "../programme.ts";

export interface TeamAdoption {
  readonly team: string;
  /** The Monday from which its weeks count as after; `null`: not yet. */
  readonly week: string | null;
  /** Who says so. */
  readonly from: "wave" | "intervention" | "none";
}

/** What makes a team work in another way; a freeze or a reorganisation does not, and AI tools are another story. */
const MEANT: readonly Intervention["kind"][] = ["training", "coaching", "tooling"];

/**
 * By name of the team: its earliest wave, else its first training, coaching or tooling.
 *
 * @param waves days on which waves were declared for teams.
 */
export function adoptionsOf(
  teams: readonly string[],
  waves: readonly { readonly team: string; readonly day: string }[],
  interventions: readonly Intervention[],
): readonly TeamAdoption[] {
  return teams.map((team) => {
    const own = waves.filter((wave) => wave.team.toLowerCase() === team.toLowerCase()).map(({ day }) => day);
    if (own.length > 0) return { team, week: mondayOf(earliest(own)), from: "wave" };
    const done = interventions.filter(
      ({ kind, teams: named }) =>
        MEANT.includes(kind) && named.some((name) => name.toLowerCase() === team.toLowerCase()),
    );
    if (done.length === 0) return { team, week: null, from: "none" };
    return { team, week: mondayOf(earliest(done.map(({ from }) => from))), from: "intervention" };
  });
}

function earliest(days: readonly string[]): string {
  return days.toSorted()[0] ?? "";
}

/** The Monday of the week in which a day lies. */
export function mondayOf(day: string): string {
  const at = Date.parse(day);
  // 1970-01-01 was a Thursday.
  return new Date(at - ((at / DAY + 3) % 7) * DAY).toISOString().slice(0, 10);
}
