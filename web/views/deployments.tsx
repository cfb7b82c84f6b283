import { Later } from "./later.tsx";
import type { View } from "./view.ts";

export const deployments: View = {
  path: "deployments",
  title: "Deployments",
  isInMenu: true,
  hasFilters: true,
  hasSeries: false,
  render: (page) => (
    <Later
      title="Deployments"
      page={page}
      load={async () => (await import("../items/deployment-list.tsx")).DeploymentList}
    />
  ),
};
