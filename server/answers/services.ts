/** A list of services with their numbers. */
import { inFamily } from "#metrics/family.ts";
import { inTime } from "#metrics/lens.ts";
import { portfolioWords } from "#metrics/portfolio-words.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { absence, askedScope } from "./asked-scope.ts";
import { comparedOfEach } from "./each.ts";
import { isoWindow } from "./limits.ts";
import { Memory } from "./memory.ts";
import { askedMetrics, askedWindow, explained, summariesOf } from "./scope.ts";

/** Each service of a scope by itself, in the order of their names: those that belonged to it in the window. */
export async function answerServices(
  installation: Installation,
  query: Query<"/api/services">,
  memory = new Memory(installation.store),
): Promise<Reply<"/api/services">> {
  const zone = installation.config.timezone;
  const window = askedWindow(query, zone, installation.now());
  const found = await askedScope(installation, query);
  const asked = found.services.filter((service) => absence({ ...found, services: [service] }, window) === null);
  const known = await summariesOf(asked, memory);
  const wanted = askedMetrics(query.metric, known).map((metric) => inTime(metric, query));
  const frame = { window, interval: "week" as const, zone };
  const each = await comparedOfEach(installation, asked, { wanted, frame, lens: query }, memory);
  // All that a reader looks through at once is one family.
  const held = inFamily(each.flat());
  const services = asked.map(({ service }, index) => {
    const summaries = known.slice(index, index + 1);
    const told = held.slice(index * wanted.length, (index + 1) * wanted.length);
    const measures = told.map(({ metric, analysis: { whole, previous: before } }) => ({
      metric: metric.id,
      whole: explained(metric, whole, { summaries, absent: null }, window),
      before: before?.measure ?? null,
      verdict: before === null ? null : (before.change?.verdict ?? "too-few"),
    }));
    return { service, told, measures };
  });
  return {
    window: isoWindow(window),
    sentence: portfolioWords(services),
    services: services.map(({ service, measures }) => ({ service, measures })),
  };
}
