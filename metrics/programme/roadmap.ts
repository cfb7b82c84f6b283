/**
 * What a programme declares of its course: which teams change when, what is to be reached by when, and what is not asked of whom.
 *
 * Days are `2026-11-28`, in the organisation's zone.
 */
import type { Flaw } from "./check.ts";
import { refer } from "./references.ts";
import { practices } from "./practices/index.ts";
import { metrics } from "../index.ts";
import { scopeNamed } from "../scopes.ts";

/** Teams and services that begin to adopt practices together. */
export interface Wave {
  readonly id: string;
  readonly title: string;
  /** What it is for, by its id; `null`: nobody said. */
  readonly useCase: string | null;
  readonly teams: readonly string[];
  readonly services: readonly string[];
  readonly from: string;
  /** Ids of the practices that are adopted; none: all. */
  readonly practices: readonly string[];
}

/** That a team adopts a practice on a day of its own, whatever its wave says. */
export interface Adoption {
  readonly id: string;
  readonly team: string;
  readonly practice: string;
  readonly day: string;
}

/** What a metric is to become by a day. Its status is computed. */
export interface PlannedMilestone {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  /** `organisation`, `team:NAME`, `system:NAME` or `service:NAME`. */
  readonly scope: string;
  readonly metric: string;
  readonly setOn: string;
  /** In the metric's unit, counts by week. `null`: nobody knew what it was. */
  readonly from: number | null;
  readonly target: number;
  readonly due: string;
}

/** That a practice, or a part of one, is not asked of a service, and why. */
export interface Exemption {
  readonly id: string;
  readonly service: string;
  readonly practice: string;
  /** `null`: the whole practice. */
  readonly part: string | null;
  readonly reason: string;
  readonly owner: string;
}

/** That it was tried to take a deployment back. */
export interface Drill {
  readonly id: string;
  readonly service: string;
  readonly day: string;
}

export interface Roadmap {
  readonly waves: readonly Wave[];
  readonly adoptions: readonly Adoption[];
  readonly milestones: readonly PlannedMilestone[];
  readonly exemptions: readonly Exemption[];
  readonly drills: readonly Drill[];
}

const PRACTICE_IDS: ReadonlySet<string> = new Set(practices.map(({ id }) => id));
const METRIC_IDS: ReadonlySet<string> = new Set(metrics.map(({ id }) => id));

/** What would make a course contradict itself, each where it stands; references are looked up elsewhere. */
export function roadmapFlaws({ waves, milestones, exemptions }: Roadmap): readonly Flaw[] {
  return [
    ...waves.flatMap(({ teams, services }, at) =>
      teams.length + services.length > 0
        ? []
        : [{ path: ["waves", at, "teams"], message: "Say which teams or services are in this wave." }],
    ),
    ...milestones.flatMap(({ scope, setOn, due }, at) => [
      ...(scopeNamed(scope) === null
        ? [
            {
              path: ["milestones", at, "scope"],
              message: `"${scope}" is no scope. Write \`organisation\`, \`team:NAME\`, \`system:NAME\` or \`service:NAME\`.`,
            },
          ]
        : []),
      ...(setOn < due ? [] : [{ path: ["milestones", at, "due"], message: "It is due before it was set." }]),
    ]),
    ...exemptions.flatMap(({ practice, part }, at) => {
      const parts = practices.find(({ id }) => id === practice)?.parts.map(({ id }) => id) ?? [];
      if (part === null || parts.length === 0 || parts.includes(part)) return [];
      const message = `The practice "${practice}" has no part "${part}". It has ${parts.join(", ")}.`;
      return [{ path: ["exemptions", at, "part"], message }];
    }),
  ];
}

interface Names {
  readonly teams: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly systems: ReadonlySet<string>;
  readonly useCases: ReadonlySet<string>;
}

/** What it speaks of and is not there, each where it stands. */
export function roadmapStrangers(
  { waves, adoptions, milestones, exemptions, drills }: Roadmap,
  { teams, services, systems, useCases }: Names,
): readonly Flaw[] {
  const ofScope = (text: string, path: Flaw["path"]): readonly Flaw[] => {
    const scope = scopeNamed(text);
    if (scope === null || scope.kind === "organisation") return [];
    const all = { team: teams, service: services, system: systems }[scope.kind];
    return refer(scope.kind, all, [scope.name], path);
  };
  return [
    ...waves.flatMap((one, at) => [
      ...refer("use case", useCases, one.useCase === null ? [] : [one.useCase], ["waves", at, "useCase"]),
      ...refer("team", teams, one.teams, ["waves", at, "teams"]),
      ...refer("service", services, one.services, ["waves", at, "services"]),
      ...refer("practice", PRACTICE_IDS, one.practices, ["waves", at, "practices"]),
    ]),
    ...adoptions.flatMap(({ team, practice }, at) => [
      ...refer("team", teams, [team], ["adoptions", at, "team"]),
      ...refer("practice", PRACTICE_IDS, [practice], ["adoptions", at, "practice"]),
    ]),
    ...milestones.flatMap(({ metric, scope }, at) => [
      ...refer("metric", METRIC_IDS, [metric], ["milestones", at, "metric"]),
      ...ofScope(scope, ["milestones", at, "scope"]),
    ]),
    ...exemptions.flatMap(({ service, practice }, at) => [
      ...refer("service", services, [service], ["exemptions", at, "service"]),
      ...refer("practice", PRACTICE_IDS, [practice], ["exemptions", at, "practice"]),
    ]),
    ...drills.flatMap(({ service }, at) => refer("service", services, [service], ["drills", at, "service"])),
  ];
}

/** Whether a service of a team begins with a wave. */
export function isInWave({ teams, services }: Wave, { team, service }: Whose): boolean {
  return services.includes(service) || (team !== null && teams.includes(team));
}

interface Whose {
  readonly team: string | null;
  readonly service: string;
}

/** On which day a practice is to be adopted, as declared: by the team itself, else by the first of its waves; `null`: nobody said. */
export function declaredDay({ waves, adoptions }: Roadmap, whose: Whose, practice: string): string | null {
  const own = adoptions.find((one) => one.team === whose.team && one.practice === practice);
  if (own !== undefined) return own.day;
  const days = waves
    .filter((wave) => isInWave(wave, whose) && (wave.practices.length === 0 || wave.practices.includes(practice)))
    .map(({ from }) => from);
  return days.toSorted()[0] ?? null;
}
