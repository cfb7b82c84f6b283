/** How a database of any earlier version becomes one of this version. A released migration is never edited. */
import type { Migration } from "kysely";
import { eventsAndFacts } from "./migrations/0001-events-and-facts.ts";
import { moreOfEachEvent } from "./migrations/0002-more-of-each-event.ts";
import { partsOfRepositories } from "./migrations/0003-parts-of-repositories.ts";
import { whatWasLeftOut } from "./migrations/0004-what-was-left-out.ts";
import { judgements } from "./migrations/0005-judgements.ts";
import { pipelines } from "./migrations/0006-pipelines.ts";
import { baselines } from "./migrations/0008-baselines.ts";
import { news } from "./migrations/0009-news.ts";
import { kindsOfWork } from "./migrations/0010-kinds-of-work.ts";
import { segments } from "./migrations/0007-segments.ts";
import { labelsAndScopes } from "./migrations/0015-labels-and-scopes.ts";
import { experiments } from "./migrations/0013-experiments.ts";
import { digests } from "./migrations/0014-digests.ts";
import { access } from "./migrations/0016-access.ts";
import { identity } from "./migrations/0017-identity.ts";
import { watchedAsNumbers } from "./migrations/0018-watched-as-numbers.ts";
import { programme } from "./migrations/0021-programme.ts";
import { reviews } from "./migrations/0022-reviews.ts";
import { savings } from "./migrations/0023-savings.ts";
import { runners } from "./migrations/0026-runners.ts";
import { seals } from "./migrations/0027-seals.ts";
import { stretches } from "./migrations/0028-stretches.ts";

import { postgresTables } from "./migrations/postgres-tables.ts";

/** By name; they run in the order of their names. Those after {@link FIRST_OF_POSTGRES} are written for both databases. */
export const migrations: Record<string, Migration> = {
  "0001-events-and-facts": eventsAndFacts,
  "0002-more-of-each-event": moreOfEachEvent,
  "0003-parts-of-repositories": partsOfRepositories,
  "0004-what-was-left-out": whatWasLeftOut,
  "0005-judgements": judgements,
  "0006-pipelines": pipelines,
  "0008-baselines": baselines,
  "0009-news": news,
  "0010-kinds-of-work": kindsOfWork,
  "0007-segments": segments,
  "0013-experiments": experiments,
  "0014-digests": digests,
  "0015-labels-and-scopes": labelsAndScopes,
  "0016-access": access,
  "0017-identity": identity,
  "0018-watched-as-numbers": watchedAsNumbers,
  "0021-programme": programme,
  "0022-reviews": reviews,
  "0023-savings": savings,
  "0026-runners": runners,
  "0027-seals": seals,
  "0028-stretches": stretches,
};

/** Headway learnt PostgreSQL with these tables, so that a database there begins with all of them at once. */
const FIRST_OF_POSTGRES = "0016-access";

export const postgresMigrations: Record<string, Migration> = {
  [FIRST_OF_POSTGRES]: postgresTables,
  ...Object.fromEntries(Object.entries(migrations).filter(([name]) => name > FIRST_OF_POSTGRES)),
};
