/** Which environments are production. */

/** `prod`, `production` and `live`, also with a suffix such as `prod-eu`; `preprod` is none. */
const DEFAULT = /^(prod|production|live)([-_/ ].*)?$/i;

/**
 * The configured pattern alone decides when there is one, else the tier that the host gives (GitLab), else the name.
 *
 * @param pattern a regular expression on the environment's name; `null` when none is configured.
 */
export function isProduction(
  { environment, tier }: { environment: string; tier: string | null },
  pattern: string | null,
): boolean {
  if (pattern !== null) return new RegExp(pattern).test(environment);
  return tier === null ? DEFAULT.test(environment) : tier === "production";
}
