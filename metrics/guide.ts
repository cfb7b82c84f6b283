/** The guide to the metrics, written from the registry, so that it cannot say anything else than the product does. */
import { metrics } from "./index.ts";
import type { Factor, Metric, Need } from "./metric.ts";

const SECTIONS: readonly (readonly [Factor, string])[] = [
  ["throughput", "Throughput"],
  ["instability", "Instability"],
  ["context", "Context"],
];

const STATISTICS = {
  count: "A count with its exact Poisson interval; also per week of the part of the window that has data.",
  median:
    "The median with its interval from order statistics (from n = 6), P75, P85, and P95 from n = 20 (R type 7). Where some are not over: Kaplan–Meier, which takes them to last at least so long.",
  rate: "The share k / n with its Wilson interval.",
} as const;

const NEEDS: Record<Need, string> = {
  changes: "A host that tells of changes (GitHub, GitLab). Where there is none, the metric is not shown.",
  attempts: "A record of deployments: its host's, or what was pushed. Where there is none, the metric is not shown.",
  incidents: "Incidents at a host, or pushed ones. Where there are none, the metric is not shown.",
  alerts: "Alerts of scanners at a host, or pushed ones. Where there are none, the metric is not shown.",
  pipelines: "Runs of pipelines at a host, or pushed ones. Where there are none, the metric is not shown.",
  hours:
    "Working hours of a team or of the organisation in the configuration. Where nobody said them, the metric is not shown.",
  releases: "Releases or tags. Where deployments count instead, the metric is not shown.",
};

/** Markdown; ends with a newline. */
export function guide(): string {
  const sections = SECTIONS.map(([factor, title]) => {
    const found = metrics.filter((metric) => metric.factor === factor);
    return [`## ${title}`, ...found.map(entry)].join("\n\n");
  });
  return `${[INTRODUCTION, ...sections].join("\n\n")}\n`;
}

const INTRODUCTION = `# Metrics

<!-- Written from metrics/index.ts by \`npm run docs\`; edit the metric, not this file. -->

What every number means. All intervals are 95 %. Windows are half-open, days and ISO weeks belong to the configured time zone,
and what is unknown is "—", never 0. A number and its rows come from the same observations, so the rows add up to it.`;

function entry(metric: Metric): string {
  return [
    `### ${metric.title}`,
    `\`${metric.id}\`, version ${metric.version}, in ${metric.unit}${metric.better === "neither" ? "" : `, ${metric.better} is better`}`,
    metric.definition,
    ...(metric.needs === null ? [] : [`**Needs.** ${NEEDS[metric.needs]}`]),
    `**Statistic.** ${STATISTICS[metric.statistic]}`,
    `**Elsewhere.** ${metric.differs}`,
    `**Source.** <${metric.source}>`,
  ].join("\n\n");
}
