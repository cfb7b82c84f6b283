/** One repository that is being read, with all that reading it takes. */
import type { Identity } from "#metrics/events.ts";
import type { Wants } from "../collector.ts";
import type { Persons } from "./actors.ts";
import type { Client } from "./client.ts";
import type { Fields } from "./fields.ts";
import type { GitHubOptions } from "./options.ts";

export interface Place {
  /** Under which its events are known, also after it was renamed. */
  readonly identity: Omit<Identity, "id">;
  readonly owner: string;
  readonly name: string;
  /** Where people look at it. */
  readonly url: string;
  readonly client: Client;
  readonly fields: Fields;
  /** What is read of it beyond what always is, the configuration's own wishes included. */
  readonly wants: Wants;
  readonly options: GitHubOptions;
  readonly persons: Persons;
}

/** `/repos/acme/shop`. */
export function api({ owner, name }: Pick<Place, "owner" | "name">): string {
  return `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
}
