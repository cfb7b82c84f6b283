/** The page of progress, as a person reads it in a terminal. */
import type { Reply } from "../contract.ts";
import type { Screen } from "./screen.ts";
import { wrap } from "./screen.ts";

type Progress = Reply<"/api/progress">;
type ServiceProgress = Reply<"/api/progress/service">;

const STATUS_WORDS: Readonly<Record<ServiceProgress["practices"][number]["status"], string>> = {
  adopted: "adopted",
  practising: "practised",
  "not-yet": "not yet",
  "insufficient-data": "too little happened",
  "not-measurable": "not measurable",
  "not-applicable": "not asked for",
};

/** Stages by service, and how many services have each practice. */
export function progressText(page: Progress, screen: Screen): string {
  const services = page.services.map(({ service, team, stage, holding, asked, missing: [nearest] }) => {
    const next = nearest === undefined ? "nothing is missing" : `next: ${nearest.title}`;
    return `  ${service}${team === null ? "" : ` (${team})`}: stage ${stage}, ${holding} of ${asked} practices; ${next}`;
  });
  const practices = page.practices.map(({ title, counts }) => {
    const told = counts.filter((one) => one.services > 0);
    return `  ${title}: ${told.map((one) => `${one.services} ${STATUS_WORDS[one.status]}`).join(", ")}`;
  });
  return [
    screen.paint("quiet", `Progress: ${page.scope}, complete weeks up to ${page.until.slice(0, 10)}`),
    screen.paint("strong", wrap(page.sentence, screen.width)),
    services.join("\n"),
    practices.join("\n"),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

/** The practices of one service, part by part. */
export function serviceText(page: ServiceProgress, screen: Screen): string {
  const practices = page.practices.map(({ title, status, parts, ofTeam }) => {
    const lines = parts.map(({ words, detected }) =>
      wrap(`  - ${words}${detected.at === null ? "" : ` ${detected.words}`}`, screen.width),
    );
    const team = ofTeam === null || ofTeam.at === null ? [] : [wrap(teamWords(page.team, ofTeam), screen.width)];
    return [screen.paint("strong", `${title}: ${STATUS_WORDS[status]}`), ...team, ...lines].join("\n");
  });
  return [
    screen.paint("quiet", `Progress: ${page.service}, complete weeks up to ${page.until.slice(0, 10)}`),
    screen.paint("strong", wrap(page.words, screen.width)),
    ...practices,
  ].join("\n\n");
}

function teamWords(team: string | null, { at, words }: { readonly at: string | null; readonly words: string }): string {
  return `  ${team} adopted it about ${at?.slice(0, 10)}, all its services together. ${words}`;
}
