import { useState } from "preact/hooks";

import { Field, Form } from "../access/fields.tsx";
import { useMay } from "../access/me.ts";
import { useCommand } from "../connect/use-command.ts";
import { SaveRows } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { moment, NONE } from "../format.ts";
import type { Token } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { Does } from "./does.tsx";
import { SecretOnce } from "./secret-once.tsx";

const SCOPES = { push: "push deployments, incidents and alerts", read: "read what a viewer reads" } as const;
type Scope = keyof typeof SCOPES;

/** Empty: for ever. */
const DAYS = ["90", "30", "365", ""] as const;

/** With what programs push and read. */
export function Tokens({ zone }: { readonly zone: string }) {
  const isAllowed = useMay("/api/tokens");
  const [times, count] = useState(0);
  const [made, show] = useState<{ readonly name: string; readonly token: string } | null>(null);
  const { reply } = useReply("/api/tokens", isAllowed ? {} : null, times);
  const revoke = useCommand("/api/tokens/revoke");
  const again = (): void => count((before) => before + 1);
  if (!isAllowed) return null;
  const when = (at: string | null): string => (at === null ? NONE : moment(at, zone));
  const columns: readonly Column<Token>[] = [
    { title: "Token", align: "start", cell: ({ name }) => name, sortBy: ({ name }) => name },
    { title: "May", align: "start", cell: ({ scope }) => scope, sortBy: null },
    { title: "Made", align: "start", cell: ({ createdAt }) => when(createdAt), sortBy: ({ createdAt }) => createdAt },
    {
      title: "Used last",
      align: "start",
      cell: ({ lastUsedAt }) => when(lastUsedAt),
      sortBy: ({ lastUsedAt }) => lastUsedAt,
    },
    { title: "Ends", align: "start", cell: ({ expiresAt }) => when(expiresAt), sortBy: ({ expiresAt }) => expiresAt },
    {
      title: "Withdrawn",
      align: "start",
      cell: ({ name, revokedAt }) =>
        revokedAt === null ? (
          <Does words="End it" about={name} command={revoke} onDo={() => revoke.run({ name }, again)} />
        ) : (
          when(revokedAt)
        ),
      sortBy: null,
    },
  ];
  return (
    <section class="section">
      <h2>Tokens of programs</h2>
      {made !== null && (
        <SecretOnce title={`The token of ${made.name}`} secret={made.token}>
          It is sent as “Authorization: Bearer …”, and is not shown again.
        </SecretOnce>
      )}
      <div class="panel">
        <Table
          caption="Tokens of programs"
          columns={columns}
          rows={reply ?? []}
          keyOf={({ name, createdAt }) => `${name} ${createdAt}`}
        />
        <Add
          onMade={(one) => {
            show(one);
            again();
          }}
        />
        <SaveRows name="tokens" title="Tokens of programs" rows={reply ?? []} />
      </div>
    </section>
  );
}

interface Entered {
  readonly name: string;
  readonly scope: Scope;
  readonly days: string;
}

function Add({ onMade }: { readonly onMade: (made: { readonly name: string; readonly token: string }) => void }) {
  const [entered, enter] = useState<Entered | null>(null);
  const { isBusy, problem, run } = useCommand("/api/tokens/add");
  if (entered === null)
    return (
      <p>
        <button type="button" class="button" onClick={() => enter({ name: "", scope: "read", days: "90" })}>
          Make a token …
        </button>
      </p>
    );
  const { name, scope, days } = entered;
  const change = (part: Partial<Entered>): void => enter({ ...entered, ...part });
  const make = (): void =>
    run({ name, scope, days: days === "" ? null : Number(days) }, (made) => {
      enter(null);
      onMade(made);
    });
  return (
    <div class="decide">
      <Form action="Make it" isBusy={isBusy} problem={problem} onSend={make} onCancel={() => enter(null)}>
        <Field label="What uses it" value={name} onEnter={(typed) => change({ name: typed })} autocomplete="off" />
        <label>
          It may
          <select
            value={scope}
            onChange={({ currentTarget: { value } }) => change({ scope: value === "push" ? "push" : "read" })}
          >
            {Object.entries(SCOPES).map(([each, words]) => (
              <option key={each} value={each}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label>
          For
          <select value={days} onChange={({ currentTarget }) => change({ days: currentTarget.value })}>
            {DAYS.map((each) => (
              <option key={each} value={each}>
                {each === "" ? "ever, until it is ended" : `${each} days`}
              </option>
            ))}
          </select>
        </label>
      </Form>
    </div>
  );
}
