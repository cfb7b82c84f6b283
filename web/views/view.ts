import type { ComponentChild } from "preact";

import type { Filters } from "../filters.ts";
import type { Annotation, Definition, Scopes } from "../types.ts";
import type { Watch } from "../use-status.ts";

/** What a view is given. */
export interface Page {
  readonly filters: Filters;
  /** The query string, for what only this view reads. */
  readonly search: string;
  readonly watch: Watch;
  readonly definitions: ReadonlyMap<string, Definition> | null;
  readonly scopes: Scopes | null;
  /** What people noted of what is looked at, oldest first; none while they are on their way. */
  readonly annotations: readonly Annotation[];
}

/** A page of the dashboard. A new one is a file beside this one and a line in the index. */
export interface View {
  /** The last part of the address. */
  readonly path: string;
  readonly title: string;
  readonly isInMenu: boolean;
  /** A view without filters is about the sources themselves, and says by itself what is wrong with them. */
  readonly hasFilters: boolean;
  /** A view of series also has an interval and a comparison. */
  readonly hasSeries: boolean;
  readonly render: (page: Page) => ComponentChild;
}
