/** What somebody enters so that Headway is let in at a host, and what the API takes of it. */
import type { Body } from "#server/contract.ts";

import type { By } from "../types.ts";
import { type Host, HOSTS } from "./hosts.ts";

export interface Entered {
  readonly by: By;
  /** Empty for the host's usual address. */
  readonly url: string;
  /** Whether the token, or the key of the app, stands in the environment. */
  readonly isNamed: boolean;
  readonly variable: string;
  readonly token: string;
  readonly id: string;
  readonly installation: string;
  readonly keyFile: string;
}

export function nothingEntered(host: Host, by: By): Entered {
  const variable = by === "app" ? "GITHUB_APP_KEY" : HOSTS[host].variable;
  return { by, url: "", isNamed: false, variable, token: "", id: "", installation: "", keyFile: "" };
}

export function bodyOf(host: Host, entered: Entered): Body<"/api/connect/probe"> {
  const { by, url, isNamed, variable, token, id, installation, keyFile } = entered;
  const where = { host, ...(url !== "" && { url }), ...(isNamed && { variable }) };
  if (by === "token") return { ...where, ...(!isNamed && { token }) };
  return { ...where, app: { id: id.trim(), installation: installation.trim(), ...(!isNamed && { keyFile }) } };
}
