import { Later } from "./later.tsx";
import type { View } from "./view.ts";

export const progress: View = {
  path: "progress",
  title: "Progress",
  isInMenu: true,
  hasFilters: false,
  hasSeries: false,
  render: (page) => (
    <Later title="Progress" page={page} load={async () => (await import("../progress/page.tsx")).ProgressPage} />
  ),
};
