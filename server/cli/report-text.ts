/** The report, as a person reads it in a terminal. */
import { metrics } from "#metrics/index.ts";
import { counted, duration } from "#metrics/words.ts";
import type { Reply } from "../contract.ts";
import { columnsFor, headLine, metricLines } from "./metric-lines.ts";
import type { Shown } from "./metric-lines.ts";
import type { Screen } from "./screen.ts";
import { wrap } from "./screen.ts";

type Status = Reply<"/api/status">;
type Service = Status["services"][number];
type Measures = Reply<"/api/measures">;

const MOST_SERVICES = 5;
const HOUR = 3_600_000;

export function reportText(status: Status, measures: Measures, screen: Screen): string {
  const services = status.services.filter(({ name }) => measures.service === null || name === measures.service);
  const blocks = [
    heading(status, services, measures, screen),
    screen.paint("strong", wrap(measures.sentence, screen.width)),
    table(measures, screen),
    notes(status, services, screen),
    where(measures, services, screen),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

/** What it is looking at, by which rule, over which time, how fresh. */
function heading(status: Status, services: readonly Service[], { window, zone, interval }: Measures, screen: Screen): string {
  const hosts = [...new Set(status.sources.map(({ host }) => host))].join(" and ");
  const [only] = services;
  const rules = [...new Set(services.map(({ rule }) => rule))];
  const name = services.length === 1 && only !== undefined ? only.name : `${counted(services.length, "service")}, pooled`;
  const what = rules.length === 1 ? `${name}, from ${hosts}: ${rules[0]}.` : `${name}, from ${hosts}, by ${rules.length} rules: see \`headway check\`.`;
  const when = `${dates(window.from, window.to, zone)} (${zone}), by ${interval} · ${freshness(status)}`;
  return [wrap(what, screen.width), screen.paint("quiet", wrap(when, screen.width))].join("\n");
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

function table({ measures }: Measures, screen: Screen): string {
  const shown = measures.flatMap((measured): Shown[] => {
    const metric = metrics.find(({ id }) => id === measured.metric);
    return metric === undefined ? [] : [{ metric, measured }];
  });
  if (shown.length === 0) return "";
  const columns = columnsFor(shown, screen.width);
  const part = (name: string, which: readonly Shown[]) => [
    headLine(name, columns, screen),
    ...which.flatMap((one) => metricLines(one, columns, screen)),
  ];
  const explain = ({ metric }: Shown) => metric.factor === "context";
  return [
    ...part("DORA’s five", shown.filter((one) => !explain(one))),
    "",
    ...part("What explains them", shown.filter(explain)),
  ].join("\n");
}

/** What waits, what is missing and what failed, each with what to do. */
function notes({ sources }: Status, services: readonly Service[], screen: Screen): string {
  const waiting = services.filter((service) => service.waiting > 0 && service.deployments > 0);
  const advised = services.filter(({ advice }) => advice !== null);
  const lines = [
    ...some(waiting, (service) => `${service.name}: ${counted(service.waiting, "commit")} on ${service.branch ?? "the default branch"} wait for a deployment.`),
    ...some(advised, ({ name, advice }) => `${name}: ${advice}`),
    ...sources.flatMap(({ name, error }) => (error === null ? [] : [`${name} could not be collected last time. ${error}`])),
    ...sources.filter(({ state }) => state === "never").map(({ name }) => `${name} has not been collected yet: headway sync.`),
    ...sources.flatMap(({ name, notices }) => notices.filter(({ level }) => level === "warning").map(({ message }) => `${name}: ${message}`)),
  ];
  return lines.map((line) => wrap(line, screen.width, "  ")).join("\n");
}

function some(services: readonly Service[], words: (service: Service) => string): string[] {
  const rest = services.length - MOST_SERVICES;
  return [...services.slice(0, MOST_SERVICES).map(words), ...(rest > 0 ? [`… and ${counted(rest, "more service")}.`] : [])];
}

function where({ window, service }: Measures, services: readonly Service[], screen: Screen): string {
  if (services.length === 0) return "";
  const scope = service === null ? "" : ` --service ${/^[\w./@-]+$/.test(service) ? service : `'${service}'`}`;
  return screen.paint("quiet", [
    `Every number’s rows: headway export deployments${scope} --from ${window.from} --to ${window.to}`,
    "(or export commits). What counts and why: headway check. As charts: headway start",
  ].map((line) => wrap(line, screen.width, "  ")).join("\n"));
}

/** "25 May to 22 Nov 2026": the days a half-open window touches. */
function dates(from: string, to: string, zone: string): string {
  const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: zone });
  return days.formatRange(Date.parse(from), Date.parse(to) - 1).replace(/\s*–\s*/u, " to ");
}
