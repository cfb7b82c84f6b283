/** The course of a programme as lines on charts: where a wave began, and when a team adopted something. */
import { next, dateOf, startOfDate } from "#metrics/calendar.ts";
import { practices } from "#metrics/programme/practices/index.ts";
import type { Roadmap } from "#metrics/programme/roadmap.ts";
import { isInWave } from "#metrics/programme/roadmap.ts";
import type { Reply } from "../contract.ts";
import type { Structure } from "../structure.ts";
import type { FoundScope } from "./asked-scope.ts";

type Note = Reply<"/api/annotations">[number];

/** Waves of anything that is looked at, and what a team adopted that all of it belongs to, oldest first. Their ids lie below 0, since nobody can take them back as a note. */
export function roadmapNotes(
  roadmap: Roadmap,
  { services }: FoundScope,
  structure: Structure,
  { zone, actor }: { readonly zone: string; readonly actor: string },
): readonly Note[] {
  const note = (title: string, scope: string, day: string): Omit<Note, "id"> => {
    const from = startOfDate(day, zone);
    const to = next("day", from, zone);
    return {
      kind: "adoption",
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
  const waves = roadmap.waves
    .filter((wave) => owners(wave.from).some((whose) => isInWave(wave, whose)))
    .map(({ title, from }) => note(title, "organisation", from));
  const days = new Map(roadmap.adoptions.map(({ team, day }) => [JSON.stringify([team, day]), { team, day }]));
  const adoptions = [...days.values()].flatMap(({ team, day }) => {
    // What concerned a part of what is looked at explains no number of the whole.
    if (services.length === 0 || !owners(day).every((whose) => whose.team === team)) return [];
    const titles = roadmap.adoptions
      .filter((one) => one.team === team && one.day === day)
      .map(({ practice }) => practices.find(({ id }) => id === practice)?.title ?? practice);
    return [note(`${team} adopts ${titles.join(", ")}`, `team:${team}`, day)];
  });
  return [...waves, ...adoptions]
    .toSorted((a, b) => a.fromAt.localeCompare(b.fromAt))
    .map((one, index) => ({ id: -1 - index, ...one }));
}
