import { useMemo } from "preact/hooks";

import { spanOf } from "../filters.ts";
import { Nothing, nothingYet } from "../overview/nothing.tsx";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { isPartial } from "../words.ts";
import { incidentColumns } from "./kinds.tsx";
import { List, listQuestion } from "./list.tsx";
import { readListing } from "./listing.ts";

const STATES = ["all", "open", "linked", "unlinked", "false-alarm"] as const;
const SORTS = ["at", "recovery"] as const;

export function IncidentList({ filters, search, watch: { status, revision }, scopes }: Page) {
  const listing = readListing(search, [...STATES], [...SORTS]);
  const span = spanOf(filters, status);
  const asked = span && { ...listQuestion(span, filters, listing) };
  const answer = useReply("/api/incidents", asked, revision);
  const zone = status?.zone ?? "UTC";
  const hasServices = (scopes?.services.length ?? 0) > 1;
  const columns = useMemo(() => incidentColumns({ filters, zone, hasServices }), [filters, zone, hasServices]);
  const reason = status && nothingYet(status);
  if (reason) return <Nothing reason={reason} title="Incidents" status={status} />;
  return (
    <List
      kind="incident"
      title="Incidents"
      answer={answer}
      columns={columns}
      filters={filters}
      listing={listing}
      groups={[]}
      isPartial={status !== null && isPartial(status)}
    />
  );
}
