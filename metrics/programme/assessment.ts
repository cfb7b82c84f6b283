/** Where the backbone stands in the way, and of what. */
import type { Element, Finding, Gap, Programme, UseCase } from "./programme.ts";
import { ELEMENTS, GAPS } from "./programme.ts";

/** How a system was found, element by element. */
export interface Assessed {
  readonly system: string;
  readonly cells: readonly { readonly element: Element; readonly finding: Finding | null }[];
  /** The worst that was found; `null` while nothing was looked at. */
  readonly worst: Gap | null;
}

/** Every system, those that stand in the way most first, then by name. */
export function assessed({ systems, assessment }: Pick<Programme, "systems" | "assessment">): readonly Assessed[] {
  const found = new Map(assessment.map((finding) => [key(finding.system, finding.element), finding]));
  return systems
    .map(({ name }) => {
      const cells = ELEMENTS.map((element) => ({ element, finding: found.get(key(name, element)) ?? null }));
      return { system: name, cells, worst: worst(cells.flatMap(({ finding }) => finding ?? [])) };
    })
    .toSorted((a, b) => weight(b) - weight(a) || (a.system < b.system ? -1 : 1));
}

/** Something that stands in the way of a use case, and what is to be done about it. */
export interface Opening {
  readonly finding: Finding;
  readonly useCase: string;
  /** Initiatives for this use case at this element and system; none: nobody has taken it up. */
  readonly initiatives: readonly string[];
}

/**
 * Gaps × use cases: each gap that hinders or blocks at an element that a use case needs, in a system that it needs. A use case that names no
 * system needs the element in every one. What blocks comes before what hinders, what is worth more before what is worth less.
 */
export function openings({ assessment, useCases, initiatives }: Programme): readonly Opening[] {
  const worth = new Map(useCases.map(({ id, value }) => [id, value.likely]));
  return useCases
    .flatMap((useCase) =>
      assessment
        .filter((finding) => finding.gap !== "none" && isNeeded(finding, useCase))
        .map((finding) => ({
          finding,
          useCase: useCase.id,
          initiatives: initiatives
            .filter(({ useCase: of, element, systems, state }) => {
              const isThere = element === finding.element && systems.includes(finding.system);
              return of === useCase.id && isThere && state !== "stopped";
            })
            .map(({ id }) => id),
        })),
    )
    .toSorted(
      (a, b) =>
        GAPS.indexOf(b.finding.gap) - GAPS.indexOf(a.finding.gap) ||
        (worth.get(b.useCase) ?? 0) - (worth.get(a.useCase) ?? 0),
    );
}

/** How many of all cells of systems × elements were looked at, so that nobody takes an unknown for "none". */
export function assessedShare({ systems, assessment }: Pick<Programme, "systems" | "assessment">): {
  readonly known: number;
  readonly of: number;
} {
  const names = new Set(systems.map(({ name }) => name));
  const known = new Set(
    assessment.filter(({ system }) => names.has(system)).map(({ system, element }) => key(system, element)),
  );
  return { known: known.size, of: systems.length * ELEMENTS.length };
}

function isNeeded({ system, element }: Finding, { systems, elements }: UseCase): boolean {
  return elements.includes(element) && (systems.length === 0 || systems.includes(system));
}

function worst(findings: readonly Finding[]): Gap | null {
  const most = Math.max(-1, ...findings.map(({ gap }) => GAPS.indexOf(gap)));
  return GAPS[most] ?? null;
}

/** One that blocks outweighs any number that only hinder. */
function weight({ cells }: Assessed): number {
  const count = (gap: Gap): number => cells.filter(({ finding }) => finding?.gap === gap).length;
  return count("blocks") * 100 + count("hinders");
}

function key(system: string, element: Element): string {
  return `${element} ${system}`;
}

/**
 * What a programme says of one use case: it, what it needs, what stands in its way, and the initiatives for it with the enablers under them.
 *
 * @returns a programme without any use case where there is none of that id.
 */
export function forUseCase(programme: Programme, id: string): Programme {
  const useCases = programme.useCases.filter((one) => one.id === id);
  const isMeant = (finding: Finding): boolean => useCases.some((useCase) => isNeeded(finding, useCase));
  const own = programme.initiatives.filter(({ useCase }) => useCase === id);
  const waves = programme.waves.filter(({ useCase }) => useCase === id);
  const wanted = new Set(own.map((one) => one.id));
  // The set grows while it is walked, until nothing is needed that is not in it.
  for (const needed of wanted)
    for (const need of programme.initiatives.find((one) => one.id === needed)?.needs ?? []) wanted.add(need);
  return {
    ...programme,
    useCases,
    systems: programme.systems.filter(({ name }) =>
      useCases.some(({ systems }) => systems.length === 0 || systems.includes(name)),
    ),
    assessment: programme.assessment.filter(isMeant),
    initiatives: programme.initiatives.filter((one) => wanted.has(one.id)),
    waves,
    consents: programme.consents.filter(
      ({ about }) => about === "programme" || wanted.has(about) || waves.some((wave) => wave.id === about),
    ),
  };
}
