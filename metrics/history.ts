import type { Alert, Change, Commit, Deployment, Incident, Layout, Pipeline, Release, Repository } from "./events.ts";

/** All that is known of one repository. */
export interface History {
  readonly repository: Repository;
  readonly commits: readonly Commit[];
  readonly releases: readonly Release[];
  readonly changes: readonly Change[];
  readonly deployments: readonly Deployment[];
  readonly incidents: readonly Incident[];
  readonly pipelines: readonly Pipeline[];
  readonly alerts: readonly Alert[];
  /** The one of the repository, or none where its files were not listed. */
  readonly layouts: readonly Layout[];
}
