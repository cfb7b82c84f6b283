import type { ComponentChildren } from "preact";

import type { Picture } from "./picture.ts";

interface Props {
  readonly picture: Picture;
  /** The window before is compared, and may come later: its word is there before it, so that nothing moves. */
  readonly awaitsBefore?: boolean;
}

/** What the marks mean; only those that are there. */
export function Legend({ picture, awaitsBefore = false }: Props) {
  const { shape, bands, baseline, happened, before, quantiles, whiskers, signals, unfinished } = picture;
  return (
    <ul class="legend">
      <Entry words="this window">
        {shape === "bars" ? (
          <rect class="key-bar" x="4" y="2" width="12" height="10" rx="1.5" />
        ) : (
          <path class="key-line" d="M0 7h20" />
        )}
      </Entry>
      {(awaitsBefore || before.length > 0) && (
        <Entry words="window before">
          <path class="key-before" d="M0 7h20" />
        </Entry>
      )}
      {baseline !== null && (
        <Entry words="baseline">
          <path class="key-baseline" d="M0 7h20" />
        </Entry>
      )}
      {quantiles.length > 0 && (
        <Entry words="85 % within">
          <path class="key-p85" d="M0 7h20" />
        </Entry>
      )}
      {whiskers.length > 0 && (
        <Entry words="95 % interval">
          <path class="key-quantile" d="M10 1v12M7 1h6M7 13h6" />
        </Entry>
      )}
      {bands.length > 0 && (
        <Entry words="normal variation">
          <rect class="key-band" x="0" y="1" width="20" height="12" />
        </Entry>
      )}
      {happened.length > 0 && (
        <Entry words="what people noted">
          <path class="key-happened" d="M10 0v14" />
        </Entry>
      )}
      {signals.some(Boolean) && (
        <Entry words="outside it">
          <path class="key-signal" d="M10 1l6 6-6 6-6-6z" />
        </Entry>
      )}
      {unfinished.some(Boolean) && (
        <Entry words="incomplete period">
          {shape === "bars" ? (
            <path class="key-quantile" d="M4 2h12v10H4zM4 9l7-7M7 12l9-9" />
          ) : (
            <circle class="key-hollow" cx="10" cy="7" r="4" />
          )}
        </Entry>
      )}
    </ul>
  );
}

function Entry({ words, children }: { readonly words: string; readonly children: ComponentChildren }) {
  return (
    <li>
      <svg viewBox="0 0 20 14" width="20" height="14" aria-hidden="true">
        {children}
      </svg>
      {words}
    </li>
  );
}
