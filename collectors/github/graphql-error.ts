/** GraphQL's refusals. Its limits and time-outs never come here: the governor deals with them. */
import { z } from "zod";
import { HostError } from "../collector.ts";

export const GraphQlError = z.object({
  message: z.string(),
  type: z.string().optional(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.object({ saml_failure: z.boolean().optional() }).optional(),
});
export type GraphQlError = z.infer<typeof GraphQlError>;

const UNCHANGED = "What was collected before is kept.";

export function graphQlError(source: string, { message, type, extensions }: GraphQlError): HostError {
  const cause = new Error(`GraphQL: ${message}`);
  if (type === "NOT_FOUND")
    return new HostError(
      source,
      "not-found",
      `GitHub says: “${message}” It was deleted, renamed, made private, or the token may not see it. ${UNCHANGED} Correct its name, or give the token access, or remove it from the configuration.`,
      cause,
    );
  if (extensions?.saml_failure === true)
    return new HostError(
      source,
      "auth",
      `GitHub wants the token to be authorised for the organisation's single sign-on (“${message}”). ${UNCHANGED} Authorise it under Settings → Developer settings → Personal access tokens → Configure SSO, and sync again.`,
      cause,
    );
  if (type === "FORBIDDEN" || type === "INSUFFICIENT_SCOPES")
    return new HostError(
      source,
      "auth",
      `GitHub does not let the token read this: “${message}” ${UNCHANGED} Give the token the permission and sync again.`,
      cause,
    );
  return new HostError(
    source,
    "unavailable",
    `GitHub could not answer a query: “${message}” ${UNCHANGED} If this stays, report it.`,
    cause,
  );
}
