import { Go } from "../design/go.tsx";
import { chosen, type Filters, link } from "../filters.ts";
import type { Place } from "../router.ts";
import type { Status } from "../types.ts";
import { views } from "../views/index.ts";
import { lookingAt } from "../words.ts";
import { Freshness } from "./freshness.tsx";
import { Shortcuts } from "./shortcuts.tsx";

interface Props {
  readonly place: Place;
  readonly filters: Filters;
  readonly status: Status | null;
}

export function Header({ place, filters, status }: Props) {
  return (
    <header class="top">
      <Go to="./" class="brand">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <rect width="24" height="24" rx="6" class="brand-tile" />
          <path d="M7 6v12M17 6v12M7 12h10" class="brand-mark" />
        </svg>
        Headway
      </Go>
      <nav class="menu" aria-label="Pages">
        {views
          .filter(({ isInMenu }) => isInMenu)
          .map(({ path, title }) => (
            <Go key={path} to={link(path, chosen(filters))} current={isAt(path, place) ? "page" : undefined}>
              {title}
            </Go>
          ))}
      </nav>
      <div class="below">
        <Shortcuts filters={filters} />
        <div class="looking small muted">
          {status !== null && (
            <>
              <span title={lookingAt(status)}>{lookingAt(status)}</span>
              <Freshness status={status} />
            </>
          )}
        </div>
      </div>
    </header>
  );
}

/** One change is looked at among the changes. */
function isAt(path: string, place: Place): boolean {
  return path === place.path || path === `${place.path}s`;
}
