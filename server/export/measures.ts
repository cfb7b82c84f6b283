import { metrics } from "#metrics/index.ts";
import { DEFAULT_LENS } from "#metrics/lens.ts";
import { answerMeasures } from "../answers/measures.ts";
import { Memory } from "../answers/memory.ts";
import { BadRequest } from "../answers/problem.ts";
import type { AskedScope, ScopedService } from "../answers/asked-scope.ts";
import type { Asked } from "../answers/scope.ts";
import { reaches } from "../answers/scope.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import type { Row } from "./columns.ts";

/** Every metric for each week, each month and the whole window: of the scope that is asked for, else of all there are. */
export async function* measureRows(
  installation: Installation,
  services: readonly ScopedService[],
  asked: Asked,
): AsyncIterable<readonly Row[]> {
  const memory = new Memory(installation.store);
  const { deployment, commit, attempt, incident, alert } = await reaches(installation, services, memory);
  const known = [deployment, commit, attempt, incident, alert].flatMap((reach) => reach ?? []);
  if (known.length === 0) return;
  const first = Math.min(...known.map(({ from }) => from));
  const query = { from: asked.from ?? new Date(first).toISOString(), to: asked.to };
  for (const { name: scope, ask } of scopesOf(installation, services, asked)) {
    for (const interval of ["week", "month"] as const) {
      const { measures, window } = await answerMeasures(
        installation,
        { ...query, ...DEFAULT_LENS, ...ask, interval, told: "numbers" },
        memory,
      );
      for (const { metric, whole, series } of measures) {
        const words = metrics.find(({ id }) => id === metric);
        if (words === undefined) throw new BadRequest(`There is no metric ${metric}.`);
        const row = (name: string, point: typeof whole & { from: string; to: string }): Row => ({
          metric,
          scope,
          interval: name,
          from: point.from,
          to: point.to,
          value: point.value,
          unit: words.unit,
          n: point.n,
          low: point.low,
          high: point.high,
          coverage: point.coverage,
          definitionVersion: words.version,
        });
        yield [
          ...(interval === "week" ? [row("whole", { ...whole, ...window })] : []),
          ...series.map((point) => row(interval, point)),
        ];
      }
    }
  }
}

interface Exported {
  /** As the rows say it. */
  readonly name: string;
  readonly ask: AskedScope;
}

/** A service by its name alone, and all together: they were there before teams and systems. */
function scopesOf(
  { config }: Installation,
  services: readonly ScopedService[],
  { service, scope }: AskedScope,
): readonly Exported[] {
  if (scope !== undefined)
    return [{ name: service === undefined ? nameOf(scope) : `${scope} ${service}`, ask: { scope, service } }];
  if (service !== undefined) return [{ name: service, ask: { service } }];
  const { teams, systems } = structureOf(config);
  const groups = [...teams.map(({ name }) => `team:${name}`), ...systems.map(({ name }) => `system:${name}`)];
  return [
    ...(services.length > 1 ? [{ name: "all", ask: {} }] : []),
    ...groups.map((group) => ({ name: group, ask: { scope: group } })),
    ...services.map((one) => ({ name: one.service, ask: { service: one.service } })),
  ];
}

function nameOf(scope: string): string {
  return scope === "organisation" ? "all" : scope.replace(/^service:/, "");
}
