import { Later } from "./later.tsx";
import type { View } from "./view.ts";

export const ledger: View = {
  path: "ledger",
  title: "Ledger",
  isInMenu: true,
  hasFilters: false,
  hasSeries: false,
  render: (page) => (
    <Later title="Ledger" page={page} load={async () => (await import("../ledger/page.tsx")).LedgerPage} />
  ),
};
