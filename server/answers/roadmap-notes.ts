/** The course of a programme as lines on charts: where a wave began, when a team adopted something, and when it was trained, coached or kept from it. */
import { next, dateOf, startOfDate } from "#metrics/calendar.ts";
import { practices } from "#metrics/programme/practices/index.ts";
import type { InterventionKind, Programme } from "#metrics/programme/programme.ts";
import { isInWave } from "#metrics/programme/roadmap.ts";
import { isPartOf } from "#metrics/scopes.ts";
import type { Reply } from "../contract.ts";
import type { Structure } from "../structure.ts";
import type { FoundScope } from "./asked-scope.ts";

type Note = Reply<"/api/annotations">[number];

const KIND_WORDS = {
  training: "Training",
  coaching: "Coaching",
  tooling: "Tooling",
  "ai-tooling": "AI tooling",
  reorganisation: "Reorganisation",
  freeze: "Freeze",
} as const satisfies Record<InterventionKind, string>;

/**
 * Waves of anything that is looked at, and what a team adopted or was done with the teams that all of it belongs to, oldest first. Their ids lie below 0, since nobody can take them
 * back as a note.
 */
export function roadmapNotes(
  programme: Pick<Programme, "waves" | "adoptions" | "interventions">,
  { services }: FoundScope,
  structure: Structure,
  { zone, actor }: { readonly zone: string; readonly actor: string },
): readonly Note[] {
  const note = (kind: Note["kind"], title: string, scope: string, [day, last]: readonly [string, string]) => {
    const from = startOfDate(day, zone);
    const to = next("day", startOfDate(last, zone), zone);
    return {
      kind,
      title,
      from: day,
      to: dateOf(to, zone),
      fromAt: new Date(from).toISOString(),
      toAt: new Date(to).toISOString(),
      scope,
      rebases: false,
      reason: "Declared in the programme.",
      actor,
    };
  };
  const owners = (day: string) =>
    services.map(({ service }) => ({ service, team: structure.ownerOf(service, startOfDate(day, zone)) }));
  const waves = programme.waves
    .filter((wave) => owners(wave.from).some((whose) => isInWave(wave, whose)))
    .map(({ title, from }) => note("adoption", title, "organisation", [from, from]));
  const days = new Map(programme.adoptions.map(({ team, day }) => [JSON.stringify([team, day]), { team, day }]));
  const adoptions = [...days.values()].flatMap(({ team, day }) => {
    // What concerned a part of what is looked at explains no number of the whole.
    if (services.length === 0 || !owners(day).every((whose) => whose.team === team)) return [];
    const titles = programme.adoptions
      .filter((one) => one.team === team && one.day === day)
      .map(({ practice }) => practices.find(({ id }) => id === practice)?.title ?? practice);
    return [note("adoption", `${team} adopts ${titles.join(", ")}`, `team:${team}`, [day, day])];
  });
  const interventions = programme.interventions.flatMap(({ kind, title, teams, from, to }) => {
    const isMeant = (owner: string | null) =>
      teams.length === 0 || (owner !== null && teams.some((team) => isPartOf(owner, team, structure.teams)));
    if (services.length === 0 || !owners(from).every(({ team }) => isMeant(team))) return [];
    const [only, ...others] = teams;
    const scope = only === undefined || others.length > 0 ? "organisation" : `team:${only}`;
    return [note("note", `${KIND_WORDS[kind]}: ${title}`, scope, [from, to])];
  });
  return [...waves, ...adoptions, ...interventions]
    .toSorted((a, b) => a.fromAt.localeCompare(b.fromAt))
    .map((one, index) => ({ id: -1 - index, ...one }));
}
