import { moment, plural } from "../format.ts";
import type { Probed } from "../types.ts";

/** Whose token or app it is, and what it has and lacks. */
export function Grants({ probed, zone }: { readonly probed: Probed; readonly zone: string }) {
  const { by, account, kind, expiresAt, scopes, grants, triedOn } = probed;
  const lacking = grants.filter(({ has }) => has === false).length;
  return (
    <div class="section">
      <p>
        {by === "app" ? "This app is installed at" : "This is the token of"}{" "}
        <strong class="source-text">{account}</strong> ({kind})
        {expiresAt === null ? "" : `, good until ${moment(expiresAt, zone)}`}.{" "}
        {lacking === 0
          ? "It lacks nothing."
          : `It lacks ${plural(lacking, "permission")}: what is missing then stands beside it.`}
      </p>
      <ul class="grants small">
        {grants.map(({ name, has, why }) => (
          <li key={name}>
            <span class={has === false ? "verdict-worse" : "muted"}>
              {has === null ? "○ unknown" : has ? "✓ has" : "! lacks"}
            </span>
            <strong>{name}</strong>
            <span class="muted">{why}</span>
          </li>
        ))}
      </ul>
      <p class="small muted">
        {scopes !== null &&
          `${by === "app" ? "Permissions" : "Scopes"}: ${scopes.length === 0 ? "none" : scopes.join(", ")}. `}
        {triedOn !== null && `Tried on ${triedOn}.`}
      </p>
    </div>
  );
}
