/** The initiatives of the programme: what each is worth for its effort, when it is to be done, and what came of what was forecast. */
import { dateOf } from "#metrics/calendar.ts";
import type { CaseTerms } from "#metrics/programme/business-case.ts";
import { USUAL_TERMS } from "#metrics/programme/business-case.ts";
import { forUseCase } from "#metrics/programme/assessment.ts";
import { barWords, forecastWords, portfolioSentence, valueWords } from "#metrics/programme/forecast-words.ts";
import { forecast } from "#metrics/programme/forecast.ts";
import { portfolio } from "#metrics/programme/portfolio.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import { criticalPath } from "#metrics/programme/schedule.ts";
import { timetable } from "#metrics/programme/timetable.ts";
import { valueForEffort } from "#metrics/programme/value-effort.ts";
import type { Query, Reply } from "../contract.ts";
import { contract } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { BadRequest } from "./problem.ts";
import { caseTerms, standing } from "./programme.ts";

/** @throws BadRequest when no use case has that id. */
export async function answerPortfolio(
  installation: Installation,
  { useCase }: Query<"/api/backbone/portfolio">,
): Promise<Reply<"/api/backbone/portfolio">> {
  const { programme } = await standing(installation);
  if (useCase !== undefined && !programme.useCases.some(({ id }) => id === useCase))
    throw new BadRequest(
      `There is no use case "${useCase}" in the programme. The page Backbone lists those there are.`,
    );
  const shown = useCase === undefined ? programme : forUseCase(programme, useCase);
  const today = dateOf(installation.now(), installation.config.timezone);
  return portfolioOf(shown, programme, today, caseTerms(installation));
}

/**
 * @param whole what is needed may lie outside of what is shown.
 * @param today the day that it is.
 */
export function portfolioOf(
  shown: Programme,
  whole: Programme,
  today: string,
  terms: CaseTerms = USUAL_TERMS,
): Reply<"/api/backbone/portfolio"> {
  const { initiatives, currency } = shown;
  const title = (id: string): string => whole.initiatives.find((one) => one.id === id)?.title ?? id;
  const plan = timetable(shown, today);
  const forecasts = initiatives.flatMap((initiative) => {
    const found = forecast(initiative, today.slice(0, 7), terms);
    return found === null ? [] : [{ initiative, found }];
  });
  return contract["/api/backbone/portfolio"].reply.parse({
    sentence: portfolioSentence(
      shown,
      plan,
      forecasts.map(({ found }) => found),
    ),
    currency,
    today,
    value: valueForEffort(portfolio(shown, terms), whole).map((one) => ({
      ...one,
      words: valueWords(one, title, currency),
    })),
    roadmap: {
      ...plan,
      bars: plan.bars.map((bar) => ({ ...bar, words: barWords(bar, title) })),
      criticalPath: criticalPath(initiatives),
    },
    forecasts: forecasts.map(({ initiative, found }) => ({
      ...found,
      title: initiative.title,
      state: initiative.state,
      words: forecastWords(found, initiative, currency),
    })),
  });
}
