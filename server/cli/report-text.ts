/** The report, as a person reads it in a terminal. */
import { metrics } from "#metrics/index.ts";
import { DEFAULT_LENS, inTime } from "#metrics/lens.ts";
import { counted, duration } from "#metrics/words.ts";
import type { Reply } from "../contract.ts";
import { dates } from "../report/dates.ts";
import { columnsFor, headLine, metricLines } from "./metric-lines.ts";
import type { Shown } from "./metric-lines.ts";
import type { Screen } from "./screen.ts";
import { wrap } from "./screen.ts";

type Status = Reply<"/api/status">;
type Service = Status["services"][number];
type Measures = Reply<"/api/measures">;

const MOST_SERVICES = 5;
const HOUR = 3_600_000;

const decimals = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/**
 * @param status of the services that are looked at.
 * @param again the options that chose what to look at, for commands that go on from here.
 */
export function reportText(status: Status, measures: Measures, again: string, screen: Screen): string {
  const { services } = status;
  const blocks = [
    heading(status, services, measures, screen),
    screen.paint("strong", wrap(measures.sentence, screen.width)),
    baselineNotes(measures, screen),
    table(measures, screen),
    qualityText(measures.quality, screen),
    notes(status, services, screen),
    where(measures, services, again, screen),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

/** What it is looking at, by which rule, over which time, how fresh. */
function heading(
  status: Status,
  services: readonly Service[],
  { scope, window, zone, interval, time }: Measures,
  screen: Screen,
): string {
  const hosts = [...new Set(status.sources.map(({ host }) => host))].join(" and ");
  const [only] = services;
  const rules = [...new Set(services.map(({ rule }) => rule))];
  const many = services.length === 0 ? "no services" : `${counted(services.length, "service")}, pooled`;
  const pool = services.length === 1 && only !== undefined ? only.name : many;
  const name = `${groupWords(scope)}${pool}`;
  const what =
    services.length === 0
      ? `${name}.`
      : rules.length === 1
        ? `${name}, from ${hosts}: ${rules[0]}.`
        : `${name}, from ${hosts}, by ${rules.length} rules: see \`headway check\`.`;
  const when = `${dates(window.from, window.to, zone)} (${zone}), by ${interval}${time === "working" ? ", in working hours" : ""} · ${freshness(status)}`;
  return [wrap(what, screen.width), screen.paint("quiet", wrap(when, screen.width))].join("\n");
}

/** "Team payments: "; nothing of a service or of all of them. */
function groupWords(scope: string): string {
  const [, kind, name] = /^(team|system|use-case):(.*)$/s.exec(scope) ?? [];
  const title = kind === "team" ? "Team" : kind === "system" ? "System" : "Use case";
  return kind === undefined || name === undefined ? "" : `${title} ${name}: `;
}

function freshness({ sources, now }: Status): string {
  const ages = sources.flatMap(({ syncedAt }) => (syncedAt === null ? [] : [Date.parse(now) - Date.parse(syncedAt)]));
  if (ages.length === 0) return "nothing collected yet";
  return `collected ${age(Math.max(...ages) / HOUR)}`;
}

/** "3 min ago". */
export function age(hours: number): string {
  return hours < 1 / 60 ? "just now" : `${duration(hours)} ago`;
}

function table({ measures, interval, time, sentence }: Measures, screen: Screen): string {
  // Where there is nothing to measure the sentence has said so.
  if (measures.every(({ whole }) => whole.reason === sentence)) return "";
  const shown = measures.flatMap((measured): Shown[] => {
    const metric = metrics.find(({ id }) => id === measured.metric);
    return metric === undefined ? [] : [{ metric: inTime(metric, { ...DEFAULT_LENS, time }), measured }];
  });
  if (shown.length === 0) return "";
  const columns = columnsFor(shown, screen.width);
  const part = (name: string, which: readonly Shown[]) => [
    headLine(name, interval, columns, screen),
    ...which.flatMap((one) => metricLines(one, columns, screen)),
  ];
  const explain = ({ metric }: Shown) => metric.factor === "context";
  return [
    ...part(
      "DORA’s five",
      shown.filter((one) => !explain(one)),
    ),
    "",
    ...part("What explains them", shown.filter(explain)),
  ].join("\n");
}

/** With which baseline everything is compared, and what weakens that. */
function baselineNotes({ against, zone }: Measures, screen: Screen): string {
  if (against === null) return "";
  const { name, window, frozenAt, signer, notes } = against;
  const frozen = `Compared with the baseline “${name}”, ${dates(window.from, window.to, zone)}, frozen on ${frozenAt.slice(0, 10)} by ${signer}.`;
  return [frozen, ...notes].map((line) => screen.paint("quiet", wrap(line, screen.width, "  "))).join("\n");
}

/** How far the numbers can be trusted. */
export function qualityText(known: Measures["quality"], screen: Screen): string {
  const parts = known.flatMap(({ title, value, unit }) => {
    if (value === null) return [];
    return [
      `${title.charAt(0).toLowerCase()}${title.slice(1)} ${decimals.format(unit === "share" ? value * 100 : value)}${unit === "share" ? " %" : ""}`,
    ];
  });
  return parts.length === 0 ? "" : screen.paint("quiet", wrap(`Data: ${parts.join(", ")}.`, screen.width, "  "));
}

/** What waits, what is missing and what failed, each with what to do. */
function notes({ sources }: Status, services: readonly Service[], screen: Screen): string {
  const waiting = services.filter((service) => service.waiting > 0 && service.deployments > 0);
  const advised = services.filter(({ advice }) => advice !== null);
  const lines = [
    ...some(
      waiting,
      (service) =>
        `${service.name}: ${counted(service.waiting, "commit")} on ${service.branch ?? "the default branch"} wait for a deployment.`,
    ),
    ...some(advised, ({ name, advice }) => `${name}: ${advice}`),
    ...sources.flatMap(({ name, error }) =>
      error === null ? [] : [`${name} could not be collected last time. ${error}`],
    ),
    ...sources
      .filter(({ state }) => state === "never")
      .map(({ name }) => `${name} has not been collected yet: headway sync.`),
    ...sources.flatMap(({ name, notices }) =>
      notices.filter(({ level }) => level === "warning").map(({ message }) => `${name}: ${message}`),
    ),
  ];
  return lines.map((line) => wrap(line, screen.width, "  ")).join("\n");
}

function some(services: readonly Service[], words: (service: Service) => string): string[] {
  const rest = services.length - MOST_SERVICES;
  return [
    ...services.slice(0, MOST_SERVICES).map(words),
    ...(rest > 0 ? [`… and ${counted(rest, "more service")}.`] : []),
  ];
}

function where(
  { window, scope: whose, service }: Measures,
  services: readonly Service[],
  again: string,
  screen: Screen,
): string {
  if (services.length === 0) return "";
  const group = /^(team|system):/.test(whose) ? ` --scope ${quoted(whose)}` : "";
  const scope = `${again}${group}${service === null ? "" : ` --service ${quoted(service)}`}`;
  // Not wrapped: they are there to be copied.
  const lines = [
    `Every number’s rows:  headway export deployments${scope} --from ${shortInstant(window.from)} --to ${shortInstant(window.to)}`,
    `What counts, and why: headway check${again}`,
    `As charts:            headway start${again}`,
  ];
  return screen.paint("quiet", lines.join("\n"));
}

/** A word for a shell. */
export function quoted(word: string): string {
  return /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function shortInstant(at: string): string {
  return at.replace(".000Z", "Z");
}
