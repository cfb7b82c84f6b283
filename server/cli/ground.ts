/** What an installation stands on, as `headway check` tells of it: the database, its disk, its backups, the clock. */
import { dirname } from "node:path";
import { dataFolder } from "#config/data-folder.ts";
import { DAY, HOUR, MINUTE } from "#metrics/time.ts";
import { counted } from "#metrics/words.ts";
import { lastBackup } from "../backups.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import { bytesOf, inspectDatabase, megabytes, roomIn } from "../store/backup.ts";
import { isServer, shownPlace } from "../store/place.ts";
import type { Finding } from "./findings.ts";
import { age } from "./report-text.ts";

/** A backup that is older than this is worth a word. */
const OLD = 8 * DAY;
/** Clocks of two machines differ by a little. */
const SKEW = 2 * MINUTE;
/** An upgrade keeps a copy of the database and writes about as much again. */
const TIMES = 2;

export async function findGround(installation: Installation): Promise<Finding[]> {
  return [...(await findDatabase(installation)), await findBackup(installation), ...(await findClock(installation))];
}

async function findDatabase({ config: { database }, store }: Installation): Promise<Finding[]> {
  const about = "database";
  const server = await store.server();
  if (server !== null) {
    const { version, bytes, schema } = server;
    const message = `${shownPlace(database)}, PostgreSQL ${version}, ${megabytes(bytes)}, schema ${schema.slice(0, 4)}`;
    return [{ level: "fine", about, message }];
  }
  const { schema } = await inspectDatabase(database);
  const [bytes, free] = await Promise.all([bytesOf(database), roomIn(dirname(database))]);
  const finding: Finding = {
    level: "fine",
    about,
    message: `${database}, whole, ${megabytes(bytes)}, schema ${schema.slice(0, 4)}`,
  };
  if (free === null || free >= TIMES * bytes) return [finding];
  const message = `${megabytes(free)} are free beside it, and an upgrade needs ${megabytes(TIMES * bytes)} for a copy and for what it writes. Free some space before the next upgrade.`;
  return [finding, { level: "warning", about, message }];
}

async function findBackup({ config, store, now }: Installation): Promise<Finding> {
  const about = "backup";
  if (isServer(config.database))
    return {
      level: "fine",
      about,
      message: "of a PostgreSQL server are made with pg_dump; Headway does not know of them",
    };
  const last = await lastBackup(dataFolder(config));
  if (last !== null) {
    const old = now() - last.at;
    const message = `the last one was made ${age(old / HOUR)}: ${last.file}`;
    if (old <= OLD) return { level: "fine", about, message };
    return {
      level: "warning",
      about,
      message: `${message}. Make another with \`headway backup FILE\`, best every day.`,
    };
  }
  const decisions =
    (await store.journal()).length + (await store.baselines()).length + (await store.experiments()).length;
  if (decisions === 0) {
    // What the file says is in the record, too, and comes from the file again.
    const [all, settings, isAnybodyIn, tokens] = await Promise.all([
      store.audit({ action: null, limit: 1, offset: 0 }),
      store.audit({ action: "settings.change", limit: 1, offset: 0 }),
      store.hasMembers(),
      store.tokens(),
    ]);
    if (all.total === settings.total && !isAnybodyIn && tokens.length === 0)
      return { level: "fine", about, message: "none, and all that is stored can be collected again or pushed again" };
    return {
      level: "warning",
      about,
      message:
        "none yet, and users, tokens and the record of who changed what cannot be collected again. Make one with `headway backup FILE`, best every day.",
    };
  }
  return {
    level: "warning",
    about,
    message: `none, and ${counted(decisions, "decision")} of people cannot be collected again. Make one with \`headway backup FILE\`.`,
  };
}

/** A clock that is behind makes what is new look as if it were to come. */
async function findClock(installation: Installation): Promise<Finding[]> {
  const { store, now } = installation;
  const records = await store.sources(sourceKeys(installation));
  const ahead = Math.max(...records.map(({ syncedAt }) => (syncedAt ?? 0) - now()));
  if (ahead <= SKEW) return [];
  const message = `this machine's clock says ${new Date(now()).toISOString()}, and the last sync was ${Math.round(ahead / MINUTE)} minutes later than that. Set the clock, best by a time server.`;
  return [{ level: "warning", about: "clock", message }];
}
