import { Later } from "./later.tsx";
import type { View } from "./view.ts";

export const backbone: View = {
  path: "backbone",
  title: "Backbone",
  isInMenu: true,
  hasFilters: false,
  hasSeries: false,
  render: (page) => (
    <Later title="Backbone" page={page} load={async () => (await import("../programme/page.tsx")).Backbone} />
  ),
};
