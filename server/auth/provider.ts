/** The company's identity provider (OpenID Connect: authorization code with PKCE, state and nonce). */
import { readFile } from "node:fs/promises";
import * as oidc from "openid-client";
import { reaching } from "#collectors/polite/reach.ts";
import type { Config } from "#config/schema.ts";
import type { LoginOptions } from "#config/login.ts";
import type { Instant } from "#metrics/time.ts";
import { HOUR, SECOND } from "#metrics/time.ts";
import { Refused } from "../answers/problem.ts";
import { Attempts } from "./attempts.ts";
import { explained } from "./provider-problems.ts";
import type { Person } from "./provider-groups.ts";
import { personIn } from "./provider-groups.ts";

/** So long what a provider says of itself is taken for true. */
const KNOWN_FOR = HOUR;
const PATIENCE = 10 * SECOND;
/** Clocks of two machines may differ so much. */
const TOLERANCE = 30;

export interface Begun {
  readonly url: string;
  readonly sealed: string;
  readonly until: Instant;
}

export interface Ended {
  readonly person: Person;
  /** Where in the dashboard they wanted to be. */
  readonly to: string;
}

/** The part of the configuration that a provider needs. */
export type Place = Pick<Config, "url" | "allowAddresses">;

export class Provider {
  readonly login: LoginOptions;
  readonly #place: Place;
  readonly #now: () => Instant;
  #attempts: Promise<Attempts> | null = null;
  #found: { readonly at: Instant; readonly configuration: Promise<oidc.Configuration> } | null = null;

  constructor(login: LoginOptions, place: Place, now: () => Instant) {
    this.login = login;
    this.#place = place;
    this.#now = now;
  }

  /** Where the provider sends people back to; it must be registered there exactly so. */
  get returnsTo(): string {
    return `${this.home}signed-in`;
  }

  /** The dashboard, with a slash at its end. */
  get home(): string {
    return `${(this.#place.url ?? "").replace(/\/+$/, "")}/`;
  }

  /** @throws Refused when the provider cannot be asked. */
  async begin(to: string): Promise<Begun> {
    const configuration = await this.#configuration();
    const verifier = oidc.randomPKCECodeVerifier();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.returnsTo,
      scope: this.login.scopes.join(" "),
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
    });
    return { url: url.href, ...(await this.#sealing()).seal({ state, nonce, verifier, to }) };
  }

  /**
   * @param query what the provider sent somebody back with.
   * @throws Refused with what to do about it.
   */
  async end(sealed: string | null, query: string): Promise<Ended> {
    const attempt = sealed === null ? null : (await this.#sealing()).take(sealed);
    if (attempt === null)
      throw new Refused(
        400,
        "Begin again",
        "This login was not begun in this browser, it was more than ten minutes ago, or it was used before. Log in once more.",
      );
    const configuration = await this.#configuration();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${this.returnsTo}?${query}`), {
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error("There is no identity token, though one was expected.");
      return { person: await this.#personOf(configuration, claims, tokens.access_token), to: attempt.to };
    } catch (error) {
      throw explained(error, this.login, this.returnsTo);
    }
  }

  /** Where somebody logs out at the provider, too; `null` where it offers that to nobody, or does not answer. */
  async farewell(): Promise<string | null> {
    try {
      const configuration = await this.#configuration();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
      return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: this.home }).href;
    } catch {
      return null;
    }
  }

  /** What the provider says of itself. @throws Refused when it does not answer, or is another one. */
  async answers(): Promise<oidc.ServerMetadata> {
    return (await this.#configuration()).serverMetadata();
  }

  /** Groups that are not in the identity token are asked for once. */
  async #personOf(configuration: oidc.Configuration, claims: oidc.IDToken, token: string): Promise<Person> {
    const { login } = this;
    const isWhole = personIn(claims, login).groups !== null;
    if (isWhole || configuration.serverMetadata().userinfo_endpoint === undefined) return personIn(claims, login);
    const more = await oidc.fetchUserInfo(configuration, token, claims.sub);
    return personIn({ ...more, ...claims }, login);
  }

  /** @throws Refused */
  async #configuration(): Promise<oidc.Configuration> {
    const at = this.#now();
    if (this.#found === null || at - this.#found.at >= KNOWN_FOR)
      this.#found = { at, configuration: this.#discovered() };
    try {
      return await this.#found.configuration;
    } catch (error) {
      this.#found = null; // it may answer next time
      throw explained(error, this.login, this.returnsTo);
    }
  }

  async #discovered(): Promise<oidc.Configuration> {
    const { issuer, clientId } = this.login;
    const secret = await secretOf(this.login);
    const fetch = reaching(this.#place.allowAddresses);
    const url = new URL(issuer);
    return oidc.discovery(url, clientId, { [oidc.clockTolerance]: TOLERANCE }, authenticated(this.login, secret), {
      timeout: PATIENCE / SECOND,
      [oidc.customFetch]: async (address, { body, signal, ...rest }) =>
        fetch(address, { ...rest, body: body instanceof URLSearchParams ? body : null, signal: signal ?? null }),
      // The identity token is believed for its signature, not for the way it came.
      execute: [
        oidc.enableNonRepudiationChecks,
        // oxlint-disable-next-line typescript/no-deprecated -- only for a provider on this very machine, which the configuration checks
        ...(url.protocol === "http:" ? [oidc.allowInsecureRequests] : []),
      ],
    });
  }

  async #sealing(): Promise<Attempts> {
    this.#attempts ??= secretOf(this.login).then((secret) => new Attempts(this.#now, secret));
    return this.#attempts;
  }
}

function authenticated({ clientSecretIn }: LoginOptions, secret: string | null): oidc.ClientAuth {
  if (secret === null) return oidc.None();
  return clientSecretIn === "body" ? oidc.ClientSecretPost(secret) : oidc.ClientSecretBasic(secret);
}

/** `null` for a client without one. @throws Refused when its file cannot be read. */
async function secretOf({ clientSecret, clientSecretFile: file }: LoginOptions): Promise<string | null> {
  if (file === undefined) return clientSecret ?? null;
  try {
    const secret = (await readFile(file, "utf8")).trim();
    if (secret !== "") return secret;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new Refused(502, "Nobody can log in that way now", `${file} cannot be read (${code}). ${TELL}`);
  }
  throw new Refused(502, "Nobody can log in that way now", `${file} is empty. ${TELL}`);
}

const TELL = "It must hold the provider's secret for Headway: tell whoever runs it.";
