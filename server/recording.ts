/** Writes down what the configuration says, part by part, where it is another one than before. */
import { accessSettings, settingsOf } from "./answers/settings.ts";
import type { Installation } from "./installation.ts";

/** Who edits the file is not known to it. */
const FILE = "headway.yaml";

/** @param actor who changed it, where somebody did it by the dashboard. */
export async function recordSettings(installation: Installation, actor = FILE): Promise<void> {
  const { store, config, now } = installation;
  const all = { ...settingsOf(config), ...accessSettings(installation) };
  const parts = Object.entries(all).map(([name, value]) => ({ name, text: JSON.stringify(value) }));
  await store.recordSettings(parts, { actor, at: now() });
}
