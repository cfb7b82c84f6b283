import { backbone } from "./backbone.tsx";
import { change } from "./change.tsx";
import { changes } from "./changes.tsx";
import { data } from "./data.tsx";
import { delivery } from "./delivery.tsx";
import { deployment } from "./deployment.tsx";
import { deployments } from "./deployments.tsx";
import { experiments } from "./experiments.tsx";
import { firstAdministrator } from "./first-administrator.tsx";
import { flow } from "./flow.tsx";
import { incident } from "./incident.tsx";
import { incidents } from "./incidents.tsx";
import { ledger } from "./ledger.tsx";
import { leadership } from "./leadership.tsx";
import { overview } from "./overview.tsx";
import { pipelines } from "./pipelines.tsx";
import { progress } from "./progress.tsx";
import { rows } from "./rows.tsx";
import { savings } from "./savings.tsx";
import { settings } from "./settings.tsx";
import type { View } from "./view.ts";

/** The menu, in its order; an item and the rows of a number are reached from elsewhere. */
export const views: readonly View[] = [
  overview,
  delivery,
  flow,
  pipelines,
  deployments,
  changes,
  incidents,
  experiments,
  progress,
  savings,
  ledger,
  backbone,
  rows,
  change,
  deployment,
  incident,
  leadership,
  data,
  settings,
  firstAdministrator,
];
