/** By what name browsers know this installation, which teams somebody is shown, and which webhooks came before. */
import { randomBytes } from "node:crypto";
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";
import { textType } from "./both.ts";

export const identity: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("installation")
      .addColumn("name", textType(db), (column) => column.primaryKey())
      .execute();
    // No secret: it only tells the cookies of two Headways on one host apart.
    await sql`insert into installation (name) values (${randomBytes(4).toString("hex")})`.execute(db);
    await db.schema.alterTable("member").addColumn("teams", textType(db)).execute();
    await db.schema.alterTable("share").addColumn("teams", textType(db)).execute();
    await db.schema
      .createTable("delivery")
      .addColumn("hash", textType(db), (column) => column.primaryKey())
      .addColumn("received_at", "double precision", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("delivery_received").on("delivery").column("received_at").execute();
  },
};
