/** What is declared of the programme, and what follows from it. */
import { ProgrammeFile, printProgramme } from "#config/programme.ts";
import { metrics } from "#metrics/index.ts";
import { assessed, assessedShare, forUseCase, openings } from "#metrics/programme/assessment.ts";
import type { CaseTerms } from "#metrics/programme/business-case.ts";
import { USUAL_TERMS } from "#metrics/programme/business-case.ts";
import type { Surroundings } from "#metrics/programme/check.ts";
import { cautions, flaws } from "#metrics/programme/check.ts";
import { differences } from "#metrics/programme/differences.ts";
import { firstAssessment } from "#metrics/programme/first-assessment.ts";
import { funnel, portfolio } from "#metrics/programme/portfolio.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import { NOTHING, withSystems } from "#metrics/programme/programme.ts";
import { practices } from "#metrics/programme/practices/index.ts";
import { criticalPath } from "#metrics/programme/schedule.ts";
import { backboneSentence } from "#metrics/programme/words.ts";
import type { Query, Reply } from "../contract.ts";
import { contract } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import type { ProgrammeVersion } from "../store/programme.ts";
import { structureOf } from "../structure.ts";
import { BadRequest } from "./problem.ts";

/** The newest version, or nothing yet. */
export interface Standing {
  readonly version: ProgrammeVersion | null;
  readonly programme: Programme;
}

export async function standing({ store }: Installation): Promise<Standing> {
  const [version = null] = await store.programme();
  return { version, programme: version === null ? NOTHING : contentOf(version) };
}

/** @throws BadRequest when no use case has that id. */
export async function answerProgramme(
  installation: Installation,
  { useCase }: Query<"/api/programme">,
): Promise<Reply<"/api/programme">> {
  const { version, programme } = await standing(installation);
  if (useCase !== undefined && !programme.useCases.some(({ id }) => id === useCase))
    throw new BadRequest(
      `There is no use case "${useCase}" in the programme. The page Backbone lists those there are.`,
    );
  const known = await surroundings(installation);
  const whole = withSystems(programme, known.systems);
  const shown = useCase === undefined ? whole : forUseCase(whole, useCase);
  const terms = caseTerms(installation);
  const { rate, years, dip, dipMonths, draws } = terms;
  return contract["/api/programme"].reply.parse({
    version: version && toldVersion(version),
    sentence: backboneSentence(shown),
    programme: useCase === undefined ? programme : forUseCase(programme, useCase),
    known: {
      ...known,
      systems: known.systems.map(({ name }) => name),
      practices: practices.map(({ id, title }) => ({ id, title })),
      metrics: metrics.map(({ id, title }) => ({ id, title })),
    },
    cautions: [...flaws(programme, known).map(({ message }) => message), ...cautions(shown)],
    looked: assessedShare(shown),
    firstAssessment: firstAssessment(whole),
    systems: assessed(shown),
    openings: openings(shown),
    portfolio: portfolio(shown, terms).map(({ initiative: { id }, ...judged }) => ({ id, ...judged })),
    funnel: funnel(shown.initiatives),
    criticalPath: criticalPath(shown.initiatives),
    terms: { rate, years, dip, dipMonths, draws },
  });
}

/** What is assumed of every business case alike, as the configuration says it. */
export function caseTerms({ config }: Pick<Installation, "config">): CaseTerms {
  return { ...USUAL_TERMS, ...config.thresholds.cases };
}

export async function answerProgrammeFile(installation: Installation): Promise<Reply<"/api/programme/file">> {
  return { text: printProgramme((await standing(installation)).programme) };
}

export async function answerProgrammeHistory(
  { store }: Installation,
  { limit }: Query<"/api/programme/history">,
): Promise<Reply<"/api/programme/history">> {
  // The oldest that is shown is compared with the one before it.
  const versions = await store.programme(limit + 1);
  return versions.slice(0, limit).map((version, index) => {
    const before = versions[index + 1];
    const changes = differences(before === undefined ? NOTHING : contentOf(before), contentOf(version));
    return { ...toldVersion(version), differences: changes.map(told) };
  });
}

/** What a programme may speak of beside itself. */
export async function surroundings(installation: Installation): Promise<Surroundings> {
  const { teams, systems } = structureOf(installation.config);
  const records = await installation.store.services(sourceKeys(installation));
  const services = [...new Set(records.map(({ service }) => service))];
  return { services, teams: teams.map(({ name }) => name), systems };
}

export function toldVersion({ version, hash, actor, madeAt, reason }: ProgrammeVersion) {
  return { version, hash, actor, madeAt: new Date(madeAt).toISOString(), reason };
}

export function told({ fields, ...rest }: ReturnType<typeof differences>[number]) {
  return { ...rest, fields: [...fields] };
}

/** What was kept was checked before; a version of an earlier Headway gets the defaults of what it did not know. */
function contentOf({ content }: ProgrammeVersion): Programme {
  return ProgrammeFile.parse(JSON.parse(content));
}
