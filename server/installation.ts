/** One running Headway: its configuration, its database and the sources it reads. */
import type { Collector } from "#collectors/collector.ts";
import type { SourceOptions } from "#collectors/index.ts";
import { createCollector, sourceName } from "#collectors/index.ts";
import { realEffects } from "#collectors/polite/effects.ts";
import { reaching } from "#collectors/polite/reach.ts";
import { watched } from "#collectors/polite/watch.ts";
import { dataFolder } from "#config/data-folder.ts";
import type { Config } from "#config/schema.ts";
import { PUSH } from "#metrics/pushed.ts";
import type { DeploymentRules } from "#metrics/rules.ts";
import { defaultRule } from "#metrics/releases.ts";
import { NO_HOTFIX } from "#metrics/rules.ts";
import type { Instant } from "#metrics/time.ts";
import { translate } from "./store/errors.ts";
import { Live } from "./live.ts";
import { openPseudonyms } from "./people.ts";
import type { Signer } from "./statements/signing.ts";
import { openSigner } from "./statements/signing.ts";
import { prepareFolder } from "./store/opening.ts";
import { wantsOf } from "./wants.ts";
import { Store } from "./store/store.ts";
import type { Tell } from "./store/upgrade.ts";

/** What is looked at when Headway starts, and not again. */
const AT_START = ["sync", "proxies", "log"] as const satisfies readonly (keyof Config)[];

export interface ConfiguredSource {
  readonly options: SourceOptions;
  readonly collector: Collector;
  /** Of its repositories, where their services say nothing else. */
  readonly rules: DeploymentRules;
}

export interface Installation {
  readonly config: Config;
  readonly store: Store;
  readonly sources: readonly ConfiguredSource[];
  readonly now: () => Instant;
  /** What happens at this moment. */
  readonly live: Live;
  /** Keys of the configuration that were read again and are in force once it is started anew. */
  readonly waiting: readonly string[];
  /** Signs statements; its key is made when somebody first does. */
  readonly signer: () => Promise<Signer>;
}

/** One whose sources can change while it runs. */
export interface OpenInstallation extends Installation {
  /** Looks at what a configuration lists from now on; the database stays. @throws HostError when a source cannot even be named. */
  readonly reconfigure: (config: Config) => void;
}

/** @throws StoreError when the database cannot be used; HostError when a source cannot even be named. */
export async function openInstallation(
  config: Config,
  effects: { env: NodeJS.ProcessEnv; now: () => Instant; tell?: Tell },
): Promise<OpenInstallation> {
  const store = await Store.open(config.database, effects.tell);
  const live = new Live();
  try {
    const folder = dataFolder(config);
    await prepareFolder(folder);
    const pseudonym = await openPseudonyms(folder, effects.env, async () => store.namesPeople());
    const context = { dataFolder: folder, pseudonym, env: effects.env };
    const open = (options: SourceOptions, from: Config): ConfiguredSource => {
      const collector: Collector = createCollector(options, {
        ...context,
        now: effects.now,
        identities: from,
        wants: wantsOf(from.services, sourceName(options)),
        onWait: (wait) => live.wait(collector.source, wait),
        allowed: from.allowAddresses,
        effects: {
          fetch: watched((limit) => live.answered(collector.source, limit), {
            ...realEffects,
            fetch: reaching(from.allowAddresses),
          }),
        },
      });
      return { options, collector, rules: rulesOf(options) };
    };
    const openAll = (from: Config) => from.sources.map((options) => open(options, from));
    let current = { config, sources: openAll(config) };
    const waiting = () => AT_START.filter((key) => JSON.stringify(current.config[key]) !== JSON.stringify(config[key]));
    return {
      store,
      live,
      now: effects.now,
      signer: async () => openSigner(folder, effects.env),
      get config() {
        return current.config;
      },
      get sources() {
        return current.sources;
      },
      get waiting() {
        return waiting();
      },
      reconfigure(next) {
        current = { config: next, sources: openAll(next) };
        live.tell();
      },
    };
  } catch (error) {
    await store.close();
    throw translate(error, dataFolder(config));
  }
}

export async function closeInstallation({ store }: Installation): Promise<void> {
  await store.close();
}

/** The keys of the configured sources and of what is pushed: what the database knows of others is not shown. */
export function sourceKeys({ sources }: Pick<Installation, "sources">): readonly string[] {
  return [...sources.map(({ collector }) => collector.source), PUSH];
}

/** The limit of the first deployment's reach is for records that begin some day, as pushed ones do. Tags are a complete record, and have none. */
function rulesOf(options: SourceOptions): DeploymentRules {
  switch (options.host) {
    case "git":
      return { origins: null, releases: options.releases, production: null, backfillDays: 90, hotfix: NO_HOTFIX };
    case "github":
    case "gitlab":
      return {
        origins: null,
        releases: options.releases,
        production: options.production ?? null,
        backfillDays: options.backfillDays,
        hotfix: options.hotfix,
      };
    case "demo":
      return { origins: null, releases: defaultRule, production: null, backfillDays: 90, hotfix: NO_HOTFIX };
  }
}
