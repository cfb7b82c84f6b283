/** The page for leadership as one sheet of paper: what it says, in its order, before it is Markdown, HTML or PDF. */
import type { Reply } from "../contract.ts";
import { VERSION } from "../version.ts";
import { dates } from "./dates.ts";

type Leadership = Reply<"/api/leadership">;

/** Colour and sign only repeat what the words say. */
export type Tone = "good" | "bad" | "other" | "quiet";

export interface Number {
  readonly title: string;
  readonly value: string;
  /** Whether it is a signal; `null` where nothing is known. */
  readonly label: string | null;
  readonly tone: Tone;
  readonly words: string | null;
  /** By week; `null` where nothing is known. */
  readonly series: readonly (number | null)[];
}

export interface Part {
  readonly title: string;
  readonly sentence: string;
  readonly rows: readonly { readonly name: string; readonly words: string; readonly tone: Tone }[];
  /** What cannot be said yet, and where to begin. */
  readonly missing: readonly string[];
}

export interface Sheet {
  readonly title: string;
  /** Whose it is, and which days. */
  readonly about: string;
  readonly sentence: string;
  /** With what is compared, and what weakens that. */
  readonly notes: readonly string[];
  readonly five: readonly Number[];
  readonly parts: readonly Part[];
  readonly quality: string;
  readonly foot: string;
}

const decimals = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** @param madeAt when it was asked, an ISO instant. */
export function sheetOf(page: Leadership, madeAt: string): Sheet {
  const { window, zone, savings, quality } = page;
  const [first, ...rest] = page.parts.map(partOf);
  const money = {
    title: "Savings",
    sentence: savings.words,
    rows: savings.rows.map(({ name, words, tone }) => ({ name, words, tone: tone ?? ("quiet" as const) })),
    missing: savings.missing.map(({ what, todo }) => `${what} ${todo}`),
  };
  return {
    title: `Leadership: ${whose(page)}`,
    about: `${dates(window.from, window.to, zone)} (${zone})${page.time === "working" ? ", in working hours" : ""}`,
    sentence: page.sentence,
    notes: notesOf(page),
    five: page.five.map(numberOf),
    parts: [...(first === undefined ? [] : [first]), money, ...rest],
    quality: qualityOf(quality),
    foot: `Headway ${VERSION}, ${madeAt.slice(0, 16).replace("T", " ")} UTC. Every number opens its rows in the dashboard.`,
  };
}

/** "organisation", "team payments", "shop of team payments". */
function whose({ scope, service }: Leadership): string {
  const group = scope.replace("use-case:", "use case ").replace(":", " ");
  return service === null || scope === `service:${service}` ? group : `${service} of ${group}`;
}

function notesOf({ against, before, advice, zone }: Leadership): readonly string[] {
  if (against === null)
    return [
      before === null
        ? "There is nothing before this window to compare with."
        : `Against the window before, ${dates(before.from, before.to, zone)}, which moves on with time.`,
      ...(advice === null ? [] : [advice]),
    ];
  const { name, window, frozenAt, signer, hash, notes } = against;
  return [
    `Against the baseline “${name}”, ${dates(window.from, window.to, zone)}, frozen on ${frozenAt.slice(0, 10)} by ${signer} (SHA-256 ${hash.slice(0, 12)}…).`,
    ...notes,
  ];
}

function numberOf({ title, value, label, verdict, words, reading, series }: Leadership["five"][number]): Number {
  const isUnknown = reading === "unknown";
  return {
    title,
    value,
    label: isUnknown ? null : label,
    tone: toneOf(verdict),
    words: isUnknown ? null : words,
    series: series.map((point) => point.value),
  };
}

function toneOf(verdict: Leadership["five"][number]["verdict"]): Tone {
  if (verdict === "better") return "good";
  if (verdict === "worse") return "bad";
  return verdict === "different" ? "other" : "quiet";
}

function partOf({ title, sentence, rows, missing }: Leadership["parts"][number]): Part {
  return {
    title,
    sentence,
    rows: rows.map(({ name, words, tone }) => ({ name, words, tone: tone ?? "quiet" })),
    missing: missing.map(({ what, todo }) => `${what} ${todo}`),
  };
}

function qualityOf(quality: Leadership["quality"]): string {
  const known = quality.flatMap(({ title, value, unit }) => {
    if (value === null) return [];
    const amount = unit === "share" ? `${decimals.format(value * 100)} %` : decimals.format(value);
    return [`${title.charAt(0).toLowerCase()}${title.slice(1)} ${amount}`];
  });
  return known.length === 0 ? "" : `Data: ${known.join(", ")}.`;
}
