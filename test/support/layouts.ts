/** Repositories by the paths of their files, as they are met: what else is in them is `src`. */
import type { Layout } from "#metrics/events.ts";
import { layoutOf } from "#metrics/layout/layout.ts";

/** Files of a program in its folder that tell nothing. */
export function sources(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${folder}/part-${index}.ts`);
}

export function aLayout(paths: readonly string[], has: Partial<Layout> = {}): Layout {
  const identity = { kind: "layout", source: "git:/srv/shop", repository: "acme/shop", id: "acme/shop" } as const;
  return { ...identity, ...layoutOf(paths, true), ...has };
}
