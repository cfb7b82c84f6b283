import { Later } from "./later.tsx";
import type { View } from "./view.ts";

export const incidents: View = {
  path: "incidents",
  title: "Incidents",
  isInMenu: true,
  hasFilters: true,
  hasSeries: false,
  render: (page) => (
    <Later title="Incidents" page={page} load={async () => (await import("../items/incident-list.tsx")).IncidentList} />
  ),
};
