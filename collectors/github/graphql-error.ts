/** GraphQL's refusals. Its limits and time-outs never come here: the governor deals with them. */
import { z } from "zod";
import { HostError } from "../collector.ts";

export const GraphQlError = z.object({
  message: z.string(),
  type: z.string().optional(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z
    .object({ saml_failure: z.boolean().optional(), code: z.string().optional(), fieldName: z.string().optional() })
    .optional(),
});
export type GraphQlError = z.infer<typeof GraphQlError>;

/** What is asked for where the host knows it and the token may see it. */
const OPTIONAL = ["archivedAt", "closingIssuesReferences", "files"] as const;
export type OptionalField = (typeof OPTIONAL)[number];

export function isOptional(field: string | number): field is OptionalField {
  return OPTIONAL.some((one) => one === field);
}

/** What GraphQL said, as the `cause` of a HostError. */
class GraphQlRefusal extends Error {
  override readonly name = "GraphQlRefusal";
  /** Fields of the query that this host does not have. */
  readonly unknownFields: readonly string[];

  constructor(errors: readonly GraphQlError[]) {
    super(`GraphQL: ${errors[0]?.message ?? "no data"}`);
    this.unknownFields = [...new Set(errors.flatMap(unknownField))];
  }
}

/** Fields that the host said it does not have; empty for any other error. */
export function unknownFields(error: unknown): readonly string[] {
  return error instanceof HostError && error.cause instanceof GraphQlRefusal ? error.cause.unknownFields : [];
}

function unknownField({ message, extensions }: GraphQlError): string[] {
  const named = extensions?.code === "undefinedField" ? extensions.fieldName : undefined;
  const field = named ?? /^Field '(\w+)' doesn't exist on type/.exec(message)?.[1];
  return field === undefined ? [] : [field];
}

/** Whether everything else was answered: something linked may lie where the token may not look. */
export function isBearable(error: GraphQlError): boolean {
  return unknownField(error).length === 0 && (error.path ?? []).some(isOptional);
}

const UNCHANGED = "What was collected before is kept.";

/** @param errors at least one; the first says what is told. */
export function graphQlError(source: string, errors: readonly [GraphQlError, ...GraphQlError[]]): HostError {
  const [{ message, type, extensions }] = errors;
  const cause = new GraphQlRefusal(errors);
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
