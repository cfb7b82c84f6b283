/** What a stream (changes, deployments, …) hands over at once. */
import { createHash } from "node:crypto";
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Notice, Removal } from "../collector.ts";

export interface Step<Bookmark> {
  readonly events: readonly DeliveryEvent[];
  readonly removed: readonly Removal[];
  readonly notices: readonly Notice[];
  /** Commits whose history is needed although it may lie beside the default branch, newest first. */
  readonly tips: readonly string[];
  readonly bookmark: Bookmark;
  /** How much of this stream is read, 0 to 1. */
  readonly done: number;
}

export function step<Bookmark>(
  bookmark: Bookmark,
  rest: Partial<Omit<Step<Bookmark>, "bookmark">> = {},
): Step<Bookmark> {
  return { events: [], removed: [], notices: [], tips: [], done: 1, ...rest, bookmark };
}

/** Which version of which event was yielded last, for those that will be met again: an unchanged one is not news. */
export type Versions = ReadonlyMap<string, string>;

export function versionOf(event: unknown): string {
  return createHash("sha1").update(JSON.stringify(event)).digest("base64url").slice(0, 8);
}

/** The events that are new or have changed. */
export function news<Event extends { readonly id: string }>(events: readonly Event[], known: Versions): Event[] {
  return events.filter((event) => known.get(event.id) !== versionOf(event));
}

export function versions(events: readonly { readonly id: string }[]): [id: string, version: string][] {
  return events.map((event) => [event.id, versionOf(event)]);
}
