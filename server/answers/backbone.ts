/** What changes waited for, what that costs, and what would be worth doing first. */
import { dateOf, startOf } from "#metrics/calendar.ts";
import { exposedWeeks } from "#metrics/programme/exposed-weeks.ts";
import { exposures } from "#metrics/programme/exposure.ts";
import type { Exposure } from "#metrics/programme/exposure.ts";
import { constraintWords, priorityWords } from "#metrics/programme/exposure-words.ts";
import type { GateInput } from "#metrics/programme/gate.ts";
import type { Prices } from "#metrics/programme/prices.ts";
import { isOf, pricesOf, weeksBefore } from "#metrics/programme/prices.ts";
import { priorities } from "#metrics/programme/priorities.ts";
import type { Element, Programme, System } from "#metrics/programme/programme.ts";
import { withElementsOf } from "#metrics/programme/elements.ts";
import { signalsOf } from "#metrics/programme/signals.ts";
import type { Attribution, Wait } from "#metrics/programme/waits.ts";
import { attribution } from "#metrics/programme/waits.ts";
import type { ExposedSystem, ExposureTerms, RankedAmount } from "#metrics/programme/worlds.ts";
import { EXPOSURE_TERMS } from "#metrics/programme/worlds.ts";
import { sum } from "#metrics/statistics/sum.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import type { ScopedService } from "./asked-scope.ts";
import { askedScope } from "./asked-scope.ts";
import type { Memory } from "./memory.ts";
import { saidIn, withoutElement } from "./elements.ts";
import { BadRequest } from "./problem.ts";
import { standing } from "./programme.ts";
import { reaches } from "./scope.ts";
import type { Waiting } from "./waiting.ts";
import { waitingOf } from "./waiting.ts";

/** The time that is looked at: a little more than 180 days, in whole weeks. */
const WEEKS = 26;

/** What is known of the backbone: the waits of the services that are meant, and what people say. */
interface Backbone {
  readonly programme: Programme;
  readonly weeks: readonly Window[];
  readonly window: Window;
  readonly services: readonly Waiting[];
  readonly waits: readonly Wait[];
}

/** What is looked at before anything of it is read. */
interface Ground extends Pick<Backbone, "programme" | "weeks" | "window"> {
  readonly meant: readonly ScopedService[];
}

export async function backboneGround(
  installation: Installation,
  useCase: string | undefined,
  memory: Memory,
): Promise<Ground> {
  const { programme } = await standing(installation);
  const chosen = programme.useCases.find(({ id }) => id === useCase);
  if (useCase !== undefined && chosen === undefined)
    throw new BadRequest(
      `There is no use case "${useCase}" in the programme. The page Backbone lists those there are.`,
    );
  const { services } = await askedScope(installation, {});
  const { until } = await reaches(installation, services, memory);
  // Whole days, so that nothing is reckoned anew with each minute that passes.
  const to = startOf("day", Math.min(until, installation.now()), installation.config.timezone);
  const weeks = weeksBefore(to, WEEKS);
  const window = { from: weeks[0]?.from ?? to, to };
  const { systemOf } = structureOf(installation.config);
  const meant = services.filter(
    ({ service }) => chosen === undefined || isOf(chosen, { service, system: systemOf(service) }),
  );
  return { programme, weeks, window, meant };
}

async function backboneOf(installation: Installation, useCase: string | undefined, memory: Memory): Promise<Backbone> {
  const { meant, programme, weeks, window } = await backboneGround(installation, useCase, memory);
  const found = await waitingOf(installation, meant, programme, window);
  return { programme, weeks, window, services: found, waits: found.flatMap(({ waits }) => waits) };
}

