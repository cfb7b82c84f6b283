import { Later } from "./later.tsx";
import type { View } from "./view.ts";

export const savings: View = {
  path: "savings",
  title: "Savings",
  isInMenu: true,
  hasFilters: false,
  hasSeries: false,
  render: (page) => (
    <Later title="Savings" page={page} load={async () => (await import("../savings/page.tsx")).SavingsPage} />
  ),
};
