/** Which environments are production, where commits beside the default branch matter. */

/** `production`, `prod-eu`, `live`; not `preprod`. */
const DEFAULT = "^(prod|production|live)([-_/ ].*)?$";

export function productionRule(configured: string | undefined): string {
  return configured ?? DEFAULT;
}

/** A configured pattern alone decides; the default names are blind to case. */
export function isProduction(environment: string, configured: string | undefined): boolean {
  return configured === undefined
    ? new RegExp(DEFAULT, "i").test(environment)
    : new RegExp(configured).test(environment);
}
