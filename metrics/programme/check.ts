/** Whether a programme fits together: what must be mended before it is kept, and what somebody should look at. */
import type { AssumedOf } from "./assumptions.ts";
import { ASSUMED } from "./assumptions.ts";
import { assumptionFlaws } from "./check-assumptions.ts";
import { LEAST_CASES, MOST_CASES } from "./first-assessment.ts";
import { overclaims } from "./portfolio.ts";
import type { KnownSystem, Programme } from "./programme.ts";
import { DECIDED, withSystems } from "./programme.ts";
import { refer } from "./references.ts";
import { roadmapFlaws, roadmapStrangers } from "./roadmap.ts";
import { circles, tooEarly } from "./schedule.ts";

export interface Flaw {
  /** Where: a list and the place in it. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What else is known, so that a reference can be looked up. */
export interface Surroundings {
  readonly services: readonly string[];
  readonly teams: readonly string[];
  /** Those that the configuration lists: the programme may speak of them as well. */
  readonly systems: readonly KnownSystem[];
}

/** What would make the programme contradict itself, each where it stands. Nothing is kept that has one of these. */
export function flaws(programme: Programme, known: Surroundings): readonly Flaw[] {
  return [
    ...twice(programme),
    ...strangers(programme, known),
    ...ranges(programme),
    ...endless(programme),
    ...undecided(programme),
    ...assumptionFlaws(programme),
    ...roadmapFlaws(programme),
  ];
}

/** What is not wrong and still weakens the programme, each in a sentence. */
export function cautions(programme: Programme): readonly string[] {
  const { useCases, initiatives } = programme;
  const title = (id: string): string => initiatives.find((one) => one.id === id)?.title ?? id;
  const few = useCases.length > 0 && useCases.length < LEAST_CASES;
  return [
    ...(few || useCases.length > MOST_CASES
      ? [
          `There ${useCases.length === 1 ? "is 1 use case" : `are ${useCases.length} use cases`}: with ${LEAST_CASES} to ${MOST_CASES} each upgrade can be tied to value, and attention is not spread too thin.`,
        ]
      : []),
    ...tooEarly(initiatives).map(
      ({ id, needs, begins, ends }) =>
        `“${title(id)}” is planned to begin in ${begins}, before “${title(needs)}”, which it needs, is finished at the end of ${ends}.`,
    ),
    ...overclaims(programme).map(({ useCase, claimed, worth }) => {
      const name = useCases.find(({ id }) => id === useCase)?.title ?? useCase;
      return `Initiatives for “${name}” together promise ${claimed} a year, more than the ${worth} it is thought to be worth at most: something is counted twice.`;
    }),
  ];
}

function twice(programme: Programme): Flaw[] {
  const lists: readonly (readonly [string, string, readonly string[]])[] = [
    ["systems", "name", programme.systems.map(({ name }) => name)],
    ["useCases", "id", programme.useCases.map(({ id }) => id)],
    ["initiatives", "id", programme.initiatives.map(({ id }) => id)],
    ["consents", "id", programme.consents.map(({ id }) => id)],
    ["interventions", "id", programme.interventions.map(({ id }) => id)],
    ["assumptions", "validFrom", programme.assumptions.map(({ id, validFrom }) => `${id} from ${validFrom}`)],
    ["costs", "id", programme.costs.map(({ id }) => id)],
    ["timeStudies", "id", programme.timeStudies.map(({ id }) => id)],
    ["waves", "id", programme.waves.map(({ id }) => id)],
    ["adoptions", "id", programme.adoptions.map(({ id }) => id)],
    ["milestones", "id", programme.milestones.map(({ id }) => id)],
    ["exemptions", "id", programme.exemptions.map(({ id }) => id)],
    ["drills", "id", programme.drills.map(({ id }) => id)],
    ["elements", "service", programme.elements.map(({ service }) => service)],
    ["assessment", "element", programme.assessment.map(({ system, element }) => `${element} of ${system}`)],
  ];
  return lists.flatMap(([list, field, names]) =>
    names.flatMap((name, index) => {
      const first = names.findIndex((other) => other.toLowerCase() === name.toLowerCase());
      if (first === index) return [];
      return [{ path: [list, index, field], message: `"${name}" is there twice (also ${list}[${first}]). Keep one.` }];
    }),
  );
}

function strangers(programme: Programme, known: Surroundings): Flaw[] {
  const { systems, assessment, useCases, initiatives, consents, interventions } = programme;
  const { assumptions, costs, timeStudies } = programme;
  const teams = new Set(known.teams);
  const names = new Set(withSystems(programme, known.systems).systems.map(({ name }) => name));
  const cases = new Set(useCases.map(({ id }) => id));
  const ids = new Set(initiatives.map(({ id }) => id));
  /** `null`: anything can be called so. */
  const nameable: Readonly<Record<AssumedOf, ReadonlySet<string> | null>> = {
    team: teams,
    service: new Set(known.services),
    "use case": cases,
    role: null,
    runner: null,
  };
  const about = new Set(["programme", ...programme.waves.map(({ id }) => id), ...ids]);
  return [
    ...systems.flatMap(({ needs }, at) => refer("system", names, needs, ["systems", at, "needs"])),
    ...assessment.flatMap(({ system }, at) => refer("system", names, [system], ["assessment", at, "system"])),
    ...programme.elements.flatMap(({ service }, at) =>
      refer("service", new Set(known.services), [service], ["elements", at, "service"]),
    ),
    ...useCases.flatMap((one, at) => [
      ...refer("system", names, one.systems, ["useCases", at, "systems"]),
      ...refer("service", new Set(known.services), one.services, ["useCases", at, "services"]),
    ]),
    ...initiatives.flatMap((one, at) => [
      ...refer("system", names, one.systems, ["initiatives", at, "systems"]),
      ...refer("use case", cases, [one.useCase], ["initiatives", at, "useCase"]),
      ...refer("initiative", ids, one.needs, ["initiatives", at, "needs"]),
    ]),
    ...consents.flatMap((one, at) => refer("wave or initiative", about, [one.about], ["consents", at, "about"])),
    ...interventions.flatMap(({ teams: named }, at) => refer("team", teams, named, ["interventions", at, "teams"])),
    ...assumptions.flatMap(({ what, of }, at) => {
      const kind = ASSUMED[what].of;
      const all = nameable[kind];
      return of === null || all === null ? [] : refer(kind, all, [of], ["assumptions", at, "of"]);
    }),
    ...costs.flatMap(({ team }, at) => refer("team", teams, team === null ? [] : [team], ["costs", at, "team"])),
    ...timeStudies.flatMap(({ team }, at) => refer("team", teams, [team], ["timeStudies", at, "team"])),
    ...roadmapStrangers(programme, { teams, services: new Set(known.services), systems: names, useCases: cases }),
  ];
}

function ranges({ useCases, initiatives, interventions }: Programme): Flaw[] {
  const check = (range: { low: number; likely: number; high: number } | null, path: Flaw["path"]): Flaw[] =>
    range === null || (range.low <= range.likely && range.likely <= range.high)
      ? []
      : [{ path, message: "What is likely must lie between the low and the high value." }];
  return [
    ...useCases.flatMap(({ value }, at) => check(value, ["useCases", at, "value"])),
    ...initiatives.flatMap(({ benefit }, at) => check(benefit, ["initiatives", at, "benefit"])),
    ...initiatives.flatMap(({ plan, actuals }, at) => [
      ...repeated(plan, ["initiatives", at, "plan"]),
      ...repeated(actuals, ["initiatives", at, "actuals"]),
    ]),
    ...interventions.flatMap(({ from, to }, at) =>
      from <= to ? [] : [{ path: ["interventions", at, "to"], message: "It ends before it begins." }],
    ),
  ];
}

function repeated(months: readonly { readonly month: string }[], path: Flaw["path"]): Flaw[] {
  const seen = new Set<string>();
  return months.flatMap(({ month }, at) => {
    const isNew = !seen.has(month);
    seen.add(month);
    return isNew ? [] : [{ path: [...path, at], message: `${month} is there twice. Add the two up.` }];
  });
}

/** Money is spent on what is expected, with the day and the number on which it is stopped: an idea may still be without. */
function undecided({ initiatives }: Programme): Flaw[] {
  return initiatives.flatMap(({ title, state, whyNot, hypothesis, kill, checkpoint }, at) => {
    if (!DECIDED.includes(state)) return [];
    const asked: readonly (readonly [field: string, value: unknown, words: string])[] = [
      ["whyNot", whyNot, "why not the other two strategies"],
      ["hypothesis", hypothesis, "what is expected of it"],
      ["kill", kill, "on what it is stopped"],
      // What is done is not looked at again.
      ["checkpoint", state === "done" ? "" : checkpoint, "when it is looked at next"],
    ];
    return asked
      .filter(([, value]) => value === null)
      .map(([field, , words]) => ({
        path: ["initiatives", at, field],
        message: `“${title}” is ${state}: say ${words}. Until then it is an idea, or analysed.`,
      }));
  });
}

/** Systems may well need each other; initiatives that do could never begin. */
function endless({ initiatives }: Programme): Flaw[] {
  return circles(initiatives).map((circle) => ({
    path: ["initiatives", initiatives.findIndex(({ id }) => id === circle[0]), "needs"],
    message: `These wait for each other, so none could ever begin: ${[...circle, ...circle.slice(0, 1)].map((id) => `"${id}"`).join(" needs ")}. Take one of them out.`,
  }));
}
