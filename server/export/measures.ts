import { metrics } from "#metrics/index.ts";
import { DEFAULT_LENS } from "#metrics/lens.ts";
import { answerMeasures } from "../answers/measures.ts";
import { Memory } from "../answers/memory.ts";
import { BadRequest } from "../answers/problem.ts";
import type { Asked } from "../answers/scope.ts";
import { reaches } from "../answers/scope.ts";
import type { Installation } from "../installation.ts";
import type { ServiceRecord } from "../store/sources.ts";
import type { Row } from "./columns.ts";

/** Every metric pooled and service by service, for each week and for the whole window. */
export async function* measureRows(
  installation: Installation,
  services: readonly ServiceRecord[],
  asked: Asked,
): AsyncIterable<readonly Row[]> {
  const memory = new Memory(installation.store);
  const { deployment, commit, attempt, incident, alert } = await reaches(installation, services, memory);
  const known = [deployment, commit, attempt, incident, alert].flatMap((reach) => reach ?? []);
  if (known.length === 0) return;
  const first = Math.min(...known.map(({ from }) => from));
  const query = { from: asked.from ?? new Date(first).toISOString(), to: asked.to };
  const scopes = [
    ...(asked.service === undefined && services.length > 1 ? [undefined] : []),
    ...services.map(({ service }) => service),
  ];
  for (const service of scopes) {
    for (const interval of ["week", "month"] as const) {
      const { measures, window } = await answerMeasures(
        installation,
        { ...query, ...DEFAULT_LENS, service, interval },
        memory,
      );
      for (const { metric, whole, series } of measures) {
        const words = metrics.find(({ id }) => id === metric);
        if (words === undefined) throw new BadRequest(`There is no metric ${metric}.`);
        const row = (name: string, point: typeof whole & { from: string; to: string }): Row => ({
          metric,
          scope: service ?? "all",
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
