/** What a deployment rule counts in each service: it is looked at before it is saved. */
import { ORIGINS } from "#metrics/rules.ts";
import { counted } from "#metrics/words.ts";
import { answerRulePreview } from "../answers/rule-preview.ts";
import { answerStatus } from "../answers/status.ts";
import { askedScope } from "../answers/asked-scope.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { Arguments } from "./args.ts";
import { oneOf } from "./asked.ts";
import type { Screen } from "./screen.ts";
import { wrap } from "./screen.ts";
import { UsageError } from "./usage.ts";

type Preview = Reply<"/api/rules/preview">;

export interface RulePreview extends Omit<Preview, "inForce"> {
  readonly service: string;
  /** Releases this rule finds beside the default branch, or would find if it looked there. */
  readonly besideDefaultBranch: number;
  /** What the rule in force counts, where another is previewed; else `null`. */
  readonly inForce: number | null;
}

export type AskedRule = Omit<Query<"/api/rules/preview">, "service" | "paths"> & {
  /** Default: each. */
  readonly service: string | undefined;
};

const BRANCHES: readonly ["any", "default"] = ["any", "default"];
const MONTHS = 6;

/** @throws UsageError when an option belongs to another rule. */
export function askedRule({ options }: Arguments): AskedRule {
  const { rules, service, tags, branch, name, workflow, environment, production } = options;
  const from = rules === undefined ? undefined : oneOf("rules", rules, ORIGINS);
  const isRun = from === "jobs" || from === "runs";
  const stray = Object.entries({ name, workflow, environment }).find(([, value]) => value !== undefined);
  if (!isRun && stray !== undefined)
    throw new UsageError(`--${stray[0]} belongs to rules on jobs and runs: add --rules jobs or --rules runs.`);
  if (isRun && name === undefined)
    throw new UsageError(`--rules ${from} needs --name, a regular expression such as --name '^deploy'.`);
  const releaseBranch = branch === undefined || isRun ? undefined : oneOf("branch", branch, BRANCHES);
  return {
    service,
    from,
    name,
    workflow,
    environment,
    production,
    tags,
    releaseBranch,
    branch: isRun ? branch : undefined,
  };
}

export async function previewRules(installation: Installation, asked: AskedRule): Promise<RulePreview[]> {
  const { service: only, ...rule } = asked;
  if (only !== undefined) await askedScope(installation, { service: only });
  const { services } = await answerStatus(installation);
  const isAnother = Object.values(rule).some((value) => value !== undefined);
  const previews: RulePreview[] = [];
  for (const { name: service } of services) {
    if (only !== undefined && service !== only) continue;
    const { inForce, ...preview } = await answerRulePreview(installation, { ...rule, service, paths: undefined });
    const beside = await besideDefaultBranch(installation, service, rule, preview);
    previews.push({ ...preview, service, besideDefaultBranch: beside, inForce: isAnother ? inForce.counted : null });
  }
  return previews;
}

/** Of releases and tags; others lie where they lie. */
async function besideDefaultBranch(
  installation: Installation,
  service: string,
  rule: Omit<AskedRule, "service">,
  { route, rule: words }: Omit<Preview, "inForce">,
): Promise<number> {
  const isTag = route === "tag" || route === "release" || (route === null && / tags? /.test(words));
  if (!isTag) return 0;
  const count = async (releaseBranch: "any" | "default") =>
    (await answerRulePreview(installation, { ...rule, service, releaseBranch, paths: undefined })).counted;
  return (await count("any")) - (await count("default"));
}

export function previewLines(preview: RulePreview, screen: Screen): string[] {
  const { service, rule, newest, skipped, inForce, missing } = preview;
  const lines = [
    countWords(preview),
    ...(inForce === null
      ? []
      : [`the rule in force counts ${inForce}; to save this one, write it under services: in the configuration`]),
    ...(newest.length === 0
      ? []
      : [`newest: ${newest.map(({ name, at }) => `${name} (${at.slice(0, 10)})`).join(", ")}`]),
    ...(newest.length === 0 ? [] : [`by month: ${monthWords(preview)}`]),
    ...besideWords(preview),
    ...skipped.map(
      ({ reason, count, examples }) =>
        `not counted, ${reason}: ${count} (${examples.join(", ")}${count > examples.length ? ", …" : ""})`,
    ),
    ...(missing === null ? [] : [missing]),
  ];
  return [
    screen.paint("strong", wrap(`${service}: ${rule}`, screen.width, "  ")),
    ...lines.flatMap((line) => wrap(`${line}`, screen.width - 2, "  ").split("\n")).map((line) => `  ${line}`),
  ];
}

function countWords({ counted: all, last90Days, route, inForce }: RulePreview): string {
  const noun = route === "release" || route === "tag" ? "release" : route === "merge" ? "merge" : "deployment";
  return `${inForce === null ? "counts" : "would have counted"} ${counted(all, noun)}, ${last90Days} of them in the last 90 days`;
}

function monthWords({ perMonth }: RulePreview): string {
  return perMonth
    .slice(-MONTHS)
    .map(({ month, count }) => `${month} ${count}`)
    .join(", ");
}

function besideWords({ route, rule, besideDefaultBranch: beside }: RulePreview): string[] {
  if (route !== null && route !== "release" && route !== "tag") return [];
  if (beside === 0)
    return route === null ? [] : ["all of them lie on the default branch, so --branch default counts the same"];
  if (rule.includes("on the default branch"))
    return [`${beside} more on release branches would count with --branch any`];
  return [
    beside === 1
      ? "1 of them lies on a release branch; --branch default would leave it out"
      : `${beside} of them lie on release branches; --branch default would leave them out`,
  ];
}
