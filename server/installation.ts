/** One running Headway: its configuration, its database and the sources it reads. */
import type { Collector } from "#collectors/collector.ts";
import type { SourceOptions } from "#collectors/index.ts";
import { createCollector } from "#collectors/index.ts";
import type { Config } from "#config/schema.ts";
import type { DeploymentRules } from "#metrics/rollouts.ts";
import type { Instant } from "#metrics/time.ts";
import { dirname } from "node:path";
import { translate } from "./store/errors.ts";
import { openPseudonyms } from "./people.ts";
import { Store } from "./store/store.ts";

export interface ConfiguredSource {
  readonly options: SourceOptions;
  readonly collector: Collector;
  readonly rules: DeploymentRules;
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
      rules: rulesOf(options),
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

/** Tags are a complete record, so the limit of the first deployment's reach is for hosts that keep deployments. */
function rulesOf(options: SourceOptions): DeploymentRules {
  switch (options.host) {
    case "git":
      return { releases: options.releases, production: null, backfillDays: 0 };
    case "github":
    case "gitlab":
      return { releases: options.releases, production: options.production ?? null, backfillDays: options.backfillDays };
  }
}
