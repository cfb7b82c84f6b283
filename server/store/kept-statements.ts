/** Statements as SQLite prepared them: to parse and plan one anew, in a turn of its own, costs as much as writing some rows. */
import type { Database, RunResult, Statement } from "sqlite3";

/** By connection. Those that were not used for the longest time go first. */
const MOST = 64;
/** Letters. A statement holds on to what it was given last, so that one that is given more than this is not kept. */
const MOST_HELD = 200_000;
/** Others are rare, and some of them do their work while they are prepared. */
const KEPT = /^\s*(?:select|insert|update|delete|with|begin|commit)\b/i;

/** What is done with a statement, whoever prepared it. */
interface Usable {
  all(parameters: readonly unknown[], done: (error: Error | null, rows: Record<string, unknown>[]) => void): unknown;
  run(parameters: readonly unknown[], done: (this: RunResult, error: Error | null) => void): unknown;
}

interface Kept {
  readonly statement: Promise<Statement>;
  /** How many use it at this moment. */
  users: number;
}

export class KeptStatements {
  readonly #database: Database;
  /** In the order of their use. */
  readonly #kept = new Map<string, Kept>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * SQLite itself prepares a statement again where tables have become others.
   *
   * @throws the driver's error about the statement, or what `use` throws.
   */
  async with<T>(text: string, parameters: readonly unknown[], use: (statement: Usable) => Promise<T>): Promise<T> {
    if (lettersIn(parameters) > MOST_HELD || !KEPT.test(text)) return use(once(this.#database, text));
    const kept = this.#kept.get(text) ?? { statement: this.#prepare(text), users: 0 };
    this.#kept.delete(text);
    this.#kept.set(text, kept);
    kept.users++;
    try {
      return await use(await kept.statement);
    } finally {
      kept.users--;
      if (this.#kept.size > MOST) await this.#forgetSome();
    }
  }

  /** A connection with statements cannot be closed. */
  async close(): Promise<void> {
    const all = [...this.#kept.values()];
    this.#kept.clear();
    await Promise.all(all.map(finish));
  }

  async #prepare(text: string): Promise<Statement> {
    return new Promise<Statement>((resolve, reject) => {
      const statement: Statement = this.#database.prepare(text, (error: Error | null) => {
        if (error === null) return resolve(statement);
        // Whoever asks next has it prepared again: by then its tables may be there.
        this.#kept.delete(text);
        reject(error);
      });
    });
  }

  async #forgetSome(): Promise<void> {
    for (const [text, kept] of this.#kept) {
      if (this.#kept.size <= MOST) return;
      if (kept.users > 0) continue;
      this.#kept.delete(text);
      await finish(kept);
    }
  }
}

/** One that could not be prepared is finished already. */
async function finish({ statement }: Kept): Promise<void> {
  const prepared = await statement.catch(() => null);
  if (prepared === null) return;
  await new Promise<void>((resolve) => prepared.finalize(() => resolve()));
}

/** A statement that is prepared for this one time. */
function once(database: Database, text: string): Usable {
  return { all: database.all.bind(database, text), run: database.run.bind(database, text) };
}

function lettersIn(parameters: readonly unknown[]): number {
  let letters = 0;
  for (const one of parameters) if (typeof one === "string") letters += one.length;
  return letters;
}
