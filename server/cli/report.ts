import { withoutCredentials } from "#collectors/git/remote.ts";
import { askedScope } from "../answers/asked-scope.ts";
import { answerBackbone } from "../answers/backbone.ts";
import { answerLeadership } from "../answers/leadership.ts";
import { answerMeasures } from "../answers/measures.ts";
import { Memory } from "../answers/memory.ts";
import { answerPortfolio } from "../answers/portfolio.ts";
import { answerProgramme } from "../answers/programme.ts";
import { answerProgressService } from "../answers/progress-service.ts";
import { answerProgress } from "../answers/progress.ts";
import { answerStatus } from "../answers/status.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { ServiceRecord } from "../store/sources.ts";
import type { Arguments } from "./args.ts";
import { askedBaseline, askedInterval, askedLens, askedWindow, oneOf, refuseOperands } from "./asked.ts";
import { backboneText } from "./backbone-text.ts";
import { freezeOrWithdraw } from "./baseline.ts";
import type { Effects } from "./effects.ts";
import { prepare, withInstallation } from "./installed.ts";
import { leadershipText } from "./leadership-text.ts";
import { progressText, serviceText } from "./progress-text.ts";
import { quoted, reportText } from "./report-text.ts";
import type { Screen } from "./screen.ts";
import { createScreen } from "./screen.ts";
import { askedSheet, deliverSheet } from "./sheet.ts";
import { UsageError } from "./usage.ts";

/** `headway report`: the numbers as they are stored, the page for leadership, and what freezes them. */
export async function report(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  const work = workOf(args, effects);
  return withInstallation(args, effects, async (installation) => {
    if (!(await prepare(installation, effects))) return 1;
    await work(installation, createScreen(effects.stdout, effects.env));
    return 0;
  });
}

type Work = (installation: Installation, screen: Screen) => Promise<void>;

/** What to do, once everything that was typed is understood. @throws UsageError */
function workOf(args: Arguments, effects: Effects): Work {
  const { page, freeze, withdraw, by, reason } = args.options;
  const format = askedSheet(args, effects.stdout);
  if (freeze !== undefined || withdraw !== undefined) return printed(freezeOrWithdraw(args, again(args)));
  if (by !== undefined || reason !== undefined)
    throw new UsageError(`--${by === undefined ? "reason" : "by"} belongs to --freeze NAME or --withdraw NAME.`);
  if (page === undefined) return printed(numbers(args));
  const asked = oneOf("page", page, ["leadership", "progress", "backbone"]);
  if (asked === "progress") return printed(progressOf(args, format !== null));
  if (asked === "backbone") return printed(backboneOf(args, format !== null));
  const query = { ...askedWindow(args), ...askedLens(args), against: askedBaseline("against", args) };
  return async (installation, screen) => {
    const leadership = await answerLeadership(installation, query);
    if (format !== null) return deliverSheet(leadership, format, args, effects);
    return screen.print(
      args.json ? JSON.stringify(leadership, null, 2) : leadershipText(leadership, again(args), screen),
    );
  };
}

/** How far services have come; of one service its practices, part by part. @throws UsageError */
function progressOf({ options, json }: Arguments, isSheet: boolean): Told {
  if (isSheet) throw new UsageError(ONLY_LEADERSHIP);
  const { scope, service, to } = options;
  return async (installation, screen) => {
    const memory = new Memory(installation.store);
    const until = to === undefined ? {} : { to };
    if (service === undefined) {
      const page = await answerProgress(installation, { ...until, ...(scope !== undefined && { scope }) }, memory);
      return json ? JSON.stringify(page, null, 2) : progressText(page, screen);
    }
    const one = await answerProgressService(installation, { service, weeks: 104, ...until }, memory);
    return json ? JSON.stringify(one, null, 2) : serviceText(one, screen);
  };
}

/** What changes waited for, and the initiatives that are to change it. @throws UsageError */
function backboneOf({ json }: Arguments, isSheet: boolean): Told {
  if (isSheet) throw new UsageError(ONLY_LEADERSHIP);
  return async (installation, screen) => {
    const waited = await answerBackbone(installation, { rank: "value" }, new Memory(installation.store));
    const portfolio = await answerPortfolio(installation, {});
    const { firstAssessment } = await answerProgramme(installation, {});
    const told = { waited, portfolio, firstAssessment };
    return json ? JSON.stringify(told, null, 2) : backboneText(told, screen);
  };
}

const ONLY_LEADERSHIP = "--format belongs to --page leadership. For programs: --json.";

type Told = (installation: Installation, screen: Screen) => Promise<string>;

function printed(told: Told): Work {
  return async (installation, screen) => screen.print(await told(installation, screen));
}

function numbers(args: Arguments): Told {
  const against = askedBaseline("against", args);
  const query = { ...askedWindow(args), ...askedLens(args), interval: askedInterval(args), against };
  return async (installation, screen) => {
    const measures = await answerMeasures(installation, query);
    if (args.json) return JSON.stringify(measures, null, 2);
    const { services } = await askedScope(installation, query);
    return reportText(ofServices(await answerStatus(installation), services), measures, again(args), screen);
  };
}

/** The status as far as it is about some services. */
function ofServices(status: Reply<"/api/status">, services: readonly ServiceRecord[]): Reply<"/api/status"> {
  const asked = new Set(services.map(({ source, service }) => JSON.stringify([source, service])));
  return {
    ...status,
    services: status.services.filter(({ source, name }) => asked.has(JSON.stringify([source, name]))),
  };
}

function again({ options: { config, repo } }: Arguments): string {
  return Object.entries({ config, repo })
    .map(([name, value]) => (value === undefined ? "" : ` --${name} ${quoted(withoutCredentials(value))}`))
    .join("");
}
