/** Security is looked after in the pipeline and not before a release. */
import type { AlertFact, PipelineFact } from "../../facts.ts";
import type { Instant } from "../../time.ts";
import { DAY, hoursBetween, within } from "../../time.ts";
import { counted } from "../../words.ts";
import type { Evidence } from "./evidence.ts";
import { during } from "./evidence.ts";
import type { Part, Practice } from "./practice.ts";
import { HALF, USUAL } from "./practice.ts";
import { answered, changeRow, isWithin, shareOf, unmeasurable } from "./readings.ts";
import { NO_RUNS, percent, PLAIN_GIT } from "./words.ts";

/** Names of workflows that scan: products, and what people call such a workflow. */
const SCAN =
  /\b(?:codeql|semgrep|snyk|trivy|grype|sonar\w*|gitleaks|trufflehog|checkmarx|fortify|veracode|bandit|sast|dast|sca|security|vulnerabilit\w*|scan(?:s|ning)?)\b/i;

function isScan({ name }: PipelineFact): boolean {
  return SCAN.test(name);
}

/** Whether any run scans: the same for every week that is read. */
function hasScans({ runs: { facts } }: Evidence): boolean {
  const known = scanning.get(facts) ?? facts.some(isScan);
  scanning.set(facts, known);
  return known;
}

const scanning = new WeakMap<readonly PipelineFact[], boolean>();

const scanned: Part = {
  ...USUAL,
  id: "scanned-merges",
  condition: ({ scannedShare }) =>
    `At least ${percent(scannedShare)} of the merged changes were scanned: a workflow whose name says so ran on their last or their merge commit.`,
  threshold: ({ scannedShare }) => scannedShare,
  read: (evidence, week) => {
    if (!evidence.hasHost) return unmeasurable(`${PLAIN_GIT} which changes were scanned.`);
    if (evidence.runs.facts.length === 0) return unmeasurable(NO_RUNS);
    if (!hasScans(evidence)) return unmeasurable(NO_SCANS);
    return shareOf(
      during(evidence.merged, week).map((change) => {
        const head = evidence.told.heads?.get(change.id) ?? null;
        const runs = [...evidence.runsOf(change.mergeCommit), ...evidence.runsOf(head)];
        return changeRow(change, runs.some(isScan));
      }),
    );
  },
};

const NO_SCANS =
  "No workflow has a name that says it scans (CodeQL, Trivy, SAST, …): scans that are a job of another workflow are not collected.";

const alertAge: Part = {
  ...USUAL,
  id: "alert-age",
  condition: ({ alertDays }) =>
    `Beside it: half of the critical and high alerts open at the end of the week are younger than ${counted(alertDays, "day")}.`,
  threshold: HALF,
  isRequired: false,
  read: (evidence, week, { alertDays }) => {
    if (evidence.alerts.length === 0)
      return unmeasurable("No alert of a scanner is known here: nobody knows whether there was none or nobody looked.");
    const open = evidence.alerts.filter((alert) => isSerious(alert) && isOpenAt(alert, week.to));
    return answered(
      open.map(({ id, openedAt }) => ({ kind: "alert", id, isMet: week.to - openedAt < alertDays * DAY })),
      true,
    );
  },
};

function isSerious({ severity }: AlertFact): boolean {
  return severity === "critical" || severity === "high";
}

function isOpenAt({ openedAt, fixedAt, dismissedAt }: AlertFact, at: Instant): boolean {
  return openedAt < at && (fixedAt ?? Infinity) >= at && (dismissedAt ?? Infinity) >= at;
}

const dependencyAge: Part = {
  ...USUAL,
  id: "dependency-age",
  condition: ({ dependencyDays }) =>
    `Beside it: half of the dependency changes are merged within ${counted(dependencyDays, "day")} of their opening.`,
  threshold: HALF,
  isRequired: false,
  read: (evidence, week, { dependencyDays }) => {
    if (!evidence.hasHost) return unmeasurable(`${PLAIN_GIT} when a change was opened.`);
    return shareOf(
      during(evidence.merged, week)
        .filter(({ workType, mergedAt }) => workType === "dependency" && within(mergedAt, week))
        .map((change) =>
          changeRow(change, isWithin(hoursBetween(change.openedAt, change.mergedAt), dependencyDays * 24)),
        ),
      "Of those that were merged: one that is closed because a newer one came is not in it.",
    );
  },
};

export const security: Practice = {
  id: "security",
  title: "Security in the pipeline",
  why: "What is found at the merge is mended by whoever knows it, for little.",
  source: "https://dora.dev/capabilities/pervasive-security/",
  parts: [scanned, alertAge, dependencyAge],
};
