/** Shows how far a sync has come: one line that changes in a terminal, a line now and then elsewhere. */
import { SECOND } from "#metrics/time.ts";
import { counted } from "#metrics/words.ts";
import type { SyncProgress } from "../sync.ts";
import type { Effects } from "./effects.ts";
import { columnsOf, lengthOf } from "./screen.ts";

export interface Progress {
  show(progress: SyncProgress): void;
  /** Takes the changing line away, so that what follows stands alone. */
  clear(): void;
}

const NARROW = 80;
const REDRAW = SECOND / 10;
const REMIND = 10 * SECOND;
const CLEAR_LINE = "\r\u001b[K";

const count = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** @param patience how long nothing is worth a line of its own; a terminal's changing line always is. */
export function createProgress(
  { stderr, env, now }: Pick<Effects, "stderr" | "env" | "now">,
  patience: number,
): Progress {
  const isLive = stderr.isTTY === true && env["TERM"] !== "dumb";
  let step = "";
  let shownAt = 0;
  const begunAt = now();
  return {
    show: (progress) => {
      // A wait may be long, and is worth a line at once.
      if (!isLive && now() - begunAt < patience && progress.waiting === null) return;
      const current = `${progress.name} ${progress.phase} ${progress.waiting?.until ?? ""}`;
      if (current === step && now() - shownAt < (isLive ? REDRAW : REMIND)) return;
      step = current;
      shownAt = now();
      const text = words(progress);
      stderr.write(isLive ? CLEAR_LINE + fit(text, columnsOf(stderr) ?? NARROW) : `headway: ${text}\n`);
    },
    clear: () => {
      step = "";
      if (isLive) stderr.write(CLEAR_LINE);
    },
  };
}

function words({ name, phase, events, services, progress, waiting }: SyncProgress): string {
  if (phase === "deriving") return derivingWords(events, services ?? 0);
  if (waiting !== null) return `${printable(name)}: ${waiting.why}`;
  const share = progress === null ? "" : `, ${count.format(progress * 100)} %`;
  return `collecting ${printable(name)} …${events === 0 ? "" : ` ${count.format(events)} events${share}`}`;
}

/** Where nothing came in there may still be other rules than before. */
function derivingWords(events: number, services: number): string {
  const whose = counted(services, "service");
  return events === 0
    ? `looking whether the numbers of ${whose} are up to date …`
    : `working out the numbers of ${whose} from ${counted(events, "event")} …`;
}

function printable(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, "\ufffd");
}

function fit(text: string, width: number): string {
  return lengthOf(text) < width
    ? text
    : Array.from(text)
        .slice(0, width - 1)
        .join("");
}
