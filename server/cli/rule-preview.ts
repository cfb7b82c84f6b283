/** What a release rule counts in each service: it is looked at before it is saved. */
import { counted } from "#metrics/words.ts";
import { answerReleaseRule } from "../answers/release-rule.ts";
import { answerStatus } from "../answers/status.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { Screen } from "./screen.ts";
import { wrap } from "./screen.ts";

type Preview = Reply<"/api/rules/releases">;

export interface RulePreview extends Preview {
  readonly service: string;
  /** Releases this rule finds beside the default branch, or would find if it looked there. */
  readonly besideDefaultBranch: number;
  /** What the rule in force counts, where another is previewed; else `null`. */
  readonly inForce: number | null;
}

export interface AskedRule {
  readonly tags: string | undefined;
  readonly branch: "any" | "default" | undefined;
}

export async function previewRules(installation: Installation, asked: AskedRule): Promise<RulePreview[]> {
  const { services } = await answerStatus(installation);
  const isAnother = asked.tags !== undefined || asked.branch !== undefined;
  const previews: RulePreview[] = [];
  for (const { name: service } of services) {
    const ask = (rule: AskedRule) => answerReleaseRule(installation, { service, ...rule });
    const [preview, anywhere, onDefault] = [
      await ask(asked),
      await ask({ ...asked, branch: "any" }),
      await ask({ ...asked, branch: "default" }),
    ];
    const inForce = isAnother ? (await ask({ tags: undefined, branch: undefined })).counted : null;
    previews.push({ ...preview, service, besideDefaultBranch: anywhere.counted - onDefault.counted, inForce });
  }
  return previews;
}

export function previewLines(preview: RulePreview, screen: Screen): string[] {
  const { service, rule, counted: all, last90Days, newest, skipped, besideDefaultBranch, inForce } = preview;
  const lines = [
    `counts ${counted(all, "release")}, ${last90Days} of them in the last 90 days`,
    ...(inForce === null
      ? []
      : [`the rule in force counts ${inForce}; to save this one, write it under releases: in the configuration`]),
    ...(newest.length === 0
      ? []
      : [`newest: ${newest.map(({ name, at }) => `${name} (${at.slice(0, 10)})`).join(", ")}`]),
    besideWords(besideDefaultBranch, rule),
    ...skipped.map(
      ({ reason, count, examples }) =>
        `not counted, ${reason}: ${count} (${examples.join(", ")}${count > examples.length ? ", …" : ""})`,
    ),
  ];
  return [
    screen.paint("strong", wrap(`${service}: ${rule}`, screen.width, "  ")),
    ...lines.flatMap((line) => wrap(`${line}`, screen.width - 2, "  ").split("\n")).map((line) => `  ${line}`),
  ];
}

function besideWords(beside: number, rule: string): string {
  if (beside === 0) return "all of them lie on the default branch, so --branch default counts the same";
  if (rule.includes("on the default branch")) return `${beside} more on release branches would count with --branch any`;
  return beside === 1
    ? "1 of them lies on a release branch; --branch default would leave it out"
    : `${beside} of them lie on release branches; --branch default would leave them out`;
}
