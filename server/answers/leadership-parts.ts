/** What the page for leadership says beside the five: the use cases, what moved and why, and what stands in the way. */
import { gapRows, measuredRows, useCaseRows } from "#metrics/programme/leadership-words.ts";
import { openings } from "#metrics/programme/assessment.ts";
import { backboneSentence } from "#metrics/programme/words.ts";
import { portfolio } from "#metrics/programme/portfolio.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import { withSystems } from "#metrics/programme/programme.ts";
import { movers } from "#metrics/why.ts";
import { counted } from "#metrics/words.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { answerBackbone } from "./backbone.ts";
import { answerGate } from "./gate.ts";
import type { Memory } from "./memory.ts";
import { answerMilestones } from "./milestones.ts";
import { caseTerms, standing, surroundings } from "./programme.ts";
import { answerProgress } from "./progress.ts";
import { reasonsOf } from "./reasons.ts";

type Part = Reply<"/api/leadership">["parts"][number];

/** More would not be read in a minute. */
const MOST = 3;

/** @param query with the window of the page, and whose it is. */
export async function partsOf(
  installation: Installation,
  query: Query<"/api/why">,
  memory: Memory,
): Promise<readonly Part[]> {
  const { programme } = await standing(installation);
  const { systems } = await surroundings(installation);
  return [
    useCases(programme),
    await stagePart(installation, query, memory),
    await moversPart(installation, query, memory),
    await backbonePart(installation, withSystems(programme, systems), memory),
    await milestonesPart(installation, memory),
  ];
}

function useCases(programme: Programme): Part {
  const { vision } = programme;
  const missing = [
    ...(vision === null
      ? [{ what: "Nobody has said what it is all for.", todo: "Say the vision in one sentence on the page Backbone." }]
      : []),
    ...(programme.useCases.length === 0
      ? [
          {
            what: "No use case is named.",
            todo: "Name three to ten on the page Backbone, each with an owner and what it is worth in a year.",
          },
        ]
      : []),
  ];
  return {
    id: "use-cases",
    title: "Vision and use cases",
    sentence: vision?.sentence ?? "",
    rows: useCaseRows(programme),
    missing,
    page: "backbone",
  };
}

/** What was measured where that ranks systems, and up to three in all what people declared; each says which of the two it is. */
async function backbonePart(installation: Installation, programme: Programme, memory: Memory): Promise<Part> {
  const waited = await answerBackbone(installation, { rank: "value" }, memory);
  const ranked = waited.constraint === null ? [] : waited.systems.filter(({ hours }) => hours > 0).slice(0, MOST);
  const known = new Set(ranked.map(({ system }) => system));
  const gaps = openings(programme)
    .filter(({ finding }) => !known.has(finding.system))
    .slice(0, MOST - ranked.length);
  const judged = portfolio(programme, caseTerms(installation));
  return {
    id: "backbone",
    title: "What stands in the way",
    sentence: ranked.length === 0 ? backboneSentence(programme) : `Measured: ${waited.sentence}`,
    rows: [...measuredRows(ranked, judged, programme.currency), ...gapRows(programme, gaps, judged)],
    missing:
      programme.assessment.length === 0 && ranked.length === 0
        ? [
            {
              what: "Nobody has looked yet at what stands in the way.",
              todo: "Assess the systems of the backbone on the page Backbone: an afternoon is enough.",
            },
          ]
        : [],
    page: "backbone",
  };
}

/** How far the services have come, and what most of them lack for their next stage. */
async function stagePart(installation: Installation, { scope, to }: Query<"/api/why">, memory: Memory): Promise<Part> {
  const { sentence, stages, mandate, next, services } = await answerProgress(installation, { scope, to }, memory);
  const rows = stages
    .filter((stage) => stage.services > 0)
    .map(({ number, title, outcome, services: count }) => ({
      name: `Stage ${number}, ${title.toLowerCase()}: ${counted(count, "service")}`,
      words: outcome,
      tone: null,
    }));
  const lacking = mandate.filter(({ state }) => state !== "met");
  const missing =
    services.length === 0 ? [] : lacking.slice(0, MOST).map(({ words }) => ({ what: words, todo: SAYS_MORE }));
  return {
    id: "stage",
    title: "Stage and gate",
    sentence,
    rows: [
      ...rows,
      ...(next === null ? [] : [{ name: `Next: ${next.title}`, words: next.words, tone: null }]),
      ...(services.length === 0 ? [] : await gateRows(installation, memory)),
    ],
    missing,
    page: "progress",
  };
}

const SAYS_MORE = "The page Progress says more.";

const OUTCOMES = { pass: "passed", conditional: "passed under conditions", hold: "held" } as const;

/** Whether the foundation is in place for the next large investment, in one sentence. Read of the whole programme. */
async function gateRows(installation: Installation, memory: Memory): Promise<Part["rows"]> {
  const { outcome, conditions } = await answerGate(installation, {}, memory);
  const those = (wanted: string): number => conditions.filter(({ state }) => state === wanted).length;
  const unknown = those("cannot-be-said");
  const rest = unknown === 0 ? "" : `, and of ${unknown} nothing can be said`;
  const words = `${those("met")} of ${counted(conditions.length, "condition")} are met${rest}. ${SAYS_MORE}`;
  const tone = outcome === "pass" ? ("good" as const) : outcome === "hold" ? ("bad" as const) : null;
  return [{ name: `Gate “foundation in place”: ${OUTCOMES[outcome]}`, words, tone }];
}

/** What is due next, with a status that is computed. */
async function milestonesPart(installation: Installation, memory: Memory): Promise<Part> {
  const all = await answerMilestones(installation, memory);
  const ahead = all.filter(({ state }) => state !== "met");
  const missing = [
    {
      what: "No milestone is set.",
      todo: "Set a few on the page Backbone, each with a metric, what it must reach and a day.",
    },
  ];
  return {
    id: "milestones",
    title: "Next milestones",
    sentence: all.length === 0 ? "" : `${all.length - ahead.length} of ${counted(all.length, "milestone")} met.`,
    rows: ahead.slice(0, MOST).map(({ title, due, state, words }) => ({
      name: `${due}: ${title}`,
      words,
      tone: state === "missed" || state === "at-risk" ? ("bad" as const) : null,
    })),
    missing: all.length === 0 ? missing : [],
    page: "progress",
  };
}

/** The services that moved most, each with what explains it; of one service what explains its own move. */
async function moversPart(installation: Installation, query: Query<"/api/why">, memory: Memory): Promise<Part> {
  const part = { id: "movers" as const, title: "What moved most, and why", page: "delivery" };
  const { told } = await reasonsOf(installation, query, memory);
  if (told === null) {
    const missing = [{ what: "Nothing was collected for this window.", todo: "The page Data says what is missing." }];
    return { ...part, sentence: "", rows: [], missing };
  }
  const rows = [];
  for (const { service, verdict, words } of movers(told.services, MOST)) {
    const { told: own } = await reasonsOf(installation, { ...query, service }, memory);
    const because = (own?.why.reasons ?? []).map((reason) => `${reason}.`).join(" ");
    const tone = verdict === "better" ? ("good" as const) : ("bad" as const);
    rows.push({ name: service, words: `${verdict}, ${words}. ${because}`.trim(), tone });
  }
  return { ...part, sentence: `Against the window before: ${told.why.words}`, rows, missing: [] };
}
