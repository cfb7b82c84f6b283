/** Identity providers for a test: a real one over a real socket, and one that says whatever a test wants. */
import { createSign, generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import OidcProvider from "oidc-provider";
import { onTestFinished } from "vitest";

export interface Account {
  readonly id: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface RealProvider {
  readonly issuer: string;
  /** Who sits in front of it: may be another one for the next login. */
  account: Account;
  /** Whether they let the other side know who they are; else they say no. */
  consents: boolean;
  /** Follows an address as a browser does that is logged in there. @returns where it sends somebody back to, or the last page. */
  readonly visit: (url: string) => Promise<string>;
  /** From now on nobody answers there. */
  readonly stop: () => void;
}

export const CLIENT = { id: "headway", secret: "a-secret-of-the-provider-0123456789" };

/** One signing key for all: making one takes long. */
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwk = { ...keys.privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "one" };

interface Listening {
  readonly url: string;
  readonly stop: () => void;
}

/** @param name by which it is asked; it listens on this machine alone. */
async function listening(handler: () => RequestListener, name = "127.0.0.1"): Promise<Listening> {
  const server = createServer((request, response) => handler()(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(async () => {
    const isClosed = server.listening ? once(server, "close") : Promise.resolve();
    stop();
    await isClosed;
  });
  return { url: `http://${name}:${(server.address() as AddressInfo).port}`, stop };
}

/**
 * @param returnsTo the addresses that are registered there.
 * @param name of this machine: by `localhost` it is another site than 127.0.0.1 to a browser.
 */
export async function aProvider(
  account: Account,
  {
    returnsTo = ["https://headway.example/signed-in"],
    inToken = false,
    secret = CLIENT.secret,
    name = "127.0.0.1",
  } = {},
): Promise<RealProvider> {
  let answer: RequestListener = () => undefined;
  const { url: issuer, stop } = await listening(() => answer, name);
  const visit = async (url: string): Promise<string> => followed(url, issuer);
  const provider: RealProvider = { issuer, account, consents: true, visit, stop };
  const oidc = new OidcProvider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: secret,
        redirect_uris: returnsTo,
        post_logout_redirect_uris: returnsTo.map((to) => to.replace("signed-in", "")),
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ["a key for cookies of a test"] },
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], groups: ["groups"] },
    scopes: ["openid", "profile", "groups"],
    conformIdTokenClaims: !inToken,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...provider.account.claims }),
    }),
    interactions: { url: (_context: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
  });
  const callback = oidc.callback();
  const interact: RequestListener = (request, response) => {
    void (async () => {
      const { prompt, params } = await oidc.interactionDetails(request, response);
      const accountId = provider.account.id;
      const grant = new oidc.Grant({ accountId, clientId: CLIENT.id });
      grant.addOIDCScope(String(params["scope"]));
      const consent = provider.consents
        ? { consent: { grantId: await grant.save() } }
        : { error: "access_denied", error_description: "They said no." };
      const result = { login: { login: { accountId } }, consent };
      await oidc.interactionFinished(request, response, result[prompt.name as keyof typeof result]);
    })().catch(() => response.writeHead(400).end());
  };
  const routes = new Map([[true, interact]]);
  answer = (request, response) =>
    (routes.get(String(request.url).startsWith("/interaction/")) ?? callback)(request, response);
  return provider;
}

/** Cookies are kept, and redirects followed, as long as they stay with the provider. */
async function followed(start: string, issuer: string): Promise<string> {
  const jar = new Map<string, string>();
  let url = start;
  while (url.startsWith(issuer)) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { redirect: "manual", headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (set.split(";")[0] ?? "").split(/=(.*)/s);
      jar.set(name, value);
    }
    const next = new URL(response.headers.get("location") ?? url, url).href;
    await response.text();
    if (next === url) return url;
    url = next;
  }
  return url;
}

export interface Lies {
  /** Of the identity token, beside those that are right. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** `null`: no signature. */
  readonly key?: KeyObject | null;
  /** What it says of itself. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** What its token endpoint answers instead. */
  readonly refuses?: { readonly status: number; readonly error: string };
}

/** One that speaks the protocol, and lies where it is told to. */
export async function aLiar(): Promise<{ readonly issuer: string; lies: Lies; nonce: string; tokens: number }> {
  const liar = { issuer: "", lies: {} as Lies, nonce: "", tokens: 0 };
  const { issuer } = Object.assign(liar, { issuer: (await listening(() => answer)).url });
  const pages: Readonly<Record<string, () => readonly [number, unknown]>> = {
    "/.well-known/openid-configuration": () => [
      200,
      {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
        ...liar.lies.metadata,
      },
    ],
    "/jwks": () => [
      200,
      { keys: [{ ...keys.publicKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "one" }] },
    ],
    "/token": () => {
      liar.tokens++;
      const { refuses } = liar.lies;
      return refuses === undefined
        ? [200, { access_token: "an-access-token", token_type: "Bearer", expires_in: 60, id_token: tokenOf(liar) }]
        : [refuses.status, { error: refuses.error }];
    },
  };
  const answer: RequestListener = (request, response) => {
    const [status, body] = (pages[request.url ?? ""] ?? (() => [404, {}] as const))();
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  return liar;
}

function tokenOf({
  issuer,
  lies,
  nonce,
}: {
  readonly issuer: string;
  readonly lies: Lies;
  readonly nonce: string;
}): string {
  const now = Math.floor(Date.now() / 1000);
  const right = { iss: issuer, aud: CLIENT.id, sub: "ada", nonce, iat: now, exp: now + 60, groups: ["staff"] };
  const parts = [
    { alg: "RS256", kid: "one", ...lies.header },
    { ...right, ...lies.claims },
  ];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const { key = keys.privateKey } = lies;
  const signature = key === null ? "" : createSign("RSA-SHA256").update(text).sign(key, "base64url");
  return `${text}.${signature}`;
}
