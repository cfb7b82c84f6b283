/** An installation as somebody sees it who sees some of its services: the others are not there for any answer. */
import type { RequestHandler } from "express";
import type { Config } from "#config/schema.ts";
import type { Scope } from "#metrics/scopes.ts";
import { isDuring, scopeText } from "#metrics/scopes.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import { whoOf } from "./auth/access.ts";
import { sightOf } from "./auth/sight.ts";
import type { Installation } from "./installation.ts";
import type { ProgrammeVersion } from "./store/programme.ts";
import type { Store } from "./store/store.ts";
import { structureOf } from "./structure.ts";

/**
 * Answers know services only by what the store lists and by what the configuration says, so both are narrowed here and nowhere else. A
 * service belongs to whoever owns it now: with it goes its past. What is told of the organisation as a whole and may name services in
 * words of people (baselines, experiments, the log of syncs) is left out.
 */
function narrowed(installation: Installation, scopes: readonly Scope[]): Installation {
  const view = new View(installation, scopes);
  return {
    store: view.store(),
    now: installation.now,
    live: installation.live,
    signer: installation.signer,
    get waiting() {
      return installation.waiting;
    },
    get config() {
      return view.config();
    },
    get sources() {
      return view.sources();
    },
  };
}

/** So soon it is looked at again who owns what. */
const SOON = DAY / 24;

/** Beyond so many kinds of readers the first is forgotten, and made again when it is needed. */
const MOST = 50;

/** Hands those who see some of an installation to answers of their own. @param answer makes them. */
export function seeingSome(installation: Installation, answer: (some: Installation) => RequestHandler): RequestHandler {
  const made = new Map<string, RequestHandler>();
  return (request, response, next) => {
    const sight = sightOf(whoOf(request), installation.config);
    if (sight === null || sight.scopes === null) return next();
    const handler = made.get(sight.key) ?? answer(narrowed(installation, sight.scopes));
    made.delete(sight.key);
    made.set(sight.key, handler);
    for (const first of made.keys()) if (made.size > MOST) made.delete(first);
    return handler(request, response, next);
  };
}

function withoutUseCases(version: ProgrammeVersion): ProgrammeVersion {
  // oxlint-disable-next-line no-unsafe-type-assertion -- nothing but a programme is ever written there
  const content = JSON.parse(version.content) as Record<string, unknown>;
  return { ...version, content: JSON.stringify({ ...content, useCases: [] }) };
}

class View {
  readonly #installation: Installation;
  readonly #scopes: readonly Scope[];
  /** Of the last configuration: the same one is given out again, since answers keep by it what they reckoned. */
  #narrow: { readonly whole: Config; readonly until: Instant; readonly config: Config } | null = null;
  /** Sources with a service of theirs, as far as one was looked for. */
  #own: ReadonlySet<string> = new Set();

  constructor(installation: Installation, scopes: readonly Scope[]) {
    this.#installation = installation;
    this.#scopes = scopes;
  }

  sees(service: string): boolean {
    const { config, now } = this.#installation;
    const structure = structureOf(config);
    return this.#scopes.some((scope) =>
      scope.kind === "service"
        ? scope.name.toLowerCase() === service.toLowerCase()
        : isDuring(now(), structure.timesOf(scope, service)),
    );
  }

  /** Teams and systems that have none of these services are not named, nor what those teams owned once. */
  config(): Config {
    const { config: whole, now } = this.#installation;
    if (this.#narrow?.whole === whole && now() < this.#narrow.until) return this.#narrow.config;
    const services = whole.services.filter(({ name }) => this.sees(name));
    const seen = (names: readonly { readonly service: string }[]) => names.some(({ service }) => this.sees(service));
    const named = new Set(this.#scopes.flatMap((scope) => (scope.kind === "team" ? [scope.name] : [])));
    const teams = whole.teams
      .filter(({ name, services: owned }) => named.has(name) || seen(owned))
      .map((team) => ({ ...team, services: team.services.filter(({ service }) => this.sees(service)) }));
    const kept = new Set(teams.map(({ name }) => name));
    const systems = new Set(services.map(({ system }) => system));
    const config: Config = {
      ...whole,
      services,
      teams: teams.map(({ parent, ...team }) =>
        parent !== undefined && kept.has(parent) ? { ...team, parent } : team,
      ),
      systems: whole.systems.filter(({ name }) => systems.has(name)),
      digests: [],
    };
    this.#narrow = { whole, until: now() + SOON, config };
    return config;
  }

  sources(): Installation["sources"] {
    return this.#installation.sources.filter(({ collector }) => this.#own.has(collector.source));
  }

  store(): Store {
    const { store } = this.#installation;
    const services: Store["services"] = async (keys) => {
      const all = await store.services(keys.length === 0 ? this.#keys() : [...new Set([...keys, ...this.#keys()])]);
      const own = all.filter(({ service }) => this.sees(service));
      this.#own = new Set(own.map(({ source }) => source));
      return own;
    };
    const narrow: Partial<Store> = {
      services,
      // What a source has to say names what it could not read.
      sources: async (keys) =>
        (await store.sources(keys)).map((record) => ({
          ...record,
          notices: [],
          error: record.error === null ? null : "It was not collected.",
        })),
      syncs: async () => [],
      pushedServices: async () => (await store.pushedServices()).filter(({ name }) => this.sees(name)),
      journal: async () =>
        (await store.journal()).filter(({ service, scope }) =>
          service === null
            ? scope === null || this.#scopes.some((one) => scopeText(one) === scope)
            : this.sees(service),
        ),
      // Who needs what for the business is told of the organisation as a whole.
      programme: async (most) => (await store.programme(most)).map(withoutUseCases),
      baselines: async () => [],
      experiments: async () => [],
    };
    return new Proxy(store, {
      get: (target, name) => {
        const own: unknown = Reflect.get(narrow, name) ?? Reflect.get(target, name, target);
        // Methods of the store reach what is private to it.
        return typeof own === "function" ? (own.bind(target) as unknown) : own;
      },
    });
  }

  #keys(): readonly string[] {
    return this.#installation.sources.map(({ collector }) => collector.source);
  }
}
