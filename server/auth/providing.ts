/** The identity provider that the configuration names now: it may be read again while this runs. */
import type { Config } from "#config/schema.ts";
import type { Instant } from "#metrics/time.ts";
import { Provider } from "./provider.ts";

/** One provider as long as the configuration says the same of it, so that what was learnt of it is kept. */
export function providing(config: () => Config, now: () => Instant): () => Provider | null {
  let known: { readonly said: string; readonly provider: Provider } | null = null;
  return () => {
    const { login, url, allowAddresses } = config();
    if (login === undefined) return null;
    const said = JSON.stringify([login, url, allowAddresses]);
    if (known?.said !== said) known = { said, provider: new Provider(login, { url, allowAddresses }, now) };
    return known.provider;
  };
}
