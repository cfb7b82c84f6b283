import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { incidentColumns } from "./kinds.tsx";
import { List } from "./list.tsx";
import { useListing } from "./use-listing.ts";

const STATES = ["all", "open", "linked", "unlinked", "false-alarm"] as const;
const SORTS = ["at", "recovery"] as const;

export function IncidentList(page: Page) {
  const { question, ...listed } = useListing(page, STATES, SORTS, incidentColumns);
  const answer = useReply("/api/incidents", question, page.watch.revision);
  return <List kind="incident" title="Incidents" answer={answer} groups={[]} {...listed} />;
}
