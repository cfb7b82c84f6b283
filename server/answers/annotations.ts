/** What happened, as people noted it, where all that is looked at was concerned by it. */
import type { Judgement } from "#metrics/judgements.ts";
import { scopeOf, titleOf, windowOf } from "#metrics/judgements.ts";
import type { Looked, Scope } from "#metrics/scopes.ts";
import { isDuring, isPartOf, scopeText } from "#metrics/scopes.ts";
import type { Instant } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { Structure } from "../structure.ts";
import { structureOf } from "../structure.ts";
import type { FoundScope } from "./asked-scope.ts";
import { askedScope } from "./asked-scope.ts";
import type { Judged } from "./judged.ts";
import type { Memory } from "./memory.ts";
import { standing } from "./programme.ts";
import { roadmapNotes } from "./roadmap-notes.ts";

export async function answerAnnotations(
  installation: Installation,
  query: Query<"/api/annotations">,
  memory: Memory,
): Promise<Reply<"/api/annotations">> {
  const { config } = installation;
  const found = await askedScope(installation, query);
  const { programme, version } = await standing(installation);
  const structure = structureOf(config);
  const zone = config.timezone;
  const noted = annotations(await memory.judged(installation), found, structure, zone).map(
    ({ id, kind, from, to, ...note }) => ({
      id,
      kind: kind === "adoption" ? ("adoption" as const) : ("note" as const),
      title: titleOf(note),
      from: note.days[0],
      to: note.days[1],
      fromAt: iso(from),
      toAt: iso(to),
      scope: scopeText(scopeOf(note)),
      rebases: note.rebases,
      reason: note.reason,
      actor: note.actor,
    }),
  );
  const declared = roadmapNotes(programme, found, structure, { zone, actor: version?.actor ?? "" });
  return [...noted, ...declared].toSorted((a, b) => a.fromAt.localeCompare(b.fromAt));
}

/** A note with its time; `days` are its first day and the day after its last. */
export type Annotation = Omit<Judgement, "from" | "to"> & {
  readonly from: Instant;
  readonly to: Instant;
  readonly days: readonly [string, string];
};

/** Oldest first. */
export function annotations(
  { notes }: Pick<Judged, "notes">,
  found: FoundScope,
  structure: Structure,
  zone: string,
): readonly Annotation[] {
  return notes
    .flatMap((note): Annotation[] => {
      if (note.from === null || note.to === null) return [];
      const window = windowOf(note, zone);
      return concerns(scopeOf(note), found, structure, window.from)
        ? [{ ...note, ...window, days: [note.from, note.to] }]
        : [];
    })
    .toSorted((a, b) => a.from - b.from || a.id - b.id);
}

/** The adoptions by which limits start anew, the latest of each instant. */
export function rebasing(all: readonly Annotation[]): readonly Annotation[] {
  return [...new Map(all.filter(({ rebases }) => rebases).map((one) => [one.from, one])).values()];
}

/** Whether all that is looked at was in a scope then: what concerned a part of it explains no number of the whole. */
function concerns(scope: Scope, found: FoundScope, structure: Structure, at: Instant): boolean {
  if (scope.kind === "organisation") return true;
  if (found.service === null && isWithin(found.scope, scope, structure)) return true;
  const { services } = found;
  const there = services.filter(({ times }) => isDuring(at, times));
  const asked = there.length > 0 ? there : services;
  return asked.length > 0 && asked.every(({ service }) => isDuring(at, structure.timesOf(scope, service)));
}

function isWithin(asked: Looked, scope: Scope, { teams }: Structure): boolean {
  if (asked.kind === "team" && scope.kind === "team") return isPartOf(asked.name, scope.name, teams);
  return scopeText(asked) === scopeText(scope);
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
