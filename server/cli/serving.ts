/** Serves an installation and keeps it fresh, until the process is told to stop. */
import type { RequestListener } from "node:http";
import type { Instant } from "#metrics/time.ts";
import { MINUTE, SECOND } from "#metrics/time.ts";
import { counted } from "#metrics/words.ts";
import { Ahead } from "../ahead.ts";
import { createApp } from "../app.ts";
import type { Access } from "../auth/access.ts";
import type { Control } from "../commands.ts";
import type { Installation } from "../installation.ts";
import type { Log } from "../log.ts";
import { Telemetry } from "../operation/telemetry.ts";
import { Nudges, turns } from "../push/nudges.ts";
import { refresh } from "../refresh.ts";
import type { SyncOptions } from "../sync.ts";
import type { Bell } from "../schedule.ts";
import { runOnSchedule } from "../schedule.ts";
import type { Address } from "./address.ts";
import { urlOf } from "./address.ts";
import type { Effects } from "./effects.ts";
import { failureOf } from "./failure.ts";
import { listen } from "./listen.ts";
import { createScreen } from "./screen.ts";
import { outcomeLines, syncAloud } from "./syncing.ts";

/** A sync that is over sooner leaves no trace in a server's log unless it has news. */
const PATIENCE = 10 * SECOND;

export interface Serving {
  readonly asked: Address;
  /** Who may use it. */
  readonly access: Access;
  readonly control: Control;
  /** Rung by whoever wants a sync at once. */
  readonly bell: Bell;
  readonly demo: RequestListener | null;
  /** What else runs until the process is told to stop. */
  readonly meanwhile: () => Promise<void>;
  /** What is done each time that everything was brought up to date. */
  readonly afterwards: () => Promise<void>;
  /** What comes after that and takes its time, while everybody can look already. @param rested resolves once what readers want first is worked out. */
  readonly atLeisure: (rested: () => Promise<void>) => Promise<void>;
  /** Whether the address is printed for programs. */
  readonly json: boolean;
  readonly log: Log;
}

export async function serveUntilStopped(
  installation: Installation,
  { asked, access, control, bell, demo, meanwhile, afterwards, atLeisure, json, log }: Serving,
  effects: Effects,
): Promise<void> {
  const inTurn = turns();
  const telemetry = new Telemetry();
  const { webRoot, signal: stopping } = effects;
  const ahead = new Ahead(installation, { signal: stopping, log });
  const nudges = new Nudges(async (only) => {
    if (await inTurn(() => keepFresh(installation, { telemetry, log }, effects, { only }))) ahead.begin();
  });
  const { nudge } = nudges;
  const app = createApp(installation, { webRoot, access, control, nudge, demo, stopping, ahead, telemetry, log });
  const { address, close } = await listen(app, asked);
  let leisure = Promise.resolve();
  try {
    const url = urlOf(address);
    await createScreen(effects.stdout, effects.env).print(json ? JSON.stringify({ url }) : url);
    const { sync } = installation.config;
    const run = (isAsked: boolean) =>
      inTurn(() =>
        keepFresh(installation, { telemetry, log }, effects, isAsked ? {} : { unlessSince: lately(installation) }),
      );
    const first = once(() => tellReady(url, effects));
    const runs = async (isAsked: boolean): Promise<void> => {
      const isOurs = await run(isAsked);
      await afterwards();
      await first();
      if (isOurs) ahead.begin();
      leisure = leisure.then(async () => atLeisure(async () => ahead.settled()));
    };
    await Promise.all([runOnSchedule(sync, runs, { ...effects, bell }), meanwhile()]);
  } finally {
    if (stopping.aborted) log("info", "Told to stop: answers under way are finished, and a sync keeps what it stored.");
    await close();
    await nudges.stop();
    await ahead.stop();
    await leisure;
  }
}

/** Whatever was brought up to date after this, by this process or another, need not be again when it is time. */
function lately({ config: { sync }, now }: Installation): Instant {
  return now() - ("every" in sync ? (sync.every * MINUTE) / 2 : MINUTE / 2);
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return async () => (done ??= work());
}

/** The last line after the first collection, for people: programs read the address on stdout. */
async function tellReady(url: string, { stderr, env, signal }: Effects): Promise<void> {
  if (signal.aborted) return;
  const line = `headway: ready: ${url} (Ctrl-C stops it)`;
  await createScreen(stderr, env)
    .print(line)
    .catch(() => undefined);
}

/**
 * One sync, of all sources or of some. Whatever goes wrong is told, and the server goes on serving what is stored.
 *
 * @returns whether it was this process that brought anything up to date.
 */
async function keepFresh(
  installation: Installation,
  { telemetry, log }: { readonly telemetry: Telemetry; readonly log: Log },
  effects: Effects,
  which: Pick<SyncOptions, "only" | "unlessSince">,
): Promise<boolean> {
  const { print } = createScreen(effects.stderr, effects.env);
  try {
    // What an earlier process stored and did not derive, or another configuration made of it, waits for no host.
    const refreshed = await refresh(installation);
    const began = installation.now();
    const outcomes = await syncAloud(installation, effects, PATIENCE, which);
    if (effects.signal.aborted) return false;
    // What another process collects is collected.
    const own = outcomes.filter(({ isTaken }) => !isTaken);
    telemetry.synced(installation, own);
    const news = own.filter(({ changed, error }) => changed > 0 || error !== null);
    for (const line of news.flatMap(outcomeLines)) await print(`headway: ${line}`);
    // For whoever collects logs: that nothing is new is told by no other line.
    if (own.length > 0)
      log("info", `Synced ${counted(own.length, "source")}, ${counted(news.length, "source")} with news or an error.`, {
        milliseconds: installation.now() - began,
      });
    return refreshed > 0 || own.length > 0;
  } catch (error) {
    await print(`headway: ${failureOf(error).message}`).catch(() => undefined);
    return false;
  }
}
