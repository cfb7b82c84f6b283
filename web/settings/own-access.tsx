import { useState } from "preact/hooks";

import { Field, Form, NewPassword } from "../access/fields.tsx";
import { useCommand } from "../connect/use-command.ts";
import { type Column, Table } from "../design/table.tsx";
import { moment } from "../format.ts";
import type { Session } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { Does } from "./does.tsx";

interface Props {
  readonly zone: string;
  /** Grows when something changed. */
  readonly times: number;
  readonly onDone: () => void;
}

/** Where somebody is logged in, and their password. */
export function OwnAccess({ zone, times, onDone }: Props) {
  const { reply, problem } = useReply("/api/sessions", {}, times);
  const end = useCommand("/api/sessions/end");
  const columns: readonly Column<Session>[] = [
    ...sessionColumns(zone),
    {
      title: "End",
      align: "start",
      cell: ({ id, isThis, beganAt }) =>
        isThis ? (
          "this browser"
        ) : (
          <Does
            words="End it"
            about={`the session of ${moment(beganAt, zone)}`}
            command={end}
            onDo={() => end.run({ id }, onDone)}
          />
        ),
      sortBy: null,
    },
  ];
  return (
    <section class="section">
      <h2 id="own">Where you are logged in</h2>
      {problem !== null && <p>{problem.message}</p>}
      <div class="panel">
        <Table caption="Where you are logged in" columns={columns} rows={reply ?? []} keyOf={({ id }) => String(id)} />
        <Password onDone={onDone} />
      </div>
    </section>
  );
}

export function sessionColumns(zone: string): readonly Column<Session>[] {
  return [
    {
      title: "Began",
      align: "start",
      cell: ({ beganAt }) => moment(beganAt, zone),
      sortBy: ({ beganAt }) => beganAt,
    },
    { title: "Used last", align: "start", cell: ({ usedAt }) => moment(usedAt, zone), sortBy: ({ usedAt }) => usedAt },
    {
      title: "Ends",
      align: "start",
      cell: ({ expiresAt }) => moment(expiresAt, zone),
      sortBy: ({ expiresAt }) => expiresAt,
    },
  ];
}

function Password({ onDone }: { readonly onDone: () => void }) {
  const [entered, enter] = useState<{ readonly current: string; readonly password: string } | null>(null);
  const [isChanged, change] = useState(false);
  const { isBusy, problem, run } = useCommand("/api/password");
  if (entered === null)
    return (
      <p>
        <button type="button" class="button" onClick={() => enter({ current: "", password: "" })}>
          Change your password …
        </button>{" "}
        <span role="status">{isChanged ? "It is changed, and you are logged in here alone." : ""}</span>
      </p>
    );
  return (
    <div class="decide">
      <Form
        action="Change it"
        isBusy={isBusy}
        problem={problem}
        onCancel={() => enter(null)}
        onSend={() =>
          run(entered, () => {
            enter(null);
            change(true);
            onDone();
          })
        }
      >
        <Field
          label="Your password now"
          value={entered.current}
          onEnter={(current) => enter({ ...entered, current })}
          autocomplete="current-password"
          isSecret
        />
        <NewPassword value={entered.password} onEnter={(password) => enter({ ...entered, password })} />
      </Form>
    </div>
  );
}
