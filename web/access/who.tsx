import { useContext, useState } from "preact/hooks";

import { tell } from "../api.ts";
import { Go } from "../design/go.tsx";
import { moment } from "../format.ts";
import { asApiError } from "../use-reply.ts";
import { Looking, remember, useMay } from "./me.ts";

/** Who looks, and the way out. Where nobody can log in, nothing. */
export function WhoLooks({ zone }: { readonly zone: string }) {
  const me = useContext(Looking);
  const mayShare = useMay("/api/shares/add");
  const [problem, say] = useState<string | null>(null);
  if (me === null || (me.kind !== "person" && me.kind !== "link")) return null;
  const leave = (): void => {
    tell("/api/logout", {}).then(
      ({ to }) => {
        remember(false);
        if (to === null) window.location.reload();
        else window.location.assign(to);
      },
      (error: unknown) => say(asApiError(error).message),
    );
  };
  const { pathname, search } = window.location;
  const view = `${pathname.slice(pathname.lastIndexOf("/") + 1)}${search}`;
  return (
    <span class="who">
      {mayShare && (
        <>
          <Go to={`settings?share=${encodeURIComponent(view)}#links`}>Share</Go> ·{" "}
        </>
      )}
      {me.kind === "person" ? (
        <Go to="settings#own">
          {me.name}, {me.role}
        </Go>
      ) : (
        `shown until ${me.until === null ? "" : moment(me.until, zone)}`
      )}{" "}
      <button type="button" class="quiet" onClick={leave}>
        {me.kind === "person" ? "Log out" : "Leave"}
      </button>
      {problem !== null && <span role="status"> {problem}</span>}
    </span>
  );
}
