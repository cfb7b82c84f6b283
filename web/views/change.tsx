import { Later } from "./later.tsx";
import type { Page, View } from "./view.ts";

export const change: View = {
  path: "change",
  title: "Change",
  isInMenu: false,
  hasFilters: false,
  hasSeries: false,
  render: (page) => <Later title="Change" page={page} load={load} />,
};

async function load() {
  const { ItemPage } = await import("../items/item.tsx");
  return (shown: Page) => <ItemPage kind="change" page={shown} />;
}
