/** Which element of the backbone services are: what their files suggest, and what people say. */
import type { Layout } from "#metrics/events.ts";
import type { Placed, Said, Suggestion } from "#metrics/programme/elements.ts";
import { elementOf, isOpen, suggestedElement } from "#metrics/programme/elements.ts";
import type { Element, Programme, System } from "#metrics/programme/programme.ts";
import { CONFIDENCES, withSystems } from "#metrics/programme/programme.ts";
import { counted, outOf } from "#metrics/words.ts";
import { byNumber } from "#metrics/plurals.ts";
import { PUSH } from "#metrics/pushed.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import { planOf, serviceOf } from "../services.ts";
import type { ServiceRecord } from "../store/sources.ts";
import { structureOf } from "../structure.ts";
import { standing } from "./programme.ts";

type Row = Reply<"/api/backbone/elements">["rows"][number];

export async function answerElements(installation: Installation): Promise<Reply<"/api/backbone/elements">> {
  const { store } = installation;
  const { programme, version } = await standing(installation);
  const records = await store.services(sourceKeys(installation));
  const suggestions = await suggestionsOf(installation, records);
  const { services } = saidIn(installation, programme, records);
  const rows = services.flatMap((one, index): Row[] => {
    const record = records[index];
    return record === undefined ? [] : [rowOf(one, record, suggestions.get(record) ?? null, programme)];
  });
  const open = rows.filter((row) => row.isOpen).toSorted(bySureness);
  const without = services.filter(({ element }) => element === null).length;
  const unlisted = records.filter((record) => record.source !== PUSH && !suggestions.has(record)).length;
  return {
    sentence: sentenceOf({ services: services.length, without, unlisted, open: open.length }),
    services: services.length,
    without,
    unlisted,
    version: version?.version ?? null,
    rows: [...open, ...rows.filter((row) => !row.isOpen && row.isSaid)],
  };
}

/** By service; `null` where its files suggest nothing, and nothing of one whose files were not listed. */
async function suggestionsOf(
  installation: Installation,
  records: readonly ServiceRecord[],
): Promise<ReadonlyMap<ServiceRecord, Suggestion | null>> {
  const planned = await planOf(installation);
  const keyOf = ({ source, repository }: Pick<Layout, "source" | "repository">) => JSON.stringify([source, repository]);
  const layouts = new Map((await installation.store.layouts(records)).map((layout) => [keyOf(layout), layout]));
  return new Map(
    records.flatMap((record) => {
      const layout = layouts.get(keyOf(record));
      const paths = serviceOf(planned, record)?.part.paths ?? null;
      return layout === undefined ? [] : [[record, suggestedElement(layout, paths)] as const];
    }),
  );
}

/** Services with what is said of them, in their order; and the systems there are. */
export function saidIn(
  { config }: Installation,
  programme: Programme,
  services: readonly { readonly service: string }[],
): {
  readonly services: readonly (Placed & { readonly element: Element | null; readonly by: Said["by"] | null })[];
  readonly systems: readonly System[];
} {
  const structure = structureOf(config);
  const { systems } = withSystems(programme, structure.systems);
  return {
    systems,
    services: services.map(({ service }) => {
      const placed = { service, system: structure.systemOf(service) };
      const said = elementOf(placed, structure.elements, programme.elements, systems);
      return { ...placed, element: said?.element ?? null, by: said?.by ?? null };
    }),
  };
}

/** What is not known for that, in a sentence. */
export function withoutElement(services: readonly { readonly element: Element | null }[]): readonly string[] {
  const without = services.filter(({ element }) => element === null).length;
  if (without === 0) return [];
  return [
    `${outOf(without, services.length, "service")} ${byNumber(without, "has", "have")} no element: their failures count as losses of delivery.`,
  ];
}

function rowOf(
  { service, system, element, by }: ReturnType<typeof saidIn>["services"][number],
  { repository }: ServiceRecord,
  suggestion: Suggestion | null,
  programme: Programme,
): Row {
  const said = programme.elements.find((one) => one.service === service) ?? null;
  // What is said of a system holds for its services, unless the files of one clearly tell something else.
  const isSettled =
    by === "configuration" || (by === "system" && (suggestion?.element === element || suggestion?.sure !== "high"));
  return {
    service,
    repository,
    system,
    element,
    by,
    suggestion: suggestion && { ...suggestion },
    isOpen: suggestion !== null && !isSettled && isOpen(suggestion, said),
    isSaid: said !== null,
  };
}

function bySureness(a: Row, b: Row): number {
  const rank = ({ suggestion }: Row) => (suggestion === null ? -1 : CONFIDENCES.indexOf(suggestion.sure));
  return rank(b) - rank(a) || a.service.localeCompare(b.service, "en");
}

interface Counts {
  readonly services: number;
  readonly without: number;
  readonly unlisted: number;
  readonly open: number;
}

function sentenceOf({ services, without, unlisted, open }: Counts): string {
  if (services === 0) return "There is no service yet.";
  const known =
    without === 0
      ? "Of each service it is said which element of the backbone it is."
      : `${outOf(without, services, "service")} ${byNumber(without, "has", "have")} no element of the backbone.`;
  const suggested =
    open === 0
      ? " Their files suggest nothing that nobody has looked at."
      : ` The files of ${counted(open, "service")} suggest something that nobody has looked at.`;
  const rest = unlisted === 0 ? "" : ` The files of ${unlisted} were not listed.`;
  return `${known}${suggested}${rest}`;
}
