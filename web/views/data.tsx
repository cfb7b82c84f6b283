import { Later } from "./later.tsx";
import type { Page, View } from "./view.ts";

export const data: View = {
  path: "data",
  title: "Data",
  isInMenu: true,
  hasFilters: false,
  hasSeries: false,
  render: (page) => <Later title="Data" page={page} load={load} />,
};

/** Looked at now and then, so its code comes only then. */
async function load() {
  const { DataPage } = await import("../sources/page.tsx");
  return (page: Page) => (page.watch.status === null ? null : <DataPage page={page} status={page.watch.status} />);
}
