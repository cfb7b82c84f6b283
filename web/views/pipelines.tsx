import { Later } from "./later.tsx";
import type { View } from "./view.ts";

export const pipelines: View = {
  path: "pipelines",
  title: "Pipelines",
  isInMenu: true,
  hasFilters: true,
  hasSeries: true,
  render: (page) => (
    <Later title="Pipelines" page={page} load={async () => (await import("../pipelines/page.tsx")).PipelinesPage} />
  ),
};
