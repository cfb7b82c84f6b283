import { Go } from "../design/go.tsx";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { changeColumns } from "./kinds.tsx";
import { List } from "./list.tsx";
import { listingLink } from "./listing.ts";
import { useListing } from "./use-listing.ts";

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

export function ChangeList(page: Page) {
  const { question, ...listed } = useListing(page, STATES, SORTS, changeColumns);
  const { filters, listing } = listed;
  const answer = useReply("/api/changes", question && { ...question, bots: filters.bots }, page.watch.revision);
  return (
    <List
      kind="change"
      title="Changes"
      answer={answer}
      groups={["open", "reverted"]}
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
      {...listed}
    />
  );
}
