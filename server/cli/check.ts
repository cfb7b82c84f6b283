import { sourceName } from "#collectors/index.ts";
import type { SourceOptions } from "#collectors/index.ts";
import { HostError } from "#collectors/collector.ts";
import { withoutCredentials } from "#collectors/git/remote.ts";
import { ConfigError } from "#config/errors.ts";
import { loadConfig } from "#config/load.ts";
import { planOf } from "../services.ts";
import { sourceKeys } from "../installation.ts";
import { unknownOwned } from "../structure.ts";
import { StoreError } from "../store/errors.ts";
import { VERSION } from "../version.ts";
import type { Arguments } from "./args.ts";
import { refuseOperands } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { failureOf, isMissingDriver } from "./failure.ts";
import type { Finding } from "./findings.ts";
import { findGit, findSources } from "./findings.ts";
import { findSecrets } from "./key-findings.ts";
import { findAccess } from "./access-findings.ts";
import { findLogin } from "./login-findings.ts";
import { findGround } from "./ground.ts";
import { prepare, withInstallation } from "./installed.ts";
import { printPrivacy } from "./privacy.ts";
import type { AskedRule, RulePreview } from "./rule-preview.ts";
import { askedRule, previewLines, previewRules } from "./rule-preview.ts";
import type { Screen } from "./screen.ts";
import { createScreen, wrap } from "./screen.ts";
import { byNumber } from "#metrics/plurals.ts";

interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly rules: readonly RulePreview[];
}

/** `headway check`: what is wrong and what to do. Fails when something is broken. */
export async function check(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  if (args.privacy) return printPrivacy(args, effects);
  const rule = askedRule(args);
  const { findings, rules } = await diagnose(args, effects, rule);
  const screen = createScreen(effects.stdout, effects.env);
  const broken = findings.filter(({ level }) => level === "broken").length;
  await screen.print(
    args.json ? JSON.stringify({ version: VERSION, broken, findings, rules }, null, 2) : text(findings, rules, screen),
  );
  return broken > 0 ? 1 : 0;
}

/** Where a source is, as a person wrote it. */
function placeOf(source: SourceOptions): string {
  return source.host === "git" ? (source.path ?? withoutCredentials(source.url ?? "")) : sourceName(source);
}

/** From the ground up: what would stand on something broken is not looked at. */
async function diagnose(args: Arguments, effects: Effects, rule: AskedRule): Promise<Diagnosis> {
  const findings: Finding[] = [
    { level: "fine", about: "Headway", message: `${VERSION} on Node ${process.versions.node}` },
    await findGit(effects.env),
  ];
  const rules: RulePreview[] = [];
  try {
    const { config, repo } = args.options;
    const { file, sources } = await loadConfig({ cwd: effects.cwd, env: effects.env, config, repo });
    const looksAt = sources.map(placeOf).join(", ");
    findings.push({ level: "fine", about: "configuration", message: file ?? `none; looking at ${looksAt}` });
    await withInstallation(args, effects, async (installation) => {
      findings.push(...(await findGround(installation)));
      findings.push(await findSecrets(installation.config, effects));
      findings.push(...(await findAccess(installation)), ...(await findLogin(installation)));
      // Where nothing was collected yet, that is the best test of a source, and without tags no rule can be previewed.
      await prepare(installation, effects);
      findings.push(...(await findSources(installation, effects)));
      for (const message of (await planOf(installation)).problems)
        findings.push({ level: "warning", about: "services", message });
      const services = await installation.store.services(sourceKeys(installation));
      const names = services.map(({ service }) => service);
      for (const message of unknownOwned(installation.config, names))
        findings.push({ level: "warning", about: "teams", message });
      rules.push(...(await previewRules(installation, rule)));
      return 0;
    });
  } catch (error) {
    const about = aboutOf(error);
    if (about === null || effects.signal.aborted) throw error;
    findings.push({ level: "broken", about, message: failureOf(error).message });
  }
  return { findings, rules };
}

/** What a foreseen failure is about; `null` for what `check` cannot explain. */
function aboutOf(error: unknown): string | null {
  if (error instanceof ConfigError) return "configuration";
  if (error instanceof StoreError || isMissingDriver(error)) return "database";
  return error instanceof HostError ? "sources" : null;
}

function text(findings: readonly Finding[], rules: readonly RulePreview[], screen: Screen): string {
  const column = Math.max(...findings.map(({ about }) => about.length));
  const lines = findings.flatMap(({ level, about, message }) => {
    const tone = level === "broken" ? "bad" : "other";
    const sign = level === "fine" ? "✓" : screen.paint(tone, level === "broken" ? "✗" : "!");
    const indent = " ".repeat(Math.min(column, 24) + 4);
    const body = wrap(message, screen.width - indent.length).split(/\n/);
    return body.map((line, index) =>
      index === 0 ? `${sign} ${about.padEnd(indent.length - 2)}${line}` : `${indent}${line}`,
    );
  });
  const broken = findings.filter(({ level }) => level === "broken").length;
  const verdict =
    broken === 0
      ? "Nothing is broken."
      : `${broken} of these ${byNumber(broken, "is", "are")} broken (✗): mend ${byNumber(broken, "it", "them")} as said, and check again.`;
  const previews = rules.flatMap((preview) => ["", ...previewLines(preview, screen)]);
  return [...lines, ...previews, "", screen.paint("strong", verdict)].join("\n");
}
