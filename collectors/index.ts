/** What may be collected from, and which collector does it. */
import { z } from "zod";
import type { Collector } from "./collector.ts";
import { git, repositoryName } from "./git/index.ts";
import type { GitContext } from "./git/index.ts";
import { GitOptions } from "./git/options.ts";

/** What the configuration may say of one source. A new host is a folder beside `git/` and a line in each list. */
export const SourceOptions = z.discriminatedUnion("host", [GitOptions]);
export type SourceOptions = z.infer<typeof SourceOptions>;

/** What collectors need of the world around them. */
export type CollectorContext = GitContext;

export function createCollector(options: SourceOptions, context: CollectorContext): Collector {
  switch (options.host) {
    case "git":
      return git(options, context);
  }
}

/** What people call a source; two sources must not share it. */
export function sourceName(options: SourceOptions): string {
  switch (options.host) {
    case "git":
      return repositoryName(options);
  }
}
