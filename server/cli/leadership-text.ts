/** The page for leadership, as a person reads it in a terminal. */
import type { Reply } from "../contract.ts";
import { dates } from "../report/dates.ts";
import { qualityText, quoted } from "./report-text.ts";
import type { Screen, Tone } from "./screen.ts";
import { wrap } from "./screen.ts";

type Leadership = Reply<"/api/leadership">;
type One = Leadership["five"][number];

/** @param again the options that chose what to look at. */
export function leadershipText(page: Leadership, again: string, screen: Screen): string {
  const blocks = [
    heading(page, screen),
    screen.paint("strong", wrap(page.sentence, screen.width)),
    against(page, screen),
    page.five.map((one) => fiveText(one, screen)).join("\n"),
    qualityText(page.quality, screen),
    savings(page, screen),
    ...page.parts.map((part) => partText(part, screen)),
    where(page, again, screen),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

function heading({ scope, service, window, zone, time }: Leadership, screen: Screen): string {
  const whose = service === null ? scope : scope === `service:${service}` ? service : `${service} of ${scope}`;
  const working = time === "working" ? ", in working hours" : "";
  return screen.paint(
    "quiet",
    wrap(`Leadership: ${whose}, ${dates(window.from, window.to, zone)} (${zone})${working}`, screen.width),
  );
}

/** With what it is compared, and what weakens that. */
function against({ against: baseline, before, advice, zone }: Leadership, screen: Screen): string {
  const lines =
    baseline === null
      ? [
          before === null
            ? "There is nothing before this window to compare with."
            : `Against the window before, ${dates(before.from, before.to, zone)}, which moves on with time.`,
          ...(advice === null ? [] : [`${advice} Freeze one with \`headway report --freeze NAME --by YOU\`.`]),
        ]
      : [
          `Against the baseline “${baseline.name}”, ${dates(baseline.window.from, baseline.window.to, zone)}, frozen on ${dates(baseline.frozenAt, after(baseline.frozenAt), zone)} by ${baseline.signer} (SHA-256 ${baseline.hash.slice(0, 12)}…).`,
          ...baseline.notes,
        ];
  return lines.map((line) => wrap(line, screen.width, "  ")).join("\n");
}

/** A half-open window that holds one instant. */
function after(at: string): string {
  return new Date(Date.parse(at) + 1).toISOString();
}

function fiveText({ title, value, label, words, reading, verdict, rebased }: One, screen: Screen): string {
  const lines = [screen.paint("strong", wrap(`${title}: ${value}`, screen.width, "  "))];
  if (reading === "unknown") return lines.join("\n");
  return [
    ...lines,
    screen.paint(toneOf(verdict), indented(`${label}. ${words}`, screen)),
    ...(rebased === null ? [] : [indented(rebased, screen)]),
  ].join("\n");
}

function toneOf(verdict: One["verdict"]): Tone {
  if (verdict === "better") return "good";
  if (verdict === "worse") return "bad";
  return verdict === "different" ? "other" : "quiet";
}

function savings({ savings: { words, missing, rows } }: Leadership, screen: Screen): string {
  return [
    screen.paint("strong", wrap(words, screen.width)),
    ...rows.map((row) => screen.paint(row.tone ?? "quiet", indented(`${row.name}: ${row.words}`, screen))),
    ...missing.map(({ what, todo }) => indented(`${what} ${todo}`, screen)),
  ].join("\n");
}

function partText({ title, sentence, rows, missing }: Leadership["parts"][number], screen: Screen): string {
  return [
    screen.paint("strong", title),
    ...(sentence === "" ? [] : [wrap(sentence, screen.width, "  ")]),
    ...rows.map(({ name, words, tone }) => screen.paint(tone ?? "quiet", indented(`${name}: ${words}`, screen))),
    ...missing.map(({ what, todo }) => indented(`${what} ${todo}`, screen)),
  ].join("\n");
}

/** Below what it belongs to; what is broken off stands deeper. */
function indented(text: string, { width }: Screen): string {
  return wrap(text, width - 2, "  ").replaceAll(/^/gm, "  ");
}

function where({ against: baseline, window }: Leadership, again: string, screen: Screen): string {
  const name =
    baseline === null ? "" : ` --against ${quoted(baseline.name)} --from ${window.from.replace(".000Z", "Z")}`;
  return screen.paint("quiet", `Every number:  headway report${again}${name}\nAs charts:     headway start${again}`);
}
