/**
 * Who did it: a person, whatever they are called, or a program.
 *
 * One person may have several accounts and addresses, and some accounts are programs. The configuration may say so; what it
 * names is compared here, before pseudonyms are made, and goes no further.
 */
import type { ActorKind, Pseudonym } from "#metrics/events.ts";

/** What the configuration says of who is who. */
export interface Identities {
  /** Each list is what one person is called: logins, `host/login`, e-mail addresses, in any case. */
  readonly people: readonly (readonly string[])[];
  /** Regular expressions on logins, names and e-mail addresses, in any case. */
  readonly bots: readonly string[];
  /** The same for agents; who is both is an agent. */
  readonly agents: readonly string[];
}

/** What collectors hide people with. */
export interface PeopleContext {
  readonly pseudonym: (identity: string) => Pseudonym;
  /** Default: each account and each address is somebody else, and bots and agents are those that Headway knows. */
  readonly identities?: Identities;
}

/** Somebody, as a host or a commit names them. */
export interface Handle {
  /** Tells them from all others where nothing is configured; empty for nobody. */
  readonly identity: string;
  /** Logins and addresses that a list of people may hold. */
  readonly called: readonly string[];
  /** Logins, names and addresses on which patterns are tried. */
  readonly shown: readonly string[];
  /** What they are as far as the configuration says nothing else. */
  readonly kind: ActorKind;
}

/** Somebody, as far as it may be known. */
export interface Person {
  readonly author: Pseudonym | null;
  readonly authorKind: ActorKind;
}

export interface People {
  readonly person: (handle: Handle) => Person;
  /**
   * Another text once the configuration says something else: who was met under the old one must be met again. It is keyed, so it
   * tells nothing. Empty where nothing is configured.
   */
  readonly version: string;
}

const NOBODY: Identities = { people: [], bots: [], agents: [] };

export function peopleOf({ pseudonym, identities = NOBODY }: PeopleContext): People {
  const { people, bots, agents } = identities;
  // The first name stands for all of them, so that one more at the end makes nobody anybody else.
  const first = new Map(people.flatMap((names) => names.map((name) => [plain(name), plain(names[0] ?? name)])));
  const [isAgent, isBot] = [matcher(agents), matcher(bots)];
  const isSilent = people.length + bots.length + agents.length === 0;
  return {
    person({ identity, called, shown, kind }) {
      const same = called.map((name) => first.get(plain(name))).find((name) => name !== undefined);
      const who = same ?? identity;
      const configured = isAgent(shown) ? "agent" : isBot(shown) ? "bot" : null;
      return { author: who === "" ? null : pseudonym(who), authorKind: configured ?? kind };
    },
    version: isSilent ? "" : pseudonym(JSON.stringify({ people, bots, agents })),
  };
}

/** Whether two are known to be one. Whose account is gone is nobody's other account. */
export function samePerson(a: Person, b: Person): boolean {
  return a.author !== null && a.author === b.author;
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}

function matcher(patterns: readonly string[]): (texts: readonly string[]) => boolean {
  const expressions = patterns.map((pattern) => new RegExp(pattern, "i"));
  return (texts) => texts.some((text) => text !== "" && expressions.some((expression) => expression.test(text)));
}
