/** Whether delivery got faster or riskier, and why, and which services moved. */
import { STAGES } from "#metrics/context/stages.ts";
import { inFamily } from "#metrics/family.ts";
import type { Frame } from "#metrics/grid.ts";
import { inTime } from "#metrics/lens.ts";
import type { ServiceTold, Why } from "#metrics/why.ts";
import { hoursPerChange, lookedAt, why } from "#metrics/why.ts";
import { partOf, sampleOf } from "#metrics/sample.ts";
import type { Window } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { absence, askedScope } from "./asked-scope.ts";
import type { AskedOfEach } from "./each.ts";
import { comparedOfEach } from "./each.ts";
import { analyseServices } from "./measures.ts";
import { Memory } from "./memory.ts";
import { askedMetrics, askedWindow, clockOf, summariesOf } from "./scope.ts";

export async function answerWhy(
  installation: Installation,
  query: Query<"/api/why">,
  memory = new Memory(installation.store),
): Promise<Reply<"/api/why">> {
  const { window, told } = await reasonsOf(installation, query, memory);
  if (told === null) return { window, speed: null, risk: null, words: null };
  const { speed, risk, words } = told.why;
  return { window, speed, risk, words };
}

/** What there is to say of a window against the one before. */
interface Reasons {
  readonly window: { readonly from: string; readonly to: string };
  /** `null` where nothing was collected; the services are none where there is only one. */
  readonly told: { readonly why: Why; readonly services: readonly ServiceTold[] } | null;
}

export async function reasonsOf(
  installation: Installation,
  query: Query<"/api/why">,
  memory: Memory,
): Promise<Reasons> {
  const zone = installation.config.timezone;
  const window = askedWindow(query, zone, installation.now());
  const frame: Frame = { window, interval: "week", zone };
  const found = await askedScope(installation, query);
  const isoWindow = { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() };
  if (absence(found, window) !== null) return { window: isoWindow, told: null };
  const known = askedMetrics(undefined, await summariesOf(found.services, memory));
  const isStage = ({ id }: { readonly id: string }) => STAGES.some((stage) => stage === id);
  const wanted = known
    .filter((metric) => metric.factor !== "context" || isStage(metric) || metric.id === TRAINS)
    .map((metric) => inTime(metric, query));
  // No limits are told here, so none begin anew.
  const asked = { frame, lens: query, rebasedAt: [] };
  const pooled = await analyseServices(installation, found.services, { ...asked, wanted }, memory);
  const trains = pooled.told.find(({ metric }) => metric.id === TRAINS) ?? null;
  const told = inFamily(pooled.told.filter((one) => one !== trains));
  const delivery = told.filter(({ metric }) => metric.factor !== "context");
  const stages = told
    .filter(({ metric }) => isStage(metric))
    .map((one) => {
      const sample = pooled.samples.get(one.metric) ?? sampleOf([]);
      const hoursIn = (part: Window | null) => (part === null ? null : hoursPerChange(partOf(sample, part)));
      const { now, before } = pooled.gridOf(clockOf(one.metric));
      return { told: one, before: hoursIn(before.observed), now: hoursIn(now.observed) };
    });
  const each = await servicesTold(installation, found, { ...asked, wanted: lookedAt(delivery) }, memory);
  return { window: isoWindow, told: { why: why(delivery, stages, each, trains), services: each } };
}

/** Tells a wait for a date from any other wait for a deployment. */
const TRAINS = "train-change-share";

/** Each service by itself; all of their numbers are one family, since a reader hears of the one that stands out. */
async function servicesTold(
  installation: Installation,
  found: Awaited<ReturnType<typeof askedScope>>,
  asked: AskedOfEach,
  memory: Memory,
): Promise<readonly ServiceTold[]> {
  const services = found.services.filter(
    (service) => absence({ ...found, services: [service] }, asked.frame.window) === null,
  );
  if (services.length < 2 || asked.wanted.length === 0) return [];
  const held = inFamily((await comparedOfEach(installation, services, asked, memory)).flat());
  const { length } = asked.wanted;
  return services.map(({ service }, index) => ({ service, told: held.slice(index * length, (index + 1) * length) }));
}
