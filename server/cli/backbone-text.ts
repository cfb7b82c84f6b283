/** The page of the backbone, as a person reads it in a terminal: what changes waited for, and what is to be done about it. */
import { money } from "#metrics/money.ts";
import { counted } from "#metrics/words.ts";
import type { Reply } from "../contract.ts";
import type { Screen } from "./screen.ts";
import { wrap } from "./screen.ts";

type Waited = Reply<"/api/backbone">;
type Portfolio = Reply<"/api/backbone/portfolio">;

interface Told {
  readonly waited: Waited;
  readonly portfolio: Portfolio;
  readonly firstAssessment: Reply<"/api/programme">["firstAssessment"];
}

export function backboneText({ waited, portfolio, firstAssessment }: Told, screen: Screen): string {
  const titles = new Map(portfolio.roadmap.bars.map(({ id, title }) => [id, title]));
  const title = (id: string): string => titles.get(id) ?? id;
  const blocks = [
    [screen.paint("quiet", `Backbone: ${waited.window.from.slice(0, 10)} to ${waited.window.to.slice(0, 10)}`)],
    [screen.paint("strong", wrap(waited.sentence, screen.width)), ...waited.systems.map(systemLine)],
    headed(
      "Missing for a first assessment",
      firstAssessment.filter(({ isDone }) => !isDone).map(({ words }) => words),
    ),
    [screen.paint("strong", wrap(portfolio.sentence, screen.width))],
    headed(
      "Value against effort",
      portfolio.value.map(({ title: name, useCase, words }) => `${name} (${useCase}): ${words}`),
    ),
    headed("Roadmap by quarter", roadmapLines(portfolio, title)),
    headed(
      "Forecast against actual",
      portfolio.forecasts.map(({ title: name, words }) => `${name}: ${words}`),
    ),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n");

  function headed(head: string, lines: readonly string[]): readonly string[] {
    if (lines.length === 0) return [];
    return [screen.paint("strong", head), ...lines.map((line) => wrap(`- ${line}`, screen.width, "  "))];
  }

  function systemLine({ words }: Waited["systems"][number]): string {
    return wrap(`- ${words}`, screen.width, "  ");
  }
}

/** What begins, goes on and ends in each quarter, with what of it does not work, and the chain that decides when all is done. */
function roadmapLines({ roadmap, currency }: Portfolio, title: (id: string) => string): readonly string[] {
  const { quarters, bars, criticalPath } = roadmap;
  if (bars.length === 0) return [];
  const listed = (what: string, ids: readonly string[]): readonly string[] =>
    ids.length === 0 ? [] : [`${what} ${ids.map(title).join(", ")}`];
  const chain =
    criticalPath === null
      ? []
      : [
          `The longest chain of what is ahead takes ${counted(criticalPath.months, "month")}: ${criticalPath.ids.map(title).join(", then ")}.`,
        ];
  return [
    ...quarters.map(({ id, isNow, begins, goesOn, ends, planned, spent }) => {
      const happens = [...listed("begins:", begins), ...listed("goes on:", goesOn), ...listed("ends:", ends)];
      const cost = `${money(planned, currency)} planned${spent === null ? "" : `, ${money(spent, currency)} spent`}`;
      return `${id}${isNow ? " (now)" : ""}, ${cost}${happens.length === 0 ? "" : `; ${happens.join("; ")}`}`;
    }),
    ...bars.filter(({ early }) => early.length > 0).map((bar) => `${bar.title} ${bar.words}.`),
    ...chain,
  ];
}
