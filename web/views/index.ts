import { data } from "./data.tsx";
import { delivery } from "./delivery.tsx";
import { experiments } from "./experiments.tsx";
import { flow } from "./flow.tsx";
import { overview } from "./overview.tsx";
import { rows } from "./rows.tsx";
import type { View } from "./view.ts";

/** The menu, in its order. */
export const views: readonly View[] = [overview, delivery, flow, experiments, rows, data];
