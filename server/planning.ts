/** Keeps what is declared of the programme: each change is a version of its own, checked as a whole. */
import { parseProgramme } from "#config/programme.ts";
import { canonicalOf } from "#metrics/baselines/canonical.ts";
import type { Flaw } from "#metrics/programme/check.ts";
import { cautions, flaws } from "#metrics/programme/check.ts";
import type { Difference } from "#metrics/programme/differences.ts";
import { differences, keyOf } from "#metrics/programme/differences.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import { withSystemCalled } from "#metrics/programme/programme.ts";
import { counted } from "#metrics/words.ts";
import { hashOf } from "./hash.ts";
import { standing, surroundings, told, toldVersion } from "./answers/programme.ts";
import { BadRequest, Refused } from "./answers/problem.ts";
import type { Control } from "./commands.ts";
import type { Body, CommandReply } from "./contract.ts";
import type { Installation } from "./installation.ts";
import type { Change } from "./programme-contract.ts";

type Commands = "/api/programme/set" | "/api/programme/remove" | "/api/programme/import";
type Said = Pick<Body<"/api/programme/set">, "follows" | "reason" | "actor">;

/** The commands of a Headway that runs. */
export function planning(installation: Installation): Pick<Control, Commands> {
  return {
    "/api/programme/set": async ({ change, instead, ...said }) => {
      const { programme } = await standing(installation);
      return keepProgramme(installation, withThing(programme, change, instead ?? null), said);
    },
    "/api/programme/remove": async ({ list, key, ...said }) => {
      const { programme } = await standing(installation);
      const rest = programme[list].filter((thing) => keyOf(list, thing) !== key);
      if (rest.length === programme[list].length)
        throw new BadRequest(`There is no "${key}" among the ${list} of the programme that could be taken out.`);
      const after = { ...programme, [list]: rest };
      const known = await surroundings(installation);
      const users = usersOf(key, flaws(programme, known), flaws(after, known));
      if (users !== null) throw new BadRequest(users);
      return keepProgramme(installation, after, said);
    },
    "/api/programme/import": async ({ text, save, ...said }) => importProgramme(installation, text, save, said),
  };
}

/** Of each list what one of its things is called, where it may speak of another one. */
const NOUNS: Readonly<Record<string, string>> = {
  systems: "system",
  assessment: "assessment",
  useCases: "use case",
  initiatives: "initiative",
  consents: "consent",
  assumptions: "assumption",
  waves: "wave",
  milestones: "milestone",
};

/** Which things would speak of one that is not there any more; `null`: none. */
function usersOf(key: string, before: readonly Flaw[], after: readonly Flaw[]): string | null {
  const had = new Set(before.map(({ message }) => message));
  const users = new Map<string, Set<unknown>>();
  for (const { path, message } of after) {
    const [list, at] = path;
    const noun = NOUNS[String(list)];
    // Only what misses it: what is wrong otherwise is told in its own words.
    if (noun === undefined || had.has(message) || !message.includes(` "${key}"`)) continue;
    users.set(noun, (users.get(noun) ?? new Set()).add(at));
  }
  if (users.size === 0) return null;
  const told = [...users].map(([noun, places]) => counted(places.size, noun));
  return `"${key}" is used by ${told.join(", ")}: take it out of these first.`;
}

/**
 * @param save `false`: only says what would change.
 * @throws ConfigError with one line for each mistake.
 */
export async function importProgramme(
  installation: Installation,
  text: string,
  save: boolean,
  said: Said,
): Promise<CommandReply<"/api/programme/import">> {
  const programme = parseProgramme(text, "The file", await surroundings(installation));
  const notes = { cautions: [...cautions(programme)] };
  if (save) return { ...(await keepProgramme(installation, programme, said)), ...notes };
  const before = await standing(installation);
  return {
    version: before.version && toldVersion(before.version),
    differences: differences(before.programme, programme).map(told),
    ...notes,
  };
}

/** @throws BadRequest when it would contradict itself; Refused when somebody was faster. */
export async function keepProgramme(
  installation: Installation,
  programme: Programme,
  { follows, reason = "", actor }: Said,
): Promise<CommandReply<"/api/programme/set">> {
  const { store, now, live } = installation;
  const known = await surroundings(installation);
  const before = await standing(installation);
  // What was sound when it was kept may speak of a service that is gone since: that is told, and holds nothing up.
  const old = new Set(flaws(before.programme, known).map(({ message }) => message));
  const flaw = flaws(programme, known).find(({ message }) => !old.has(message));
  if (flaw !== undefined) throw new BadRequest(flaw.message);
  const changes = differences(before.programme, programme);
  if (changes.length === 0) return { version: before.version && toldVersion(before.version), differences: [] };
  const content = canonicalOf(programme);
  const version = { content, hash: hashOf(content), reason: reason === "" ? null : reason, actor, madeAt: now() };
  if (!(await store.addProgramme(follows, version, changes.map(audited))))
    throw new Refused(
      409,
      "Somebody was faster",
      "The programme was changed since you looked at it, so nothing was kept. Load the page again, look at what is other now, and change it once more.",
    );
  live.tell();
  const after = await standing(installation);
  return { version: after.version && toldVersion(after.version), differences: changes.map(told) };
}

/** In the place of the one it replaces, else at the end. */
function withThing(programme: Programme, change: Change, instead: string | null): Programme {
  const { list, thing } = change;
  if (list === "direction") return { ...programme, ...thing };
  if (list === "vision" || list === "currency" || list === "fiscalYearBegins") return { ...programme, [list]: thing };
  const key = instead ?? keyOf(list, thing);
  const things: readonly object[] = programme[list];
  const at = things.findIndex((one) => keyOf(list, one) === key);
  if (at === -1 && instead !== null)
    throw new BadRequest(`There is no "${instead}" among the ${list} of the programme that could be changed.`);
  const changed = { ...programme, [list]: at === -1 ? [...things, thing] : things.with(at, thing) };
  if (list !== "systems" || at === -1 || thing.name === key) return changed;
  return withSystemCalled(changed, key, thing.name);
}

function audited({ list, key, fields }: Difference) {
  const side = (which: "before" | "after") =>
    Object.fromEntries(fields.flatMap((field) => (field[which] === null ? [] : [[field.name, field[which]]])));
  return { subject: list === key ? list : `${list} ${key}`, before: side("before"), after: side("after") };
}
