import { metrics } from "./definitions.ts";
import { quantile, sum } from "./measure.ts";
import { count, quantity, share } from "#web/format.ts";

/** What the values of the counted rows give, as the dashboard writes it. */
export function numberOf(id: string, values: readonly number[]): string {
  const metric = metrics.find((each) => each.id === id);
  switch (metric?.statistic) {
    case "count":
      return count(sum(values));
    case "rate":
      return share(sum(values) / values.length);
    case "median":
      return quantity(quantile(values, 0.5), metric.unit);
    case undefined:
      throw new Error(`There is no metric called ${id}.`);
  }
}
