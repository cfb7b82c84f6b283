/** What teams say of themselves once a quarter. Nothing of it is mixed with what is measured. */
import { canonicalOf } from "#metrics/baselines/canonical.ts";
import { dateOf } from "#metrics/calendar.ts";
import { ANSWERING, inForce, QUESTIONS, quarterOf } from "#metrics/programme/team-assessment.ts";
import type { Control } from "../commands.ts";
import type { Reply } from "../contract.ts";
import { contract } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import { nearest } from "./asked-scope.ts";
import { BadRequest } from "./problem.ts";

export async function answerAssessments(installation: Installation): Promise<Reply<"/api/assessments">> {
  const rows = await installation.store.teamAssessments();
  return contract["/api/assessments"].reply.parse({
    quarter: currentQuarter(installation),
    teams: teamsOf(installation),
    roles: ANSWERING,
    questions: QUESTIONS,
    answers: inForce(rows).map(({ answers, ...row }) => ({ ...row, answers: read(answers) })),
  });
}

/** The commands of a Headway that runs. */
export function assessing(installation: Installation): Pick<Control, "/api/assessments/add"> {
  return {
    "/api/assessments/add": async ({ team, quarter, role, answers }) => {
      const teams = teamsOf(installation);
      if (!teams.includes(team))
        throw new BadRequest(
          `There is no team "${team}". ${nearest(team, teams, "None is configured: list them in teams: of headway.yaml.")}`,
        );
      if (quarter > currentQuarter(installation))
        throw new BadRequest(`${quarter} has not begun. The quarter that runs is ${currentQuarter(installation)}.`);
      if (Object.values(answers).every((answer) => answer === null))
        throw new BadRequest("Nothing was answered. Answer one question at least; others may be left out.");
      const { store, now, live } = installation;
      await store.addTeamAssessment({ team, quarter, role, answers: canonicalOf(answers), madeAt: now() });
      live.tell();
      return { quarter };
    },
  };
}

function currentQuarter({ config, now }: Installation): string {
  return quarterOf(dateOf(now(), config.timezone));
}

function teamsOf({ config }: Installation): readonly string[] {
  return structureOf(config).teams.map(({ name }) => name);
}

/** As it was written; the contract looks at it. */
function read(answers: string): unknown {
  return JSON.parse(answers);
}
