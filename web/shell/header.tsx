import { WhoLooks } from "../access/who.tsx";
import { Go } from "../design/go.tsx";
import { chosen, type Filters, link } from "../filters.ts";
import type { Place } from "../router.ts";
import type { Status } from "../types.ts";
import { views } from "../views/index.ts";
import { lookingAt } from "../words.ts";
import { Brand } from "./brand.tsx";
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
      <Brand />
      <div class="beside">
        <Shortcuts filters={filters} />
        <div class="looking small muted">
          {status !== null && (
            <>
              <span title={lookingAt(status)}>{lookingAt(status)}</span>
              <Freshness status={status} />
              <WhoLooks zone={status.zone} />
            </>
          )}
        </div>
      </div>
      <nav class="menu" aria-label="Pages">
        {views
          .filter(({ isInMenu }) => isInMenu)
          .map(({ path, title }) => (
            <Go key={path} to={link(path, chosen(filters))} current={isAt(path, place) ? "page" : undefined}>
              {title}
            </Go>
          ))}
      </nav>
    </header>
  );
}

/** One change is looked at among the changes. */
function isAt(path: string, place: Place): boolean {
  return path === place.path || path === `${place.path}s`;
}
