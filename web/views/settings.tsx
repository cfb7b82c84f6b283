import { Later } from "./later.tsx";
import type { Page, View } from "./view.ts";

export const settings: View = {
  path: "settings",
  title: "Settings",
  isInMenu: true,
  hasFilters: false,
  hasSeries: false,
  render: (page) => <Later title="Settings" page={page} load={load} />,
};

async function load() {
  const { SettingsPage } = await import("../settings/page.tsx");
  return (page: Page) => (page.watch.status === null ? null : <SettingsPage page={page} status={page.watch.status} />);
}
