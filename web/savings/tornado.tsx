import type { Savings } from "../types.ts";
import { share } from "../format.ts";
import { SpansPanel } from "./spans-panel.tsx";
import { assumedTitle, assumedValue, LINE } from "./words.ts";

interface Props {
  readonly figures: NonNullable<Savings["figures"]>;
  readonly currency: string;
}

/** More bars than that move nothing anybody sees. */
const MOST = 12;

/** Which assumption moves the result most. */
export function Tornado({ figures: { tornado }, currency }: Props) {
  if (tornado.length === 0) return null;
  const shown = tornado.slice(0, MOST);
  const value = (of: number, unit: string): string => assumedValue(of, unit, currency);
  return (
    <section class="section">
      <h2>What moves it most</h2>
      <SpansPanel
        name="savings-tornado"
        title="The net result with one assumption at its low and its high value"
        picture={{
          spans: shown.map(({ assumption, low, high }) => ({
            label: assumedTitle(assumption),
            low,
            high,
            middle: null,
            words: [
              `${share(low)} at ${value(assumption.low, assumption.unit)}`,
              `${share(high)} at ${value(assumption.high, assumption.unit)}`,
            ],
          })),
          lines: [{ at: LINE, label: "10 %" }],
        }}
        columns={{ low: "Net at its low", middle: null, high: "Net at its high" }}
      >
        <p>
          One assumption at a time, all others as stated.
          {tornado.length > MOST && ` The ${MOST} that move it most of ${tornado.length}.`}
        </p>
      </SpansPanel>
    </section>
  );
}
