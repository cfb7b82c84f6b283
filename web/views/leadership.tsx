import { Later } from "./later.tsx";
import type { View } from "./view.ts";

export const leadership: View = {
  path: "leadership",
  title: "Leadership",
  isInMenu: true,
  hasFilters: true,
  hasSeries: false,
  render: (page) => (
    <Later title="Leadership" page={page} load={async () => (await import("../leadership/page.tsx")).LeadershipPage} />
  ),
};
