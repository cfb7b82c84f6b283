/** What `headway check` says of who gets in, and of what a proxy must be known for. */
import type { Installation } from "../installation.ts";
import { vacancy } from "./accessing.ts";
import type { Finding } from "./findings.ts";

const about = "access";

/** Empty where nobody but this machine is meant to reach it. */
export async function findAccess({
  store,
  config,
}: Pick<Installation, "store" | "config">): Promise<readonly Finding[]> {
  const { url, proxies } = config;
  const vacant = await vacancy({ store, config });
  const found: Finding[] = vacant === null ? [] : [{ level: "broken", about, message: vacant }];
  if (url?.startsWith("https:") === true && proxies.length === 0)
    found.push({
      level: "warning",
      about,
      message:
        "`url` is https, which Headway does not speak itself, and no proxy is named that does: the cookies of those who log in are not kept for https alone, and all who fail to log in look like one. Name the proxy: `proxies: [loopback]` for one on this machine, `[uniquelocal]` in a container.",
    });
  return found;
}
