/** What `headway check` finds out about the company's identity provider: whether it answers, and whether it knows this Headway. */
import { connecting, OutOfReach } from "#collectors/polite/reach.ts";
import { Refused } from "../answers/problem.ts";
import { Provider } from "../auth/provider.ts";
import type { Installation } from "../installation.ts";
import type { Finding } from "./findings.ts";

const PATIENCE = 10_000;

/** Empty where nobody logs in that way. */
export async function findLogin({ config, now }: Pick<Installation, "config" | "now">): Promise<readonly Finding[]> {
  const { login, allowAddresses } = config;
  if (login === undefined) return [];
  const about = `login: ${login.name}`;
  const provider = new Provider(login, config, now);
  try {
    const offered = await provider.answers();
    const { url } = await provider.begin("");
    // Not followed: a page to log in at wants cookies that only a browser has.
    const signal = AbortSignal.timeout(PATIENCE);
    const asked = await connecting(allowAddresses)(url, { redirect: "manual", signal }).catch(nothing);
    await asked?.body?.cancel();
    const found: Finding[] = [{ level: "fine", about, message: `${login.issuer} answers` }];
    // Providers lead to their own page where they know who asks, and say no at once where they do not.
    if (asked !== null && asked.status >= 400)
      found.push({
        level: "broken",
        about,
        message: `It refuses the login of this Headway (${asked.status}). Register there, for the client \`${login.clientId}\`, the address it sends people back to, exactly: ${provider.returnsTo}`,
      });
    if (offered.code_challenge_methods_supported?.includes("S256") === false)
      found.push({
        level: "warning",
        about,
        message: "It does not offer PKCE with S256; a login relies on state and nonce.",
      });
    return found;
  } catch (error) {
    if (error instanceof Refused) return [{ level: "broken", about, message: error.message }];
    if (error instanceof OutOfReach)
      return [{ level: "broken", about, message: `It was not asked: ${error.message}.` }];
    throw error;
  }
}

/** Who does not answer says nothing; where it may not be asked at all, that is said. */
function nothing(error: unknown): null {
  if (error instanceof OutOfReach) throw error;
  return null;
}
