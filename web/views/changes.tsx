import { Later } from "./later.tsx";
import type { View } from "./view.ts";

export const changes: View = {
  path: "changes",
  title: "Changes",
  isInMenu: true,
  hasFilters: true,
  hasSeries: false,
  render: (page) => (
    <Later title="Changes" page={page} load={async () => (await import("../items/change-list.tsx")).ChangeList} />
  ),
};
