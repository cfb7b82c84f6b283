/** Headway as its users have it: a configuration goes in, the API's answers come out; only the network is a fake one. */
import { expect, onTestFinished } from "vitest";
import type { Batch } from "#collectors/collector.ts";
import { Config } from "#config/schema.ts";
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import type { Reply } from "#server/contract.ts";
import type { Installation } from "#server/installation.ts";
import type { Control } from "#server/commands.ts";
import { deciding } from "#server/deciding.ts";
import { closeInstallation, openInstallation } from "#server/installation.ts";
import { isServer } from "#server/store/place.ts";
import type { SyncOutcome } from "#server/sync.ts";
import { aBatch } from "./events.ts";
import { at } from "./fake-host.ts";
import type { FakeGitLab } from "./fake-gitlab.ts";
import { aFolder } from "./git-repository.ts";
import type { FakeGitHub } from "./github/server.ts";
import type { Answer } from "./installation.ts";
import { aDatabase, synced, tablesFor } from "./installation.ts";
import type { Sender } from "./pushing.ts";
import { aSender } from "./pushing.ts";

type Measures = Reply<"/api/measures">;
export type Row = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface Headway extends Sender {
  readonly installation: Installation;
  readonly sync: () => Promise<readonly SyncOutcome[]>;
  /** @param question such as `from=2026-01-01&interval=month`; the window is the first half of 2026 unless it says otherwise. */
  readonly measures: (question?: string) => Promise<Measures>;
  /** One metric. */
  readonly measure: (metric: string, question?: string) => Promise<Measures["measures"][number]>;
  readonly rows: (metric: string, question?: string) => Promise<Reply<"/api/rows">>;
  /** The rows of an export, of each service oldest first. */
  readonly exported: (kind: string) => Promise<readonly Row[]>;
  readonly status: () => Promise<Reply<"/api/status">>;
  /** Somebody decides, by the name of Ada and for a reason. @returns the number of the judgement. */
  readonly judge: (what: object) => Promise<number>;
  /** Somebody takes a judgement back. */
  readonly reverse: (id: number) => Promise<Answer>;
}

interface HeadwayDraft {
  /** As in `headway.yaml`, but for the database. */
  readonly config: object;
  /** What the first source tells instead of asking its host: a list per sync. */
  readonly tells?: readonly (readonly DeliveryEvent[] | Partial<Batch>)[];
  readonly now?: () => Instant;
}

const HALF_A_YEAR = "from=2026-01-01&to=2026-07-01";

/** Synced once, and stopped when the test ends. It is noon on the last day of June 2026. */
export async function aHeadway({ config, tells, now = () => at("2026-06-30T12:00") }: HeadwayDraft): Promise<Headway> {
  const database = aDatabase();
  // Beside a file there is a folder; a server has none, and what a test keeps must not lie where the tests run.
  const parsed = Config.parse({ database, ...(isServer(database) && { data: aFolder() }), ...config });
  await tablesFor(parsed.database);
  const opened = await openInstallation(parsed, { env: process.env, now });
  onTestFinished(async () => closeInstallation(opened));
  const installation = tells === undefined ? opened : { ...opened, sources: telling(opened, tells) };
  await synced(installation);
  const server = await aSender(installation, { control: aControl(installation) });
  const json = async <T>(path: string): Promise<T> => (await server.get(path)).json();
  const measures = async (question = "") => json<Measures>(`/api/measures?${windowed(question)}`);
  return {
    ...server,
    installation,
    sync: async () => synced(installation),
    measures,
    measure: async (metric, question = "") => only((await measures(`metric=${metric}&${question}`)).measures),
    rows: async (metric, question = "") => json(`/api/rows?order=oldest&metric=${metric}&${windowed(question)}`),
    exported: async (kind) => (await json<Row[]>(`/api/export/${kind}?format=json`)).toReversed(),
    status: async () => json("/api/status"),
    judge: async (what) => {
      const answer = await server.post("/api/judgements/add", { actor: "Ada", reason: "A bad day.", ...what });
      expect(answer.status, answer.text).toBe(200);
      return answer.json<{ id: number }>().id;
    },
    reverse: async (id) => server.post("/api/judgements/reverse", { id, actor: "Bob", reason: "It was not so." }),
  };
}

/** A GitHub source whose repositories tell what a test says. */
export const told = { sources: [{ host: "github", token: "t", repositories: ["acme/shop"] }] };

/** The repository `acme/shop` of a fake GitHub. */
export function onGitHub({ url }: FakeGitHub, has: object = {}): object {
  return { sources: [{ host: "github", url, token: "t-good", repositories: ["acme/shop"], ...has }] };
}

/** The project `acme/shell` of a fake GitLab. */
export function onGitLab({ url, token }: FakeGitLab, has: object = {}): object {
  return { sources: [{ host: "gitlab", url, token, projects: ["acme/shell"], ...has }] };
}

/** What a test tells it to do; nothing is connected or collected by it. */
export function aControl(installation: Installation): Control {
  const refused = async () => Promise.reject(new Error("No test asks for this."));
  return {
    "/api/sync": refused,
    "/api/connect/probe": refused,
    "/api/connect": refused,
    ...deciding(installation),
  };
}

function windowed(question: string): string {
  return question.includes("from=") ? question : `${HALF_A_YEAR}&${question}`;
}

function telling({ sources }: Installation, syncs: NonNullable<HeadwayDraft["tells"]>): Installation["sources"] {
  return sources.map((source, index) => {
    if (index > 0) return source;
    const collect = async function* (cursor: string | null): AsyncGenerator<Batch> {
      const next = syncs[Number(cursor)];
      if (next === undefined) return;
      const batch: Partial<Batch> = "length" in next ? { events: next } : next;
      yield aBatch({ ...batch, cursor: String(Number(cursor) + 1), progress: 1 });
    };
    return { ...source, collector: { ...source.collector, collect } };
  });
}

function only<T>(list: readonly T[]): T {
  const [item] = list;
  if (item === undefined || list.length > 1) throw new Error(`${list.length} answers instead of one`);
  return item;
}
