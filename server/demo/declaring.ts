/** What the people of a demo organisation have declared and frozen by now: done once, as soon as there is something to speak of. */
import { demoBaseline, demoProgramme, demoRecord, OFFICE } from "#config/demo-programme.ts";
import type { DemoOptions } from "#collectors/demo/options.ts";
import { truthOf } from "#collectors/demo/truth.ts";
import { DEFAULT_LENS } from "#metrics/lens.ts";
import { isUnderived } from "../store/sources.ts";
import { freezeWindow } from "../baselines.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import { importProgramme } from "../planning.ts";
import { freezeSavings } from "../saving-records.ts";

/** Who freezes what finance is to sign later. */
const FINANCE = "Controlling";

/** Nothing is done where somebody has declared something, or as long as any service is still to be worked out. */
export async function declareDemo(installation: Installation): Promise<void> {
  const { config, store } = installation;
  const options = config.sources.find((source): source is DemoOptions => source.host === "demo");
  const services = await store.services(sourceKeys(installation));
  if (options === undefined || services.length === 0 || services.some(isUnderived)) return;
  const truth = truthOf(options);
  const baseline = demoBaseline(truth);
  if (baseline !== null && (await store.baselines()).length === 0)
    await freezeWindow(installation, { ...DEFAULT_LENS, ...baseline, name: "Before the first wave", actor: OFFICE });
  if ((await store.programme()).length === 0)
    await importProgramme(installation, demoProgramme(truth), true, { follows: null, actor: OFFICE });
  const record = demoRecord(truth);
  // The people of the simulation froze it on their own day, when the first team was about to begin.
  if (record !== null && (await store.savingRecords()).length === 0)
    await freezeSavings({ ...installation, now: () => Date.parse(record.to) }, record, FINANCE);
}
