/** What is in progress where releases are known; nothing where no host tells of it. */
import type { Reply } from "#server/contract.ts";

import { NOW } from "./facts.ts";
import type { Scenario } from "./scenarios.ts";
import { iso } from "./series.ts";

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;

export function flowOf({ facts }: Scenario): Reply<"/api/flow"> {
  const isKnown = facts.deployments.length > 0;
  const reason = isKnown ? null : "Only a host knows what is open and since when: connect GitHub or GitLab.";
  const row = {
    id: "7",
    title: "Round amounts half to even",
    service: "headway",
    url: "https://git.example/acme/headway/pull/7",
    since: iso(NOW - 200 * HOUR),
    ageHours: 200,
    words: "Older than the 2 d within which 85 % are merged. May take longer than anything seen.",
  };
  const waiting = { ...row, id: "8", title: "Drop the old export", url: null };
  return {
    window: { from: iso(NOW - 26 * WEEK), to: iso(NOW) },
    isPast: false,
    at: iso(NOW),
    sentence: reason ?? "1 change in progress; 1 merged change waits for deployment.",
    reason,
    usual: { p85: isKnown ? 48 : null, n: isKnown ? 90 : 0, open: isKnown ? 1 : 0 },
    open: {
      total: isKnown ? 1 : 0,
      old: isKnown ? 1 : 0,
      stages: [{ stage: "coding", changes: isKnown ? 1 : 0, hours: isKnown ? 200 : 0 }],
      rows: isKnown ? [{ ...row, stage: "coding", isOld: true, p50: null, p85: null }] : [],
    },
    waiting: { total: isKnown ? 1 : 0, rows: isKnown ? [waiting] : [] },
    kinds: {
      changes: isKnown ? 10 : 0,
      untold: 0,
      rows: [
        { type: "feature", title: "Features", changes: 7, share: 0.7, low: 0.397, high: 0.892 },
        { type: "fix", title: "Fixes", changes: 3, share: 0.3, low: 0.108, high: 0.603 },
      ],
      words: isKnown
        ? "Features are 70 % of 10 changes that say what they are (proxy)."
        : "No change was merged in this window.",
    },
    series: [0, 1, 2].map((week) => ({
      label: `2026-W0${week + 1}`,
      from: iso(NOW - (3 - week) * WEEK),
      to: iso(NOW - (2 - week) * WEEK),
      partial: week === 2,
      open: isKnown ? week : null,
      signal: isKnown && week === 1 ? "above the limits of normal variation" : null,
      standing: isKnown ? { coding: week, pickup: 0, review: 0, waiting: 1, done: 3 * week } : null,
    })),
    level: {
      limits: isKnown ? { from: iso(NOW - 3 * WEEK), to: iso(NOW), centre: 0.5, lower: 0, upper: 0.9 } : null,
      words: isKnown ? "1 signal in 2 weeks. Limits rest on the first 2 complete weeks of this window." : "No limits.",
    },
    throughput: [],
    forecast: {
      weeks: isKnown ? { p50: 1, p85: 2, p95: 2 } : null,
      covered: null,
      intervals: 0,
      words: isKnown ? "As many changes as are open now (1) are merged within 2 weeks." : "No forecast.",
    },
    stability: { residual: null, stable: null, words: "0 changes ended: too few to check (from 10)." },
  };
}

/** Three changes of the last weeks, of which one took far longer; none where no host tells of any. */
export function cycleTimesOf({ facts }: Scenario): Reply<"/api/rows"> {
  const rows = facts.deployments.length > 0 ? [2, 30, 900].map((hours, index) => cycleTime(hours, index)) : [];
  const known = rows.length > 0;
  return {
    metric: "cycle-time",
    window: { from: iso(NOW - 26 * WEEK), to: iso(NOW) },
    whole: {
      value: known ? 30 : null,
      n: rows.length,
      open: 0,
      k: null,
      low: null,
      high: null,
      p75: known ? 465 : null,
      p85: known ? 639 : null,
      p95: null,
      perWeek: null,
      coverage: known ? 1 : null,
      beyond: null,
      caution: null,
      reason: known ? null : "No change in this window.",
    },
    total: rows.length,
    counted: rows.length,
    rows,
  };
}

function cycleTime(value: number, index: number): Reply<"/api/rows">["rows"][number] {
  return {
    kind: "change",
    id: String(20 + index),
    title: `Change ${20 + index}`,
    service: "headway",
    at: iso(NOW - (index + 1) * WEEK),
    url: null,
    value,
    openFor: null,
    counted: true,
    why: "A change of the window.",
    labels: null,
    subject: null,
    judgement: null,
  };
}
