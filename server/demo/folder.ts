/** Where a demo organisation is kept: a folder of its own, which holds nothing else and is made anew when it is another one. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isNode, parseDocument } from "yaml";
import { DemoOptions } from "#collectors/demo/options.ts";
import { demoConfig } from "#config/demo.ts";
import { DEFAULT_FILE } from "#config/load.ts";
import { parseConfig } from "#config/parse.ts";
import type { Config } from "#config/schema.ts";
import { dateOf, startOf } from "#metrics/calendar.ts";
import type { Instant } from "#metrics/time.ts";
import { WEEK } from "#metrics/time.ts";
import { translate } from "../store/errors.ts";

export interface WantedDemo {
  readonly seed: number;
  readonly years: number;
}

export const USUAL_DEMO: WantedDemo = { seed: 1, years: 3 };

/** What can be made again at any time. */
const MADE = ["headway.db", "headway.db-wal", "headway.db-shm"] as const;

/** One folder for each that was asked for, so that none takes the place of another. */
export function demoFolder(dataFolder: string, { seed, years }: WantedDemo): string {
  const peculiar = [
    ...(seed === USUAL_DEMO.seed ? [] : [`seed-${seed}`]),
    ...(years === USUAL_DEMO.years ? [] : [`${years}-years`]),
  ];
  return join(dataFolder, ["demo", ...peculiar].join("-"));
}

/** All that says which demo organisation it is: one that is there goes on, a new one begins so many years ago on a Monday. */
export async function demoOptions(folder: string, wanted: WantedDemo, now: Instant): Promise<DemoOptions> {
  const known = optionsIn(await read(join(folder, DEFAULT_FILE)));
  if (known !== null && known.seed === wanted.seed && known.years === wanted.years) return known;
  const monday = startOf("week", now - wanted.years * 52 * WEEK, "UTC");
  return { host: "demo", ...wanted, since: dateOf(monday, "UTC") };
}

/**
 * The configuration of the demo organisation in a folder, written there where it is new. What an earlier Headway wrote and this one
 * would not is made anew, its database too.
 *
 * @throws StoreError where nothing can be written.
 */
export async function settleDemo(
  folder: string,
  wanted: WantedDemo,
  now: Instant,
): Promise<{ file: string; config: Config }> {
  const file = join(folder, DEFAULT_FILE);
  const text = demoConfig(await demoOptions(folder, wanted, now));
  try {
    if ((await read(file)) !== text) {
      await mkdir(folder, { recursive: true });
      for (const name of MADE) await rm(join(folder, name), { force: true });
      await writeFile(file, text);
    }
  } catch (error) {
    throw translate(error, dirname(file));
  }
  return { file, config: parseConfig(text, file, {}) };
}

async function read(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return null; // it is written, and whoever cannot do that says why
  }
}

function optionsIn(text: string | null): DemoOptions | null {
  if (text === null) return null;
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) return null;
  const source = document.getIn(["sources", 0]);
  const parsed = DemoOptions.safeParse(isNode(source) ? source.toJS(document) : null);
  return parsed.success ? parsed.data : null;
}
