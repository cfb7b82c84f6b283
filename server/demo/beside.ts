/** The demo organisation beside somebody's own numbers: made when it is first looked at, in a database of its own. */
import type { RequestListener } from "node:http";
import { Ahead } from "../ahead.ts";
import { createApp } from "../app.ts";
import type { Config } from "#config/schema.ts";
import type { Access } from "../auth/access.ts";
import { closeInstallation, openInstallation } from "../installation.ts";
import type { Installation } from "../installation.ts";
import { refresh } from "../refresh.ts";
import { Bell, runOnSchedule } from "../schedule.ts";
import { StoreError } from "../store/errors.ts";
import { syncAll } from "../sync.ts";
import type { Instant } from "#metrics/time.ts";
import { declareDemo } from "./declaring.ts";
import { demoControl } from "./control.ts";
import { demoFolder, settleDemo, USUAL_DEMO } from "./folder.ts";
import { tellingStory } from "./story.ts";

export interface DemoEffects {
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => Instant;
  readonly signal: AbortSignal;
  readonly webRoot: string;
  /** Of the installation it stands beside: whoever may see that may see this. */
  readonly access: Access;
  /** Its configuration: by which name it is reached, and through whom. */
  readonly outer: () => Config;
}

export interface DemoBeside {
  readonly listener: RequestListener;
  /** Waits until what is under way has ended. */
  readonly close: () => Promise<void>;
}

interface Opened {
  readonly app: RequestListener;
  readonly close: () => Promise<void>;
}

/** @param dataFolder of the installation it stands beside. */
export function demoBeside(dataFolder: string, effects: DemoEffects): DemoBeside {
  let opening: Promise<Opened> | null = null;
  const opened = async (): Promise<Opened> => {
    opening ??= open(dataFolder, effects);
    try {
      return await opening;
    } catch (error) {
      opening = null; // what was wrong may be mended by the next visit
      throw error;
    }
  };
  return {
    listener: (request, response) => {
      opened().then(
        ({ app }) => app(request, response),
        (error: unknown) => {
          const detail = error instanceof StoreError ? error.message : String(error);
          response.writeHead(503, { "content-type": "text/plain; charset=utf-8" });
          response.end(`The demo organisation cannot be shown. ${detail}\n`);
        },
      );
    },
    close: async () => {
      const last = await opening?.catch(() => null);
      await last?.close();
    },
  };
}

/** The page is there at once, and the past is lived through while somebody looks. */
async function open(dataFolder: string, { env, now, signal, webRoot, access, outer }: DemoEffects): Promise<Opened> {
  const settled = await settleDemo(demoFolder(dataFolder, USUAL_DEMO), USUAL_DEMO, now());
  const { url, proxies } = outer();
  const config = { ...settled.config, url, proxies };
  const installation = await openInstallation(config, { env, now });
  const bell = new Bell();
  const control = demoControl(installation, bell);
  const ahead = new Ahead(installation, { signal });
  const app = createApp(installation, { webRoot, access, control, stopping: signal, home: "../", ahead });
  const tell = tellingStory(installation, signal);
  let telling = Promise.resolve();
  const fresh = async (): Promise<void> => {
    await keepFresh(installation, signal);
    ahead.begin();
    telling = telling.then(async () => tell(async () => ahead.settled()));
  };
  const running = runOnSchedule(config.sync, fresh, { now, signal, bell });
  return {
    app,
    close: async () => {
      await running;
      await ahead.stop();
      await telling;
      await closeInstallation(installation);
    },
  };
}

/** Its pages say themselves what the last sync could not do. */
async function keepFresh(installation: Installation, signal: AbortSignal): Promise<void> {
  try {
    await refresh(installation);
    await syncAll(installation, { signal });
    await declareDemo(installation);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    console.error(`headway: the demo organisation: ${error.message}`);
  }
}
