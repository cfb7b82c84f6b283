import "../judgements/judgements.css";

import { useContext, useState } from "preact/hooks";

import { Looking, useMay } from "../access/me.ts";
import { Go } from "../design/go.tsx";
import { OwnAccess } from "./own-access.tsx";
import { Users } from "./users.tsx";

/** Who can log in, and where whoever looks is logged in. */
export function People({ zone }: { readonly zone: string }) {
  const me = useContext(Looking);
  const maySayWho = useMay("/api/users");
  const [times, again] = useState(0);
  const onDone = (): void => again((before) => before + 1);
  if (me === null || me.kind === "open")
    return (
      <section class="section">
        <h2>Users</h2>
        <p>
          None: whoever sits at this machine sees all of it and may do all of it, so Headway listens on this machine
          alone. <Go to="first-administrator">Let people log in …</Go>
        </p>
      </section>
    );
  return (
    <>
      {me.kind === "person" && <OwnAccess zone={zone} times={times} onDone={onDone} />}
      {maySayWho && <Users zone={zone} me={me.name ?? ""} times={times} onDone={onDone} />}
    </>
  );
}
