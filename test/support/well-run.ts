/** Eight teams with a service each, of which four began to work well in December 2025: everything that the gate asks for is in their events. */
import type { DeliveryEvent } from "#metrics/events.ts";
import { DAY, HOUR, MINUTE, WEEK } from "#metrics/time.ts";
import { importProgramme } from "#server/planning.ts";
import { aChange, aCommit, aDeployment, anIncident, aRepository, aRun } from "./builders.ts";
import { at } from "./fake-host.ts";
import type { Headway } from "./headway.ts";
import { aHeadway } from "./headway.ts";

const TEAMS = Array.from({ length: 8 }, (_, index) => `team-${index}`);
/** Those that adopt. */
export const FIRST = TEAMS.slice(0, 4);
const [BEGIN, ADOPTED, NOW] = ["2025-03-03", "2025-12-01", "2026-07-02T12:00"] as const;
const WEEKS = Math.floor((at("2026-06-29") - at(BEGIN)) / WEEK);

const DAYS = [0, 1, 2, 3, 4];

const DEPLOYED_AFTER = 15 * MINUTE;

/** When the change of a working day is merged, counted from the beginning. */
function mergedOn(step: number): number {
  return at(BEGIN) + Math.floor(step / DAYS.length) * WEEK + (step % DAYS.length) * DAY + 15 * HOUR;
}

/** A change for each working day of a service. */
function aService(team: number): readonly DeliveryEvent[] {
  const events: DeliveryEvent[] = [];
  let parents: readonly string[] = [];
  for (let step = 0; step < WEEKS * DAYS.length; step += 1) {
    const mergedAt = mergedOn(step);
    const isWell = team < FIRST.length && mergedAt >= at(ADOPTED);
    const sha = `t${team}-${step}`;
    events.push(...aDay({ sha, parents, number: step + 1, mergedAt, isWell, isFix: isFix(team, step, isWell) }));
    parents = [sha];
  }
  const repository = `acme/${TEAMS[team] ?? ""}`;
  return [aRepository({ head: parents[0] ?? null }), ...events].map((event) => ({ ...event, repository }));
}

/** Two or three of five repair something, and one or none of those who work well: in place of chance stands a pattern that hardly two weeks or teams share. */
function isFix(team: number, step: number, isWell: boolean): boolean {
  const [week, day] = [Math.floor(step / DAYS.length), step % DAYS.length];
  const turn = (week * 7 + team * 3 + ((week * week) % 5)) % 5;
  const many = isWell ? Number(turn > 1) : 2 + Number(turn > 1);
  return (day + turn) % 5 < many;
}

interface Day {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly number: number;
  readonly mergedAt: number;
  readonly isWell: boolean;
  readonly isFix: boolean;
}

function aDay({ sha, parents, number, mergedAt, isWell, isFix: isRepair }: Day): readonly DeliveryEvent[] {
  const openedAt = mergedAt - (isWell ? 4 : 50) * HOUR;
  const reviewedAt = openedAt + (isWell ? 1.5 : 30) * HOUR;
  const head = `${sha}-head`;
  const title = isRepair ? "fix: Round as the law says" : "feat: Say what it costs";
  return [
    aCommit(sha, { authoredAt: openedAt, committedAt: mergedAt, parents, title }),
    aChange(number, {
      title,
      openedAt,
      mergedAt,
      closedAt: mergedAt,
      mergeCommit: sha,
      commits: [{ sha: head, authoredAt: openedAt }],
      reviews: [{ kind: "approval", at: reviewedAt, author: "another", authorKind: "human", byChangeAuthor: false }],
      additions: 40,
      deletions: 10,
    }),
    aRun(`${head}-run`, head, reviewedAt, { branch: `work-${number}` }),
    aRun(`${sha}-run`, sha, mergedAt + 6 * MINUTE),
    aDeployment(`${sha}-deployment`, sha, mergedAt + DEPLOYED_AFTER, { deployerKind: "bot" }),
  ];
}

const programme = `vision: { sentence: Every change is with customers on the day it is made., targets: [] }
useCases:
  - { id: quotes, title: Quotes in a minute, owner: Sales, value: { low: 1, likely: 2, high: 3 }, elements: [delivery], by: 2028 }
waves:
  - { id: first, title: First wave, teams: [${FIRST.join(", ")}], from: ${ADOPTED} }
drills:
${FIRST.map((team) => `  - { id: drill-${team}, service: acme/${team}, day: 2026-05-20 }`).join("\n")}
assumptions:
  - { id: rate, what: rate, value: 80, low: 70, high: 90, source: Controlling, owner: Finance, validFrom: 2025-01-01 }
${TEAMS.map((team) => `  - { id: capacity-${team}, what: capacity, of: ${team}, value: 200, low: 180, high: 220, source: Plan, owner: Finance, validFrom: 2025-01-01 }`).join("\n")}
`;

/** Every second deployment of June fails in those four services: an incident names it. */
export function failuresInJune(): readonly DeliveryEvent[] {
  const first = Math.floor((at("2026-06-01") - at(BEGIN)) / WEEK) * DAYS.length;
  return FIRST.flatMap((team, index) =>
    Array.from({ length: 10 }, (_, place) => {
      const step = first + 2 * place;
      const deployedAt = mergedOn(step) + DEPLOYED_AFTER;
      const incident = anIncident(`i-${step}`, deployedAt + HOUR, {
        resolvedAt: deployedAt + 2 * HOUR,
        deployment: `t${index}-${step}-deployment`,
      });
      return { ...incident, repository: `acme/${team}` };
    }),
  );
}

/** It is the second of July 2026. @param more what is told by the second sync. */
export async function aFirstWave(more: readonly DeliveryEvent[] = []): Promise<Headway> {
  const config = {
    sources: [{ host: "github", token: "t", repositories: TEAMS.map((team) => `acme/${team}`) }],
    services: TEAMS.map((team) => ({ name: `acme/${team}`, team, system: "tills", releaseClass: "cloud" })),
  };
  const headway = await aHeadway({
    config,
    tells: [TEAMS.flatMap((_, team) => aService(team)), more],
    now: () => at(NOW),
  });
  await importProgramme(headway.installation, programme, true, { follows: null, actor: "Ada" });
  const frozen = await headway.post("/api/baselines/freeze", {
    name: "Before",
    from: "2025-05-05",
    to: "2025-11-24",
    actor: "Ada",
  });
  if (frozen.status !== 200) throw new Error(frozen.text);
  return headway;
}
