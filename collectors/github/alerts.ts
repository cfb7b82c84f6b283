/**
 * Alerts of code scanning, Dependabot and secret scanning: those updated last first, a request for each scan when nothing is new.
 * Once a day all of them, since one that was deleted is no update. Where GitHub may not tell, it is asked once a day.
 */
import { z } from "zod";
import type { Alert } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, MINUTE } from "#metrics/time.ts";
import type { Removal } from "../collector.ts";
import { statusOf } from "../polite/index.ts";
import { alertEvent, isOpen, SCANS } from "./alert-event.ts";
import type { Finding, Scan } from "./alert-event.ts";
import type { AlertsBookmark, ScanBookmark } from "./bookmark.ts";
import { api } from "./place.ts";
import type { Place } from "./place.ts";
import { step, versionOf } from "./step.ts";
import type { Step } from "./step.ts";

export const ALL_SCANS: readonly Scan[] = ["code", "dependency", "secret"];

const OVERLAP = 10 * MINUTE;
const PAGE = 100;
/** Mostly nothing is new, and an alert is long. */
const FIRST_PAGE = 20;

const NOTHING: ScanBookmark = { newest: 0, seen: [], open: [], wholeAt: 0, refusedAt: null };

export async function* alerts(
  place: Place,
  before: AlertsBookmark | null,
  now: Instant,
): AsyncGenerator<Step<AlertsBookmark>> {
  let shown: Promise<unknown> | null = null;
  const mustBeShown = () => (shown ??= place.client.get(api(place), z.unknown()));
  const bookmark: AlertsBookmark = { code: null, dependency: null, secret: null, ...before };
  for (const [index, scan] of ALL_SCANS.entries()) {
    const taken = await scanned(place, scan, bookmark[scan] ?? NOTHING, now, mustBeShown);
    bookmark[scan] = taken.bookmark;
    yield { ...taken, bookmark: { ...bookmark }, done: (index + 1) / ALL_SCANS.length };
  }
}

async function scanned(
  place: Place,
  scan: Scan,
  before: ScanBookmark,
  now: Instant,
  mustBeShown: () => Promise<unknown>,
): Promise<Step<ScanBookmark>> {
  if (before.refusedAt !== null && now - before.refusedAt < DAY) return step(before);
  try {
    const isDue = now - before.wholeAt >= DAY;
    return await (isDue ? whole(place, scan, before, now) : updates(place, scan, before));
  } catch (error) {
    if (!isRefused(error)) throw error;
    // From a repository that was hidden meanwhile everything is missing.
    if (statusOf(error) === 404) await mustBeShown();
    return step({ ...before, refusedAt: now });
  }
}

/** The token lacks the permission, the plan the feature, or the feature is switched off. */
function isRefused(error: unknown): boolean {
  return [403, 404, 410, 451].includes(statusOf(error) ?? 0);
}

async function updates(place: Place, scan: Scan, before: ScanBookmark): Promise<Step<ScanBookmark>> {
  const found = await list(place, scan, before.newest - OVERLAP);
  return take(place, scan, before, found);
}

/** What is missing is looked for twice: an alert that is updated while the pages are read moves to one that was read already. */
async function whole(place: Place, scan: Scan, before: ScanBookmark, now: Instant): Promise<Step<ScanBookmark>> {
  let found = await list(place, scan, -Infinity);
  if (before.open.some((number) => !found.has(number)))
    found = new Map([...found, ...(await list(place, scan, -Infinity))]);
  const gone = before.open.filter((number) => !found.has(number));
  const left = { ...before, open: before.open.filter((number) => found.has(number)) };
  const { bookmark, events } = take(place, scan, left, found);
  const removed = gone.map((number) => removal(place, scan, number));
  return step({ ...bookmark, wholeAt: now }, { events, removed });
}

/** By number, those updated since then. */
async function list(place: Place, scan: Scan, since: Instant): Promise<Map<number, Finding>> {
  const { path, type } = SCANS[scan];
  const first = Number.isFinite(since) ? FIRST_PAGE : PAGE;
  const found = new Map<number, Finding>();
  let address: string | null = `${path}sort=updated&direction=desc&per_page=${first}`;
  while (address !== null) {
    const page: { data: Finding[]; next: string | null } = await place.client.get(`${api(place)}${address}`, type);
    const updated = page.data.filter(({ updatedAt }) => updatedAt >= since);
    // What is met again further down has shifted; the version met first is the newer one or the same.
    for (const finding of updated) if (!found.has(finding.number)) found.set(finding.number, finding);
    // Dependabot pages by a cursor that only its link knows.
    const isLast = page.next === null || updated.length === 0 || updated.length < page.data.length;
    address = isLast ? null : `${path.split("?")[0]}${page.next}`;
  }
  return found;
}

function take(place: Place, scan: Scan, before: ScanBookmark, found: ReadonlyMap<number, Finding>): Step<ScanBookmark> {
  const findings = [...found.values()];
  const newest = Math.max(before.newest, ...findings.map(({ updatedAt }) => updatedAt));
  const known = new Map(before.seen);
  const open = new Set(before.open);
  const seen: [string, string][] = [];
  const events: Alert[] = [];
  for (const finding of findings) {
    const event = alertEvent(place, scan, finding);
    const version = versionOf(event);
    const isLate = finding.updatedAt >= before.newest - OVERLAP;
    if (isLate ? known.get(event.id) !== version : isOpen(finding) !== open.has(finding.number)) events.push(event);
    if (finding.updatedAt >= newest - OVERLAP) seen.push([event.id, version]);
    if (isOpen(finding)) open.add(finding.number);
    else open.delete(finding.number);
  }
  return step({ ...before, newest, seen, open: [...open], refusedAt: null }, { events });
}

function removal({ identity }: Place, scan: Scan, number: number): Removal {
  return { kind: "alert", repository: identity.repository, id: `${scan}/${number}` };
}
