import { Later } from "./later.tsx";
import type { Page, View } from "./view.ts";

export const deployment: View = {
  path: "deployment",
  title: "Deployment",
  isInMenu: false,
  hasFilters: false,
  hasSeries: false,
  render: (page) => <Later title="Deployment" page={page} load={load} />,
};

async function load() {
  const { ItemPage } = await import("../items/item.tsx");
  return (shown: Page) => <ItemPage kind="deployment" page={shown} />;
}
