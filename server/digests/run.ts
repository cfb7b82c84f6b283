/** Sends what is due, once. What could not be sent stays due for a day. */
import type { DigestOptions } from "#config/digests.ts";
import { digestName } from "#config/digests.ts";
import { dateOf } from "#metrics/calendar.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import { holdLease } from "../work-leases.ts";
import { BadRequest } from "../answers/problem.ts";
import { Memory } from "../answers/memory.ts";
import type { Installation } from "../installation.ts";
import { daily, dueOfDay, dueOfWeek, weekly } from "./compose.ts";
import type { Message } from "./message.ts";
import type { Fetch } from "./send.ts";
import { DigestError } from "./problem.ts";
import { send } from "./send.ts";

/** What nobody was awake to send is not sent late: a digest of last week helps nobody on Friday. */
const LATEST = DAY;

/** @returns a line for the log about each message that was sent or refused. */
export async function runDigests(installation: Installation, fetch: Fetch): Promise<readonly string[]> {
  // Of several processes one sends: what it sent is noted, and the others find nothing due.
  const held = await holdLease(installation, "digests");
  if ("pid" in held) return [];
  try {
    return await runAll(installation, fetch);
  } finally {
    await held.release();
  }
}

async function runAll(installation: Installation, fetch: Fetch): Promise<readonly string[]> {
  const memory = new Memory(installation.store);
  const lines: string[] = [];
  for (const options of installation.config.digests) {
    try {
      for (const message of await due(installation, options, memory))
        lines.push(...(await once(installation, options, message, fetch)));
    } catch (error) {
      // What one place refuses, or a scope that is no more, keeps nothing from the others.
      if (!(error instanceof DigestError || error instanceof BadRequest)) throw error;
      lines.push(`${digestName(options)}: ${error.message}`);
    }
  }
  return lines;
}

async function due(installation: Installation, options: DigestOptions, memory: Memory): Promise<readonly Message[]> {
  const { now, config } = installation;
  const isDue = (at: Instant) => now() - at < LATEST;
  const messages: Message[] = [];
  if (isDue(dueOfWeek(options, now(), config.timezone))) {
    const message = await weekly(installation, options, memory);
    if (message !== null) messages.push(message);
  }
  const hasNudges = options.ageing || options.agreement !== undefined;
  if (
    hasNudges &&
    dateOf(dueOfDay(options, now(), config.timezone), config.timezone) === dateOf(now(), config.timezone)
  )
    messages.push(await daily(installation, options, memory));
  return messages;
}

/** What was said before is left out; a message of nothing is only noted. */
async function once(
  { store, now, config }: Installation,
  options: DigestOptions,
  { title, lines, note }: Message,
  fetch: Fetch,
): Promise<readonly string[]> {
  const key = digestName(options);
  const notes = lines.flatMap((line) => line.note ?? []);
  const fresh = new Set(await store.newNotes(key, [note, ...notes]));
  if (!fresh.has(note)) return [];
  const left = lines.filter((line) => line.note === null || fresh.has(line.note));
  if (left.length > 0) await send(options, { title, lines: left, note }, fetch, config.allowAddresses);
  await store.addNotes(key, [note, ...notes], now());
  return left.length > 0 ? [`${key}: sent “${title}”.`] : [];
}
