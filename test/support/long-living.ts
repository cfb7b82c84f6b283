/** A Headway that runs for long, and what a new one would be that got all of it at once. */
import { Config } from "#config/schema.ts";
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Judgement } from "#metrics/judgements.ts";
import { HOUR } from "#metrics/time.ts";
import type { Instant } from "#metrics/time.ts";
import { answerAgreement } from "#server/answers/agreement.ts";
import { answerAnnotations } from "#server/answers/annotations.ts";
import { answerFlow } from "#server/answers/flow.ts";
import { answerMeasures } from "#server/answers/measures.ts";
import { answerServices } from "#server/answers/services.ts";
import { Memory } from "#server/answers/memory.ts";
import { BadRequest } from "#server/answers/problem.ts";
import { answerRows } from "#server/answers/rows.ts";
import { contract } from "#server/contract.ts";
import type { Query } from "#server/contract.ts";
import type { Installation } from "#server/installation.ts";
import { Live } from "#server/live.ts";
import { Replies } from "#server/replies.ts";
import { refresh } from "#server/refresh.ts";
import { Store } from "#server/store/store.ts";
import { Watch } from "#server/watch.ts";
import { usualRules, utc } from "./builders.ts";
import { aBatch } from "./events.ts";
import type { Happening } from "./happenings.ts";
import { REPOSITORIES } from "./happenings.ts";
import { aDatabase, tablesFor } from "./installation.ts";

const SOURCE = "git:shop";
const BEGIN = utc("2026-05-12");

type Asked = "/api/measures" | "/api/rows" | "/api/flow" | "/api/services" | "/api/annotations" | "/api/agreement";

/** What somebody asks, as an address says it. */
export interface Question {
  readonly path: Asked;
  readonly query: Readonly<Record<string, string>>;
}

/** What was written into the journal, in its order. */
type Entry = { readonly judgement: Omit<Judgement, "id"> } | { readonly reverses: number; readonly at: Instant };

/** All that a Headway was ever told, as it is now. */
export interface Told {
  readonly config: object;
  readonly now: Instant;
  readonly events: ReadonlyMap<string, DeliveryEvent>;
  readonly entries: readonly Entry[];
}

interface Running {
  readonly installation: Installation;
  readonly sourceId: number;
  readonly memory: Memory;
  readonly replies: Replies;
}

/** Begins where nobody knows anything. */
export class LongLiving {
  told: Told = { config: {}, now: BEGIN, events: new Map(), entries: [] };
  #running: Running;

  private constructor(running: Running) {
    this.#running = running;
  }

  static async begin(): Promise<LongLiving> {
    const database = await anEmptyDatabase();
    return new LongLiving(await running(database, configOf({}, database), () => BEGIN));
  }

  /** The same with a new database that gets everything at once. */
  static async anew(told: Told): Promise<LongLiving> {
    const database = await anEmptyDatabase();
    const made = new LongLiving(await running(database, configOf(told.config, database), () => told.now));
    made.told = told;
    const { installation, sourceId } = made.#running;
    await installation.store.save(sourceId, aBatch({ events: [...told.events.values()] }), told.now);
    for (const entry of told.entries) await write(installation.store, entry);
    await made.#settle();
    return made;
  }

  async close(): Promise<void> {
    await this.#running.installation.store.close();
  }

  async ask({ path, query }: Question): Promise<unknown> {
    const { replies, installation, memory } = this.#running;
    const asked = contract[path].query.parse(query);
    const answer = async (): Promise<unknown> => {
      switch (path) {
        case "/api/measures":
          return answerMeasures(installation, asked as Query<"/api/measures">, memory);
        case "/api/rows":
          return answerRows(installation, asked as Query<"/api/rows">, memory);
        case "/api/flow":
          return answerFlow(installation, asked as Query<"/api/flow">, memory);
        case "/api/services":
          return answerServices(installation, asked as Query<"/api/services">, memory);
        case "/api/agreement":
          return answerAgreement(installation, asked as Query<"/api/agreement">, memory);
        case "/api/annotations":
          return answerAnnotations(installation, asked, memory);
      }
    };
    try {
      const { plain } = await replies.answer({ path, asked }, answer);
      return JSON.parse(plain.toString());
    } catch (error) {
      if (error instanceof BadRequest) return { refused: error.message };
      throw error;
    }
  }

