/**
 * What GitHub's three scanners found, in one shape. Of a secret nothing is read but its kind.
 * https://docs.github.com/rest/code-scanning/code-scanning, https://docs.github.com/rest/dependabot/alerts,
 * https://docs.github.com/rest/secret-scanning/secret-scanning
 */
import { z } from "zod";
import type { Alert } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { At } from "./payload.ts";
import type { Place } from "./place.ts";

export type Scan = Alert["scan"];

/** An alert as its scan lists it. */
export interface Finding extends Pick<Alert, "severity" | "url" | "title" | "openedAt" | "fixedAt" | "dismissedAt"> {
  readonly number: number;
  readonly updatedAt: Instant;
}

const Common = z.object({
  number: z.number(),
  state: z.string(),
  html_url: z.string(),
  created_at: At,
  updated_at: At.nullish(),
});

const MaybeAt = At.nullish().transform((at) => at ?? null);

const CodeAlert = Common.extend({
  fixed_at: MaybeAt,
  dismissed_at: MaybeAt,
  rule: z.object({
    id: z.string().nullish(),
    name: z.string().nullish(),
    description: z.string().nullish(),
    severity: z.string().nullish(),
    security_severity_level: z.string().nullish(),
  }),
}).transform(({ rule, ...alert }): Finding => {
  const title = rule.description ?? rule.name ?? rule.id ?? "Code scanning alert";
  const severity = severityOf(rule.security_severity_level ?? rule.severity);
  return { ...common(alert), severity, title, ...ending(alert.state, alert.fixed_at, alert.dismissed_at) };
});

const DependencyAlert = Common.extend({
  fixed_at: MaybeAt,
  dismissed_at: MaybeAt,
  auto_dismissed_at: MaybeAt,
  security_advisory: z.object({ summary: z.string(), severity: z.string().nullish() }),
}).transform(({ security_advisory: { summary, severity }, ...alert }): Finding => {
  const dismissedAt = alert.dismissed_at ?? alert.auto_dismissed_at;
  return {
    ...common(alert),
    severity: severityOf(severity),
    title: summary,
    ...ending(alert.state, alert.fixed_at, dismissedAt),
  };
});

const SecretAlert = Common.extend({
  resolution: z.string().nullish(),
  resolved_at: MaybeAt,
  secret_type: z.string().nullish(),
  secret_type_display_name: z.string().nullish(),
}).transform(({ resolution, resolved_at, ...alert }): Finding => {
  const title = alert.secret_type_display_name ?? alert.secret_type ?? "Secret";
  // Only a secret that was revoked is of no use any more; all other resolutions say that it need not be.
  const isFixed = resolution === "revoked";
  return { ...common(alert), severity: null, title, ...ending(alert.state, isFixed ? resolved_at : null, resolved_at) };
});

/** Where each scan lists its alerts, and how. */
export const SCANS: Record<Scan, { readonly path: string; readonly type: z.ZodType<Finding[]> }> = {
  code: { path: "/code-scanning/alerts?", type: z.array(CodeAlert) },
  dependency: { path: "/dependabot/alerts?", type: z.array(DependencyAlert) },
  secret: { path: "/secret-scanning/alerts?hide_secret=true&", type: z.array(SecretAlert) },
};

export function alertEvent({ identity }: Place, scan: Scan, finding: Finding): Alert {
  const { number, severity, url, title, openedAt, fixedAt, dismissedAt } = finding;
  const told = { scan, severity, url, title, openedAt, fixedAt, dismissedAt };
  return { kind: "alert", ...identity, id: `${scan}/${number}`, ...told };
}

export function isOpen({ fixedAt, dismissedAt }: Finding): boolean {
  return fixedAt === null && dismissedAt === null;
}

function common({ number, html_url, created_at, updated_at }: z.infer<typeof Common>) {
  return { number, url: html_url, openedAt: created_at, updatedAt: updated_at ?? created_at };
}

/** One that was opened again keeps nothing of how it ended before. */
function ending(state: string, fixedAt: Instant | null, dismissedAt: Instant | null) {
  if (state === "open") return { fixedAt: null, dismissedAt: null };
  return { fixedAt, dismissedAt: fixedAt === null ? dismissedAt : null };
}

/** Rules that are not about security have a level of their own: https://docs.github.com/code-security/code-scanning/managing-code-scanning-alerts/about-code-scanning-alerts#about-alert-severity-and-security-severity-levels */
function severityOf(told: string | null | undefined): Alert["severity"] {
  switch (told) {
    case "critical":
    case "high":
    case "medium":
    case "low":
      return told;
    case "error":
      return "high";
    case "warning":
    case "moderate":
      return "medium";
    case "note":
      return "low";
    default:
      return null;
  }
}
