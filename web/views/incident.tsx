import { Later } from "./later.tsx";
import type { Page, View } from "./view.ts";

export const incident: View = {
  path: "incident",
  title: "Incident",
  isInMenu: false,
  hasFilters: false,
  hasSeries: false,
  render: (page) => <Later title="Incident" page={page} load={load} />,
};

async function load() {
  const { ItemPage } = await import("../items/item.tsx");
  return (shown: Page) => <ItemPage kind="incident" page={shown} />;
}
