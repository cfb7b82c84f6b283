/** Reads the configuration again while Headway runs. A file that is no good changes nothing, and says why. */
import { HostError } from "#collectors/collector.ts";
import { ConfigError } from "#config/errors.ts";
import type { Config } from "#config/schema.ts";
import type { OpenInstallation } from "./installation.ts";

export interface Reloaded {
  readonly isTaken: boolean;
  /** What came of it, for whoever operates it. */
  readonly sentence: string;
}

export async function reload(installation: OpenInstallation, load: () => Promise<Config>): Promise<Reloaded> {
  const before = installation.config;
  try {
    const next = await load();
    if (next.database !== before.database)
      return kept("`database` is another one, and that needs a new start. Stop Headway and start it again.");
    installation.reconfigure(next);
    const late = installation.waiting;
    const rest = late.map((key) => `\`${key}\``).join(", ");
    return {
      isTaken: true,
      sentence: `The configuration was read again and is in force.${late.length === 0 ? "" : ` What it says of ${rest} is, once Headway is started again.`}`,
    };
  } catch (error) {
    if (error instanceof ConfigError || error instanceof HostError) return kept(error.message);
    throw error;
  }
}

function kept(why: string): Reloaded {
  return { isTaken: false, sentence: `Warning: The configuration stays as it was. ${why}` };
}
