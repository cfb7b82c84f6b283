/** One running Headway: its configuration, its database and the sources it reads. */
import type { Collector } from "#collectors/collector.ts";
import type { SourceOptions } from "#collectors/index.ts";
import { createCollector } from "#collectors/index.ts";
import type { Config } from "#config/schema.ts";
import type { ReleaseRule } from "#metrics/releases.ts";
import { defaultRule } from "#metrics/releases.ts";
import type { Instant } from "#metrics/time.ts";
import { dirname } from "node:path";
import { translate } from "./store/errors.ts";
import { openPseudonyms } from "./people.ts";
import { Store } from "./store/store.ts";

export interface ConfiguredSource {
  readonly options: SourceOptions;
  readonly collector: Collector;
  readonly rule: ReleaseRule;
}

export interface Installation {
  readonly config: Config;
  readonly store: Store;
  readonly sources: readonly ConfiguredSource[];
  readonly now: () => Instant;
}

/** @throws StoreError when the database cannot be used; HostError when a source cannot even be named. */
export async function openInstallation(
  config: Config,
  effects: { env: NodeJS.ProcessEnv; now: () => Instant },
): Promise<Installation> {
  const store = await Store.open(config.database);
  try {
    const dataFolder = dirname(config.database);
    const context = { dataFolder, pseudonym: await openPseudonyms(dataFolder), env: effects.env };
    const sources = config.sources.map((options) => ({
      options,
      collector: createCollector(options, context),
      rule: options.releases ?? defaultRule,
    }));
    return { config, store, sources, now: effects.now };
  } catch (error) {
    await store.close();
    throw translate(error, dirname(config.database));
  }
}

export async function closeInstallation({ store }: Installation): Promise<void> {
  await store.close();
}

/** The keys of the configured sources: what the database knows of others is not shown. */
export function sourceKeys({ sources }: Installation): readonly string[] {
  return sources.map(({ collector }) => collector.source);
}
