/** A Headway that runs for long, and what a new one would be that got all of it at once. */
import { readDeployment } from "#collectors/push/deployment.ts";
import { readIncident } from "#collectors/push/incident.ts";
import { Config } from "#config/schema.ts";
import { canonicalOf } from "#metrics/baselines/canonical.ts";
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Judgement } from "#metrics/judgements.ts";
import { HOUR } from "#metrics/time.ts";
import type { Instant } from "#metrics/time.ts";
import { Memory } from "#server/answers/memory.ts";
import { BadRequest } from "#server/answers/problem.ts";
import { freezeWindow } from "#server/baselines.ts";
import { hashOf } from "#server/hash.ts";
import type { Installation } from "#server/installation.ts";
import { Live } from "#server/live.ts";
import { Replies } from "#server/replies.ts";
import { refresh } from "#server/refresh.ts";
import { Store } from "#server/store/store.ts";
import { Watch } from "#server/watch.ts";
import { usualRules, utc } from "./builders.ts";
import { aBatch } from "./events.ts";
import type { Question } from "./questions.ts";
import { answered, FLEETING } from "./questions.ts";
import type { Happening } from "./happenings.ts";
import { nextWork, REPOSITORIES } from "./drawn-events.ts";
import { aDatabase, tablesFor } from "./installation.ts";

const SOURCE = "git:shop";
const BEGIN = utc("2026-05-12");
/** Numbers of changes that are merged upon whatever is there. */
const FIRST_WORK = 20;

/** What was said, in its order. */
type Entry =
  | { readonly kind: "judged"; readonly judgement: Omit<Judgement, "id"> }
  | { readonly kind: "withdrawn"; readonly reverses: number; readonly at: Instant }
  | { readonly kind: "pushed"; readonly what: "deployment" | "incident"; readonly body: object; readonly at: Instant }
  | { readonly kind: "declared"; readonly content: string; readonly at: Instant }
  | { readonly kind: "frozen"; readonly baseline: Parameters<Store["addBaseline"]>[0] };

/** All that a Headway was ever told, as it is now. */
export interface Told {
  readonly config: object;
  readonly now: Instant;
  /** When its host was asked last. */
  readonly syncedAt: Instant;
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
  told: Told = { config: {}, now: BEGIN, syncedAt: BEGIN, events: new Map(), entries: [] };
  #running: Running;
  /** How much work there was. */
  #worked = 0;

  private constructor(running: Running) {
    this.#running = running;
  }

  static async begin(): Promise<LongLiving> {
    const database = await anEmptyDatabase();
    const made: LongLiving = new LongLiving(await running(database, configOf({}, database), () => made.told.now));
    return made;
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

  async ask(question: Question): Promise<unknown> {
    const { replies, installation, memory } = this.#running;
    const answer = async (): Promise<unknown> => answered(question, installation, memory);
    try {
      if (FLEETING.has(question.path)) return await answer();
      const { plain } = await replies.answer(question, answer);
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
      case "work": {
        this.#worked += 1;
        const number = FIRST_WORK + this.#worked;
        return this.#learn(nextWork([...told.events.values()], happening.repository, { ...happening, number }));
      }
      case "lose": {
        const all = [...told.events.values()].filter(({ kind }) => kind !== "repository");
        return this.#lose(happening.picks.flatMap((pick) => picked(all, pick) ?? []));
      }
      case "configure":
        this.told = { ...told, config: happening.config };
        return this.#reopen(configOf(happening.config, store.path), this.#running);
      case "judge":
        return this.#say({ kind: "judged", judgement: { ...happening.judgement, madeAt: told.now } });
      case "withdraw": {
        const inForce = (await store.journal()).filter(({ reversal }) => reversal === null);
        const found = picked(inForce, happening.pick);
        return found === undefined ? undefined : this.#say({ kind: "withdrawn", reverses: found.id, at: told.now });
      }
      case "push":
        return this.#say({ ...happening, kind: "pushed", at: told.now });
      case "declare":
        return this.#say({ kind: "declared", content: canonicalOf(happening.programme), at: told.now });
      case "freeze":
        return this.#freeze();
      case "wait":
        this.told = { ...told, now: told.now + 30 * HOUR };
        return undefined;
      case "look":
        this.told = { ...told, now: told.now + happening.hours * HOUR };
        return this.#synced();
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
    await this.#synced();
  }

  async #lose(gone: readonly DeliveryEvent[]): Promise<void> {
    const { installation, sourceId } = this.#running;
    const keys = new Set(gone.map(keyOf));
    this.told = { ...this.told, events: new Map([...this.told.events].filter(([key]) => !keys.has(key))) };
    const removed = gone.flatMap(({ kind, repository, id }) =>
      kind === "repository" ? [] : [{ kind, repository, id }],
    );
    await installation.store.save(sourceId, aBatch({ removed }), this.told.now);
    await this.#synced();
  }

  async #say(entry: Entry): Promise<void> {
    const { installation } = this.#running;
    const isNew = await write(installation.store, entry);
    if (isNew) this.told = { ...this.told, entries: [...this.told.entries, entry] };
    await this.#settle();
  }

  /** What was frozen stays so, whatever is told later. */
  async #freeze(): Promise<void> {
    const { store } = this.#running.installation;
    const name = "Spring";
    const asked = {
      name,
      from: "2026-02-20",
      to: "2026-04-01",
      bots: "default",
      open: "kept",
      time: "elapsed",
    } as const;
    try {
      await freezeWindow(this.#running.installation, { ...asked, actor: "Ada" });
    } catch (error) {
      if (error instanceof BadRequest) return;
      throw error;
    }
    const [row] = await store.baselines(name);
    if (row === undefined) throw new Error("What was frozen is not there.");
    const baseline = { name, content: row.content, hash: row.hash, signer: "Ada", madeAt: this.told.now };
    this.told = { ...this.told, entries: [...this.told.entries, { kind: "frozen", baseline }] };
  }

  /** As after every sync. */
  async #synced(): Promise<void> {
    this.told = { ...this.told, syncedAt: this.told.now };
    await this.#settle();
  }

  /** As after every sync and every decision. */
  async #settle(): Promise<void> {
    const { installation, sourceId } = this.#running;
    await installation.store.finishSync(sourceId, { syncedAt: this.told.syncedAt, notices: [] });
    await refresh(installation);
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
  switch (entry.kind) {
    case "judged":
      return (await store.addJudgement(entry.judgement)).isNew;
    case "withdrawn": {
      const withdrawal = { reason: "Not so.", actor: "Bob", madeAt: entry.at };
      return (await store.reverseJudgement(entry.reverses, withdrawal)) !== null;
    }
    case "pushed": {
      const envelope = { key: null, now: entry.at };
      const read = entry.what === "incident" ? readIncident : readDeployment;
      await store.push([read(entry.body, envelope)], entry.at);
      return true;
    }
    case "declared": {
      const [newest] = await store.programme();
      const version = {
        content: entry.content,
        hash: hashOf(entry.content),
        reason: null,
        actor: "Ada",
        madeAt: entry.at,
      };
      return store.addProgramme(newest?.version ?? null, version, []);
    }
    case "frozen":
      return store.addBaseline(entry.baseline);
  }
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
