import type { ComponentChildren } from "preact";

import { Notice } from "../design/notice.tsx";
import type { Programme } from "../types.ts";
import { contentsOf, placeOfStep } from "./contents-of.ts";

/** What is on the page, each a click away, beside it where there is room. */
export function Contents({ page }: { readonly page: Programme }) {
  return (
    <nav class="contents" aria-label="On this page">
      {contentsOf(page).map(({ title, entries }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {entries.map((entry) => (
              <li key={entry.id}>
                <Jump to={entry.id}>{entry.title}</Jump>
                {entry.count !== null && <span class="muted"> {entry.count}</span>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** What is missing for a first assessment, in the order in which it is best said; gone once nothing is. */
export function FirstAssessment({ page: { firstAssessment } }: { readonly page: Programme }) {
  const open = firstAssessment.filter(({ isDone }) => !isDone);
  if (open.length === 0) return null;
  const done = firstAssessment.length - open.length;
  return (
    <Notice
      level="info"
      title={`For a first assessment ${open.length === 1 ? "one thing is" : `${open.length} things are`} missing, ${done} of ${firstAssessment.length} are there.`}
    >
      <ol class="numbered">
        {open.map((step) => (
          <li key={step.id}>
            <Jump to={placeOfStep(step)}>{step.words}</Jump>
          </li>
        ))}
      </ol>
    </Notice>
  );
}

/** To a heading of the page, from which the keyboard goes on. */
function Jump({ to, children }: { readonly to: string; readonly children: ComponentChildren }) {
  return (
    <a
      href={`#${to}`}
      onClick={(event) => {
        const heading = document.getElementById(to);
        if (heading === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        // The address names the place, and what is asked of the page stays as it is.
        history.replaceState(null, "", `#${to}`);
        heading.scrollIntoView({ block: "start" });
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }}
    >
      {children}
    </a>
  );
}
