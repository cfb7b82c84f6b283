import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { deploymentColumns } from "./kinds.tsx";
import { List } from "./list.tsx";
import { useListing } from "./use-listing.ts";

const STATES = ["all", "good", "failed", "repair", "attempt", "elsewhere"] as const;
const SORTS = ["at", "changes", "commits", "recovery"] as const;

export function DeploymentList(page: Page) {
  const { question, ...listed } = useListing(page, STATES, SORTS, deploymentColumns);
  const answer = useReply("/api/deployments", question, page.watch.revision);
  return <List kind="deployment" title="Deployments" answer={answer} groups={[]} {...listed} />;
}
