/** What a person should know of the repositories of a source, one notice for all that are alike. */
import type { Notice } from "../collector.ts";
import type { Scan } from "./alert-event.ts";
import { ALL_SCANS } from "./alerts.ts";
import type { AlertsBookmark } from "./bookmark.ts";

/** Names that are worth reading; of more, their number is told. */
const NAMED = 5;

/** @param names of the repositories that are archived. */
export function archived(names: readonly string[]): Notice[] {
  if (names.length === 0) return [];
  const message = `Archived: ${listed(names)}. Nothing is delivered there any more, so weeks after that are not counted; what was before still is. Nothing needs to be done.`;
  return [{ level: "info", code: "archived", message }];
}

/** @param sentences one for each repository, saying what became of it. */
export function gone(sentences: readonly string[]): Notice[] {
  if (sentences.length === 0) return [];
  const others = sentences.length - NAMED;
  const told = [...sentences.slice(0, NAMED), ...(others > 0 ? [`The same goes for ${others} more.`] : [])].join(" ");
  const message = `${told} Nothing new is read there, and its history is kept and still counts. If that is meant, nothing needs to be done (\`exclude\` silences this). Otherwise let the token see it again; one that was transferred needs a source of its new owner.`;
  return [{ level: "warning", code: "repository-gone", message }];
}

/** What each scan is called, and the permission that it takes. */
const NEEDS: Record<Scan, { readonly what: string; readonly permission: string }> = {
  code: { what: "code scanning", permission: "Code scanning alerts: read" },
  dependency: { what: "Dependabot", permission: "Dependabot alerts: read" },
  secret: { what: "secret scanning", permission: "Secret scanning alerts: read" },
};

/** @param read what is remembered of the alerts of each repository, by its name. */
export function withheldAlerts(read: ReadonlyMap<string, AlertsBookmark>): Notice[] {
  const refused = ALL_SCANS.map((scan) => ({
    ...NEEDS[scan],
    names: [...read].filter(([, bookmark]) => (bookmark[scan]?.refusedAt ?? null) !== null).map(([name]) => name),
  })).filter(({ names }) => names.length > 0);
  if (refused.length === 0) return [];
  const what = refused.map((one) => `${one.what} in ${listed(one.names)}`).join("; ");
  const permissions = refused.map(({ permission }) => `“${permission}”`).join(", ");
  const message = `GitHub does not tell the alerts of ${what}, so they are missing from what is known of security. Where the feature is off, there are none. Otherwise give the token the permission ${permissions} (a classic token: the scope security_events). It is tried once a day; \`alerts: false\` stops that.`;
  return [{ level: "info", code: "no-alerts", message }];
}

function listed(names: readonly string[]): string {
  const others = names.length - NAMED;
  return [...names.slice(0, NAMED), ...(others > 0 ? [`${others} more`] : [])].join(", ");
}