/** @throws BadRequest when no use case has that id. */
export async function answerBackbone(
  installation: Installation,
  { rank, useCase, removable }: Query<"/api/backbone">,
  memory: Memory,
): Promise<Reply<"/api/backbone">> {
  const backbone = await backboneOf(installation, useCase, memory);
  const { programme, window, services } = backbone;
  const { mostUnknown } = installation.config.thresholds.backbone;
  const parts = attribution(backbone.waits, mostUnknown);
  const found = attribution(backbone.waits.map(ofWhole), mostUnknown);
  const prices = pricesOf(programme, services, {
    useCase: useCase ?? null,
    day: dateOf(window.to, installation.config.timezone),
  });
  const isPriced = {
    value: prices.delay !== null,
    capacity: prices.rate !== null,
    loss: areLossesPriced(services, prices),
  };
  const terms: ExposureTerms = {
    ...EXPOSURE_TERMS,
    mostUnknown,
    costOfDelay: 1,
    rate: 1,
    by: rank,
    // Failures are measured whether or not somebody knows what changes wait for.
    unknown: rank === "loss" ? 0 : (found.shares?.unknown ?? 1),
    supposed: removable ?? null,
  };
  const said = saidIn(installation, programme, services);
  const known = withElementsOf(said.systems, said.services);
  const elements = new Map(said.services.map(({ service, element }) => [service, element]));
  const own = { backbone, known, elements, prices };
  const inHours = systemsIn(own, { isMoney: false, isWhole: true });
  const inMoney = systemsIn(own, { isMoney: true, isWhole: true });
  const unit = isPriced[rank] ? "money" : "hours";
  const hours = exposures(inHours, { ...terms, unit: "hours" });
  const money = exposures(inMoney, {
    ...terms,
    costOfDelay: isPriced.value ? 1 : null,
    rate: prices.rate,
    unit: programme.currency,
  });
  const leading = unit === "money" ? money : hours;
  const systems = leading.map((one) => rowOf(one, { hours, money, isPriced, found, parts }));
  const isRanked = terms.unknown <= terms.mostUnknown;
  const [first] = systems;
  const isFirst = first?.parts[rank][unit]?.rank === 1 && (first.parts[rank][unit]?.amount ?? 0) > 0;
  return {
    sentence: isFirst ? constraintWords(first, { rank, found }) : found.words,
    window: toldWindow(window),
    rank,
    unit,
    currency: programme.currency,
    hours: found.hours,
    shares: found.shares && { ...found.shares },
    isRanked,
    mostUnknown,
    constraint: isFirst
      ? { system: first.system, element: first.elements[0]?.element ?? null, words: first.words }
      : null,
    systems,
    unknown: unknownOf(services),
    signals: signalsOf(services, new Map(known.map(({ name, needs }) => [name, needs]))).map((one) => ({ ...one })),
    initiatives: initiativesIn(
      programme,
      useCase ?? null,
      systemsIn(own, { isMoney: unit === "money", isWhole: false }),
      {
        ...terms,
        ...(unit === "money" && { rate: prices.rate ?? 1, unit: programme.currency }),
      },
    ),
    assumptions: prices.used.map((one) => ({ ...one })),
    missing: [...prices.missing, ...withoutElement(said.services)],
  };
}

/** What is waited for most, with what is known of all waits; `null` where nothing may be ranked. */
export async function constraintOf(
  installation: Installation,
  useCase: string | undefined,
  memory: Memory,
): Promise<GateInput["constraint"]> {
  const { waits } = await backboneOf(installation, useCase, memory);
  const { shares, rows, isRanked } = attribution(
    waits.map(ofWhole),
    installation.config.thresholds.backbone.mostUnknown,
  );
  const [first] = rows;
  return shares === null || first === undefined || !isRanked ? null : { name: first.system, ...shares };
}

/** Whether each failure has a price. */
function areLossesPriced(services: readonly Waiting[], { downtime }: Prices): boolean {
  const failing = services.filter(({ failed }) => failed.length > 0);
  return failing.length > 0 && failing.every(({ service }) => downtime(service) !== null);
}

interface Own {
  readonly backbone: Backbone;
  readonly known: readonly System[];
  /** By service; `null`: nobody said. */
  readonly elements: ReadonlyMap<string, Element | null>;
  readonly prices: Prices;
}

interface Looked {
  /** By what people say that hours are worth. */
  readonly isMoney: boolean;
  /** All elements of a system together, as systems are ranked; else each by itself, as initiatives are about them. */
  readonly isWhole: boolean;
}

function ofWhole(wait: Wait): Wait {
  return { ...wait, element: null };
}

/** Week by week. Systems are compared with all others of their technology, and an element with the same one of these. */
function systemsIn({ backbone, known, elements, prices }: Own, { isMoney, isWhole }: Looked): readonly ExposedSystem[] {
  const { services, waits, weeks } = backbone;
  const priceOf = (service: string) => prices.delay?.(service) ?? null;
  const lossOf = (service: string) => prices.downtime(service) ?? 0;
  const systemOf = (name: string) => known.find((one) => one.name === name);
  // Failures of what nobody said what it is are losses of its delivery.
  const partOf = ({ service, system }: Waiting): Element | null =>
    isWhole ? null : (elements.get(service) ?? systemOf(system ?? "")?.element ?? "delivery");
  const failing = services.flatMap((one) =>
    one.system === null || one.failed.length === 0 ? [] : [{ one, system: one.system, element: partOf(one) }],
  );
  const meant = isWhole ? waits.map(ofWhole) : waits;
  const reckoned = (isPriced: boolean) =>
    exposedWeeks(meant, weeks, {
      lossesOf: (system, week, element) =>
        sum(
          failing
            .filter((part) => part.system === system && part.element === element)
            .flatMap(({ one: { service, failed } }) =>
              failed
                .filter(({ at }) => within(at, week))
                .map(({ hours }) => (hours ?? 0) * (isPriced ? lossOf(service) : 1)),
            ),
        ),
      lossesAt: failing,
      returnHours: prices.returnHours,
      priceOf: ({ service }) => (isPriced ? (priceOf(service) ?? 0) : 1),
    });
  // The same rows in the same order, whatever an hour is worth.
  const inHours = reckoned(false);
  const found = isMoney ? reckoned(true) : inHours;
  const isOfIt =
    ({ system, element }: (typeof found)[number]) =>
    (wait: Wait) =>
      wait.system === system && wait.element === element && wait.certainty !== "unknown";
  const isWorthKnown = (own: readonly Wait[]) =>
    own.length === 0 || own.some(({ service }) => priceOf(service) !== null);
  return found.map((one, index) => ({
    ...one,
    inHours: inHours[index]?.weeks ?? one.weeks,
    isWorthKnown: !isMoney || isWorthKnown(meant.filter(isOfIt(one))),
    group: JSON.stringify([one.element, systemOf(one.system)?.technology ?? "it"]),
    chance: null,
    cost: null,
  }));
}

