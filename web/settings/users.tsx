import { useState } from "preact/hooks";

import { Field, Form } from "../access/fields.tsx";
import { useCommand } from "../connect/use-command.ts";
import { type Column, Table } from "../design/table.tsx";
import { moment } from "../format.ts";
import type { Role, SessionOf, User } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { Does } from "./does.tsx";
import { sessionColumns } from "./own-access.tsx";
import { addressOf, SecretOnce } from "./secret-once.tsx";

const ROLES = {
  viewer: "viewer: reads everything",
  lead: "lead: also decides what counts",
  programme: "programme: also freezes baselines",
  finance: "finance: also reads who changed what",
  admin: "admin: also says who may what",
} as const satisfies Record<Role, string>;

const BY = { password: "a password", invitation: "invited, not in yet", provider: "the company’s login" } as const;

interface Props {
  readonly zone: string;
  /** What whoever looks is called. */
  readonly me: string;
  readonly times: number;
  readonly onDone: () => void;
}

interface Invited {
  readonly name: string;
  readonly code: string;
  readonly expiresAt: string;
}

/** Who can log in, and where they are logged in: an administrator's. */
export function Users({ zone, me, times, onDone }: Props) {
  const { reply, problem } = useReply("/api/users", {}, times);
  const [invited, invite] = useState<Invited | null>(null);
  const onInvited = (one: Invited): void => {
    invite(one);
    onDone();
  };
  return (
    <>
      <section class="section">
        <h2>Users</h2>
        {problem !== null && <p>{problem.message}</p>}
        {invited !== null && (
          <SecretOnce title={`The invitation of ${invited.name}`} secret={addressOf("welcome", invited.code)}>
            {`Give it to them by a way that you trust: whoever opens it chooses the password, once, until ${moment(invited.expiresAt, zone)}. It is not shown again.`}
          </SecretOnce>
        )}
        <div class="panel">
          <Table
            caption="Users"
            columns={userColumns(zone, me, onDone, onInvited)}
            rows={reply ?? []}
            keyOf={({ name }) => name}
          />
          <Add onInvited={onInvited} />
        </div>
      </section>
      <Sessions zone={zone} times={times} onDone={onDone} />
    </>
  );
}

function userColumns(
  zone: string,
  me: string,
  onDone: () => void,
  onInvited: (one: Invited) => void,
): readonly Column<User>[] {
  return [
    { title: "Name", align: "start", cell: ({ name }) => name, sortBy: ({ name }) => name },
    {
      title: "Role",
      align: "start",
      cell: (user) => <RoleOf user={user} onDone={onDone} />,
      sortBy: ({ role }) => role,
    },
    { title: "Teams", align: "start", cell: (user) => <TeamsOf user={user} onDone={onDone} />, sortBy: null },
    { title: "Logs in by", align: "start", cell: ({ by }) => BY[by], sortBy: ({ by }) => by },
    {
      title: "Since",
      align: "start",
      cell: ({ createdAt }) => moment(createdAt, zone),
      sortBy: ({ createdAt }) => createdAt,
    },
    {
      title: "Change",
      align: "start",
      cell: (user) => (user.name === me ? "you" : <Turn user={user} onDone={onDone} onInvited={onInvited} />),
      sortBy: null,
    },
  ];
}

function RoleOf({ user: { name, role }, onDone }: { readonly user: User; readonly onDone: () => void }) {
  const { isBusy, problem, run } = useCommand("/api/users/role");
  return (
    <span class="field">
      <select
        aria-label={`Role of ${name}`}
        value={role}
        disabled={isBusy}
        onChange={({ currentTarget }) => run({ name, role: roleIn(currentTarget.value) }, onDone)}
      >
        {Object.entries(ROLES).map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
      {problem !== null && <span role="status">{problem}</span>}
    </span>
  );
}

/** Names between commas: whose services a viewer sees where viewers see those of their teams. */
function TeamsOf({ user: { name, role, teams }, onDone }: { readonly user: User; readonly onDone: () => void }) {
  const { isBusy, problem, run } = useCommand("/api/users/teams");
  if (role !== "viewer") return <>all</>;
  const told = (text: string) =>
    text
      .split(",")
      .map((team) => team.trim())
      .filter((team) => team !== "");
  return (
    <span class="field">
      <input
        aria-label={`Teams of ${name}`}
        value={teams.join(", ")}
        disabled={isBusy}
        onChange={({ currentTarget }) => run({ name, teams: told(currentTarget.value) }, onDone)}
      />
      {problem !== null && <span role="status">{problem}</span>}
    </span>
  );
}

interface TurnProps {
  readonly user: User;
  readonly onDone: () => void;
  readonly onInvited: (one: Invited) => void;
}

function Turn({ user: { name }, onDone, onInvited }: TurnProps) {
  const invite = useCommand("/api/users/invite");
  const remove = useCommand("/api/users/remove");
  return (
    <span class="decide-buttons">
      <button
        type="button"
        class="button"
        aria-label={`New link for ${name}`}
        disabled={invite.isBusy}
        onClick={() => invite.run({ name }, onInvited)}
      >
        New link
      </button>{" "}
      <Does words="Remove" about={name} command={remove} onDo={() => remove.run({ name }, onDone)} />
      {invite.problem !== null && <span role="status"> {invite.problem}</span>}
    </span>
  );
}

function Add({ onInvited }: { readonly onInvited: (one: Invited) => void }) {
  const [entered, enter] = useState<{ readonly name: string; readonly role: Role } | null>(null);
  const { isBusy, problem, run } = useCommand("/api/users/add");
  if (entered === null)
    return (
      <p>
        <button type="button" class="button" onClick={() => enter({ name: "", role: "viewer" })}>
          Invite somebody …
        </button>
      </p>
    );
  return (
    <div class="decide">
      <Form
        action="Invite"
        isBusy={isBusy}
        problem={problem}
        onCancel={() => enter(null)}
        onSend={() =>
          run(entered, (one) => {
            enter(null);
            onInvited(one);
          })
        }
      >
        <Field label="Name" value={entered.name} onEnter={(name) => enter({ ...entered, name })} autocomplete="off" />
        <label>
          Role
          <select
            value={entered.role}
            onChange={({ currentTarget }) => enter({ ...entered, role: roleIn(currentTarget.value) })}
          >
            {Object.entries(ROLES).map(([each, words]) => (
              <option key={each} value={each}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </Form>
    </div>
  );
}

function roleIn(value: string): Role {
  const found = Object.keys(ROLES).find((role) => role === value);
  // oxlint-disable-next-line no-unsafe-type-assertion -- it is a key of ROLES
  return (found ?? "viewer") as Role;
}

function Sessions({ zone, times, onDone }: Pick<Props, "zone" | "times" | "onDone">) {
  const { reply } = useReply("/api/users/sessions", {}, times);
  const end = useCommand("/api/users/sessions/end");
  const columns: readonly Column<SessionOf>[] = [
    { title: "Of", align: "start", cell: ({ of }) => of, sortBy: ({ of }) => of },
    ...sessionColumns(zone),
    {
      title: "End",
      align: "start",
      cell: ({ id, isThis, of }) =>
        isThis ? (
          "this browser"
        ) : (
          <Does words="End it" about={`a session of ${of}`} command={end} onDo={() => end.run({ id }, onDone)} />
        ),
      sortBy: null,
    },
  ];
  return (
    <section class="section">
      <h2>Sessions of all</h2>
      <div class="panel">
        <Table caption="Sessions of all" columns={columns} rows={reply ?? []} keyOf={({ id }) => String(id)} />
      </div>
    </section>
  );
}