  async live(happening: Happening): Promise<void> {
    const { told } = this;
    const { store } = this.#running.installation;
    switch (happening.kind) {
      case "learn":
        return this.#learn(happening.events);
      case "lose": {
        const gone = picked(
          [...told.events.values()].filter(({ kind }) => kind !== "repository"),
          happening.pick,
        );
        return gone === undefined ? undefined : this.#lose(gone);
      }
      case "configure":
        this.told = { ...told, config: happening.config };
        return this.#reopen(configOf(happening.config, store.path), this.#running);
      case "judge": {
        const judgement = { ...happening.judgement, madeAt: told.now };
        return this.#decide({ judgement });
      }
      case "withdraw": {
        const inForce = (await store.journal()).filter(({ reversal }) => reversal === null);
        const found = picked(inForce, happening.pick);
        return found === undefined ? undefined : this.#decide({ reverses: found.id, at: told.now });
      }
      case "look":
        this.told = { ...told, now: told.now + happening.hours * HOUR };
        return this.#settle();
      case "restart":
        await this.close();
        return this.#reopen(this.#running.installation.config, null);
    }
  }

  async #learn(events: readonly DeliveryEvent[]): Promise<void> {
    const { installation, sourceId } = this.#running;
    const known = new Map(this.told.events);
    for (const event of events) known.set(keyOf(event), event);
    this.told = { ...this.told, events: known };
    await installation.store.save(sourceId, aBatch({ events }), this.told.now);
    await this.#settle();
  }

  async #lose(event: DeliveryEvent): Promise<void> {
    const { installation, sourceId } = this.#running;
    this.told = { ...this.told, events: new Map([...this.told.events].filter(([key]) => key !== keyOf(event))) };
    const { kind, repository, id } = event;
    if (kind === "repository") return;
    await installation.store.save(sourceId, aBatch({ removed: [{ kind, repository, id }] }), this.told.now);
    await this.#settle();
  }

  async #decide(entry: Entry): Promise<void> {
    const { installation } = this.#running;
    const isWritten = await write(installation.store, entry);
    if (isWritten) this.told = { ...this.told, entries: [...this.told.entries, entry] };
    await this.#settle();
  }

  /** As after every sync and every decision. */
  async #settle(): Promise<void> {
    const { installation, sourceId } = this.#running;
    await refresh(installation);
    await installation.store.finishSync(sourceId, { syncedAt: this.told.now, notices: [] });
  }

  /** With another configuration, and what it remembers; or after a restart, with nothing but its database. */
  async #reopen(config: Config, before: Running | null): Promise<void> {
    const now = () => this.told.now;
    if (before === null) this.#running = await running(config.database, config, now);
    else Object.assign(before.installation, { config });
    await this.#settle();
  }
}

async function running(database: string, config: Config, now: () => Instant): Promise<Running> {
  const store = await Store.open(database);
  const { id } = await store.openSource({ key: SOURCE, name: "acme", host: "github" });
  async function* collect() {}
  const options = { host: "git" as const, path: SOURCE, releases: usualRules.releases };
  const sources = [{ options, collector: { source: SOURCE, name: "acme", collect }, rules: usualRules }];
  const signer = async () => Promise.reject(new Error("Nothing is signed here."));
  const installation: Installation = { config, store, sources, now, live: new Live(), waiting: [], signer };
  return {
    installation,
    sourceId: id,
    memory: new Memory(store),
    replies: new Replies(new Watch(installation), "settled"),
  };
}

function configOf(config: object, database: string): Config {
  const sources = [{ host: "github", token: "t", repositories: REPOSITORIES }];
  return Config.parse({ database, sources, timezone: "UTC", ...config });
}

/** @returns whether it was: the same is decided once only. */
async function write(store: Store, entry: Entry): Promise<boolean> {
  if ("judgement" in entry) return (await store.addJudgement(entry.judgement)).isNew;
  const withdrawal = { reason: "Not so.", actor: "Bob", madeAt: entry.at };
  return (await store.reverseJudgement(entry.reverses, withdrawal)) !== null;
}

async function anEmptyDatabase(): Promise<string> {
  const database = aDatabase();
  await tablesFor(database);
  return database;
}

function picked<T>(all: readonly T[], pick: number): T | undefined {
  return all.length === 0 ? undefined : all[pick % all.length];
}

function keyOf({ kind, repository, id }: DeliveryEvent): string {
  return `${kind} ${repository} ${id}`;
}