interface Reckoned {
  readonly hours: readonly Exposure[];
  readonly money: readonly Exposure[];
  readonly isPriced: Readonly<Record<"value" | "capacity" | "loss", boolean>>;
  /** System by system, and element by element. */
  readonly found: Attribution;
  readonly parts: Attribution;
}

const NO_HOURS: RankedAmount = { amount: 0, low: 0, high: 0, rank: null };

function rowOf(
  one: Exposure,
  { hours, money, isPriced, found, parts }: Reckoned,
): Reply<"/api/backbone">["systems"][number] {
  const isSame = ({ system }: { readonly system: string }) => system === one.system;
  const [inHours, inMoney] = [hours.find(isSame), money.find(isSame)];
  const part = (name: keyof Reckoned["isPriced"]) => ({
    hours: { ...(inHours?.parts[name] ?? NO_HOURS) },
    money: isPriced[name] ? (inMoney?.parts[name] ?? null) : null,
  });
  const waited = found.rows.find(isSame);
  return {
    system: one.system,
    hours: waited?.hours ?? 0,
    measured: waited?.measured ?? 0,
    declared: waited?.declared ?? 0,
    changes: waited?.changes ?? 0,
    elements: parts.rows
      .filter(isSame)
      .toSorted((a, b) => b.hours - a.hours)
      .map(({ element, kinds, ...rest }) => ({ ...rest, element, kinds: kinds.map((kind) => ({ ...kind })) })),
    parts: { value: part("value"), capacity: part("capacity"), loss: part("loss") },
    topThree: one.topThree,
    removable: one.removable && { ...one.removable },
    words: one.words,
  };
}

function unknownOf(services: readonly Waiting[]): Reply<"/api/backbone">["unknown"] {
  return services
    .map(({ service, system, waits }) => ({
      service,
      system,
      hours: sum(waits.filter(({ certainty }) => certainty === "unknown").map(({ hours }) => hours)),
    }))
    .filter(({ hours }) => hours > 0)
    .toSorted((a, b) => b.hours - a.hours);
}

/** What is done or stopped is weighed no more; of what is paid already nothing can be saved. */
function initiativesIn(
  { initiatives, currency }: Programme,
  useCase: string | null,
  systems: readonly ExposedSystem[],
  terms: ExposureTerms,
): Reply<"/api/backbone">["initiatives"] {
  const open = initiatives.filter(
    ({ state, useCase: own }) => state !== "done" && state !== "stopped" && (useCase === null || own === useCase),
  );
  const weighed = open.map((one) => {
    const [planned, spent] = [sum(one.plan.map(({ cost }) => cost)), sum(one.actuals.map(({ cost }) => cost))];
    return { ...one, cost: Math.max(0, planned - spent) };
  });
  return priorities(weighed, systems, terms).flatMap(({ id, removable, priority }) => {
    const one = weighed.find((other) => other.id === id);
    if (one === undefined) return [];
    const { title, chance, cost } = one;
    const told = {
      id,
      title,
      chance,
      cost,
      removable: removable && { ...removable },
      priority: priority && { ...priority },
    };
    return [{ ...told, words: priorityWords(told, { unit: terms.unit === "" ? "hours" : terms.unit, currency }) }];
  });
}

/** @throws BadRequest when no use case has that id. */
export async function answerBackboneWaits(
  installation: Installation,
  { system, element, kind, service, useCase, limit, offset }: Query<"/api/backbone/waits">,
  memory: Memory,
): Promise<Reply<"/api/backbone/waits">> {
  const { services, window } = await backboneOf(installation, useCase, memory);
  const isMeant = (wait: Wait) =>
    (system === undefined ? wait.certainty === "unknown" : wait.system === system && wait.certainty !== "unknown") &&
    (element === undefined || wait.element === element) &&
    (kind === undefined || wait.kind === kind);
  const meant = services
    .filter((one) => service === undefined || one.service === service)
    .flatMap(({ waits, changes }) => waits.filter(isMeant).map((wait) => ({ wait, change: changes.get(wait.change) })))
    .toSorted((a, b) => b.wait.hours - a.wait.hours || a.wait.from - b.wait.from);
  return {
    window: toldWindow(window),
    total: meant.length,
    hours: sum(meant.map(({ wait }) => wait.hours)),
    rows: meant.slice(offset, offset + limit).map(({ wait, change }) => ({
      service: wait.service,
      change: wait.change,
      number: change?.number ?? 0,
      title: change?.title ?? "",
      url: change?.url ?? null,
      kind: wait.kind,
      element: wait.element,
      certainty: wait.certainty,
      from: iso(wait.from),
      to: iso(wait.to),
      hours: wait.hours,
    })),
  };
}

function toldWindow({ from, to }: Window) {
  return { from: iso(from), to: iso(to) };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
