import { Later } from "./later.tsx";
import type { View } from "./view.ts";

export const firstAdministrator: View = {
  path: "first-administrator",
  title: "First administrator",
  isInMenu: false,
  hasFilters: false,
  hasSeries: false,
  render: (page) => <Later title="First administrator" page={page} load={load} />,
};

/** Needed once. */
async function load() {
  return (await import("../access/first-administrator.tsx")).FirstAdministrator;
}
