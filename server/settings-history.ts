/** What the configuration said when, by what was written down of it. */
import { z } from "zod";
import { BadRequest } from "./answers/problem.ts";
import type { Reply } from "./contract.ts";
import { settingsContract } from "./settings-contract.ts";
import type { Installation } from "./installation.ts";
import type { Instant } from "#metrics/time.ts";

/** What was set at an instant. @throws BadRequest when that was before it was first written down. */
export async function settingsAt({ store }: Installation, at: Instant): Promise<Reply<"/api/settings">> {
  const parts = await store.settingsAt(at);
  const known = Object.fromEntries([...parts].map(([name, text]): [string, unknown] => [name, JSON.parse(text)]));
  const { visibility, url, proxies, provider, teamServices, waiting, ...rest } = known;
  // Of the time before it was written down nothing is made up.
  const access = visibility === undefined ? null : { visibility, url, proxies, provider, teamServices, waiting };
  const parsed = settingsContract["/api/settings"].reply.safeParse({ ...rest, access });
  if (parsed.success) return parsed.data;
  throw new BadRequest(
    parts.size === 0
      ? "Nobody wrote down what was set then: it is known from the first start on of a Headway that writes it down."
      : `What was set then cannot be told whole: ${z.prettifyError(parsed.error)}`,
  );
}
