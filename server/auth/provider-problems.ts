/** What goes wrong between Headway and an identity provider, in words that say what to do. Nothing secret is repeated. */
import * as oidc from "openid-client";
import { OutOfReach } from "#collectors/polite/reach.ts";
import type { LoginOptions } from "#config/login.ts";
import { Refused } from "../answers/problem.ts";

const NOT_NOW = "Nobody can log in that way now";
const NOT_IN = "Not let in";

/** @returns the error itself where it is in words already. @throws what is a mistake of ours. */
export function explained(error: unknown, login: LoginOptions, returnsTo: string): Refused {
  if (error instanceof Refused) return error;
  const { name, issuer } = login;
  if (error instanceof oidc.AuthorizationResponseError) return refusedThere(error, login);
  if (error instanceof oidc.ResponseBodyError) return refusedToken(error, login, returnsTo);
  const code = error instanceof Error && "code" in error ? error.code : null;
  switch (code) {
    case "OAUTH_JWT_TIMESTAMP_CHECK_FAILED":
      return refused(
        NOT_IN,
        `What ${name} says of you is not valid at this time: the clock of this server and that of the provider differ by more than 30 seconds, or it answered very late. Whoever runs Headway sets its clock (NTP); then log in once more.`,
      );
    case "OAUTH_JWT_CLAIM_COMPARISON_FAILED":
      return refused(
        NOT_IN,
        `What ${name} says is not for this login or not for this Headway (issuer, audience or nonce is another one). Log in once more; where that does not help, \`issuer\` and \`clientId\` in headway.yaml must be those of the provider.`,
      );
    case "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED":
      return refused(
        NOT_NOW,
        `At ${issuer} somebody answers who calls themselves otherwise. Write \`issuer\` in headway.yaml exactly as the provider's /.well-known/openid-configuration does, to the last slash.`,
        502,
      );
    case "OAUTH_RESPONSE_IS_NOT_CONFORM":
    case "OAUTH_RESPONSE_IS_NOT_JSON":
    case "OAUTH_PARSE_ERROR":
      return refused(
        NOT_NOW,
        `${name} does not answer as an identity provider does. Is \`issuer\` in headway.yaml its address? ${issuer}/.well-known/openid-configuration must be there.`,
        502,
      );
    case "OAUTH_INVALID_RESPONSE":
    case "OAUTH_UNSUPPORTED_OPERATION":
    case "OAUTH_KEY_SELECTION_FAILED":
    case "OAUTH_HTTP_REQUEST_FORBIDDEN":
    case "OAUTH_MISSING_SERVER_METADATA":
    case "OAUTH_INVALID_SERVER_METADATA":
      return refused(
        NOT_IN,
        `What came back is not what ${name} answers to a login that was begun here, or is not signed by it. Log in once more; where that does not help, whoever runs Headway runs \`headway check\`.`,
      );
    default:
      return unreachable(error, login);
  }
}

function unreachable(error: unknown, { name, issuer }: LoginOptions): Refused {
  const causes = causesOf(error);
  const why = causes.find((one) => one instanceof OutOfReach);
  const codes = causes.flatMap((cause) => ("code" in cause && typeof cause.code === "string" ? [cause.code] : []));
  const code = codes.length === 0 ? "" : ` (${codes.at(-1)})`;
  return refused(
    NOT_NOW,
    why !== undefined
      ? `${name} is not asked: ${why.message}.`
      : `${name} cannot be reached at ${new URL(issuer).origin}${code}. Passwords still work. Whoever runs Headway runs \`headway check\`: is the address right, and may this machine reach it?`,
    502,
  );
}

function causesOf(error: unknown): readonly Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

/** The provider sent somebody back without a code. */
function refusedThere({ error }: oidc.AuthorizationResponseError, { name }: LoginOptions): Refused {
  if (error === "access_denied")
    return refused(NOT_IN, `${name} did not let you in, or you said no. Log in once more, or ask whoever runs it.`);
  const word = /^[a-z_]{1,60}$/.test(error) ? error : "something else";
  return refused(
    NOT_IN,
    `${name} answered ${word}. Where it is \`invalid_scope\`, the provider does not know one of the \`scopes\` in headway.yaml; else ask whoever runs it.`,
  );
}

/** The provider did not give a token for the code. */
function refusedToken({ error }: oidc.ResponseBodyError, { name }: LoginOptions, returnsTo: string): Refused {
  switch (error) {
    case "invalid_client":
    case "unauthorized_client":
      return refused(
        NOT_NOW,
        `${name} does not know this Headway: \`clientId\` or its secret in headway.yaml is another one, has expired, or is wanted in another place (\`clientSecretIn\`).`,
        502,
      );
    case "invalid_grant":
      return refused(
        NOT_IN,
        `${name} does not take this login: it was used before, is too old, or was for another address than ${returnsTo}, which must be registered there exactly so. Log in once more.`,
      );
    default:
      return refused(NOT_NOW, `${name} refused to say who you are. Log in once more, or ask whoever runs it.`, 502);
  }
}

function refused(title: string, message: string, status = 403): Refused {
  return new Refused(status, title, message);
}
