import { useMemo } from "preact/hooks";

import { Go } from "../design/go.tsx";
import { spanOf } from "../filters.ts";
import { Nothing, nothingYet } from "../overview/nothing.tsx";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { isPartial } from "../words.ts";
import { changeColumns } from "./kinds.tsx";
import { List, listQuestion } from "./list.tsx";
import { listingLink, readListing } from "./listing.ts";

const STATES = [
  "all",
  "open",
  "reverted",
  "coding",
  "pickup",
  "review",
  "waiting",
  "deployed",
  "before-record",
  "merged",
  "closed",
] as const;
const SORTS = ["at", "age", "lead", "coding", "pickup", "review", "deploy", "lines"] as const;

export function ChangeList({ filters, search, watch: { status, revision }, scopes }: Page) {
  const listing = readListing(search, [...STATES], [...SORTS]);
  const span = spanOf(filters, status);
  const asked = span && { ...listQuestion(span, filters, listing), bots: filters.bots };
  const answer = useReply("/api/changes", asked, revision);
  const zone = status?.zone ?? "UTC";
  const hasServices = (scopes?.services.length ?? 0) > 1;
  const columns = useMemo(() => changeColumns({ filters, zone, hasServices }), [filters, zone, hasServices]);
  const reason = status && nothingYet(status);
  if (reason) return <Nothing reason={reason} title="Changes" status={status} />;
  return (
    <List
      kind="change"
      title="Changes"
      answer={answer}
      columns={columns}
      filters={filters}
      listing={listing}
      groups={["open", "reverted"]}
      isPartial={status !== null && isPartial(status)}
      note={
        filters.bots === "default" ? (
          <>
            What bots opened is listed once it is merged or closed.{" "}
            <Go to={listingLink("changes", { ...filters, bots: "in" }, { ...listing, offset: 0 })}>
              List their open changes, too
            </Go>
          </>
        ) : null
      }
    />
  );
}
