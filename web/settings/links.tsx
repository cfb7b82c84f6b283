import { useContext, useState } from "preact/hooks";

import { Form } from "../access/fields.tsx";
import { Looking, useMay } from "../access/me.ts";
import { useCommand } from "../connect/use-command.ts";
import { Go } from "../design/go.tsx";
import { type Column, Table } from "../design/table.tsx";
import { moment, NONE } from "../format.ts";
import type { Shared } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { Does } from "./does.tsx";
import { addressOf, SecretOnce } from "./secret-once.tsx";

interface Props {
  readonly zone: string;
  /** The view that is to be shared; `null`: none is on its way. */
  readonly view: string | null;
}

/** Links that show a view to somebody without a login. */
export function Links({ zone, view }: Props) {
  const isAllowed = useMay("/api/shares/add");
  const isPerson = useContext(Looking)?.kind === "person";
  const [times, count] = useState(0);
  const [made, show] = useState<{ readonly path: string; readonly code: string; readonly expiresAt: string } | null>(
    null,
  );
  const { reply } = useReply("/api/shares", isAllowed ? {} : null, times);
  const end = useCommand("/api/shares/end");
  const again = (): void => count((before) => before + 1);
  if (!isAllowed) return null;
  const when = (at: string | null): string => (at === null ? NONE : moment(at, zone));
  const columns: readonly Column<Shared>[] = [
    {
      title: "View",
      align: "start",
      cell: ({ path }) => (
        <Go to={path === "" ? "./" : path}>
          <span class="why-cell">{path === "" ? "Overview" : path}</span>
        </Go>
      ),
      sortBy: ({ path }) => path,
    },
    { title: "By", align: "start", cell: ({ by }) => by, sortBy: ({ by }) => by },
    { title: "Made", align: "start", cell: ({ createdAt }) => when(createdAt), sortBy: ({ createdAt }) => createdAt },
    {
      title: "Used last",
      align: "start",
      cell: ({ lastUsedAt }) => when(lastUsedAt),
      sortBy: ({ lastUsedAt }) => lastUsedAt,
    },
    { title: "Ends", align: "start", cell: ({ expiresAt }) => when(expiresAt), sortBy: ({ expiresAt }) => expiresAt },
    {
      title: "Ended",
      align: "start",
      cell: ({ id, path, revokedAt }) =>
        revokedAt === null ? (
          <Does words="End it" about={`the link to ${path}`} command={end} onDo={() => end.run({ id }, again)} />
        ) : (
          when(revokedAt)
        ),
      sortBy: null,
    },
  ];
  return (
    <section class="section">
      <h2 id="links">Links to views</h2>
      {made !== null && (
        <SecretOnce title="The link" secret={addressOf(made.path, `share=${made.code}`)}>
          {`Whoever has it sees this view, and nothing else, until ${when(made.expiresAt)}. It is not shown again.`}
        </SecretOnce>
      )}
      {view !== null && made === null && (
        <Share
          key={view}
          view={view}
          onMade={(one) => {
            show(one);
            again();
          }}
        />
      )}
      {(reply ?? []).length === 0 ? (
        <p>
          {isPerson
            ? "There is none. “Share” in the head of a page makes one to what it shows."
            : "There is none. Somebody who has logged in can make one: “Share” stands in the head of each page then."}
        </p>
      ) : (
        <div class="panel">
          <Table caption="Links to views" columns={columns} rows={reply ?? []} keyOf={({ id }) => String(id)} />
        </div>
      )}
    </section>
  );
}

interface ShareProps {
  readonly view: string;
  readonly onMade: (made: { readonly path: string; readonly code: string; readonly expiresAt: string }) => void;
}

function Share({ view, onMade }: ShareProps) {
  const [days, choose] = useState(7);
  const { isBusy, problem, run } = useCommand("/api/shares/add");
  return (
    <div class="decide">
      <p class="small why-cell">Of {view === "" ? "the Overview" : view}</p>
      <Form
        action="Make a link"
        isBusy={isBusy}
        problem={problem}
        onSend={() => run({ path: view, days }, onMade)}
        onCancel={null}
      >
        <label>
          For
          <select value={String(days)} onChange={({ currentTarget }) => choose(Number(currentTarget.value))}>
            {[1, 7, 30, 90].map((each) => (
              <option key={each} value={String(each)}>
                {each === 1 ? "a day" : `${each} days`}
              </option>
            ))}
          </select>
        </label>
      </Form>
    </div>
  );
}
