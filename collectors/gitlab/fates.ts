/** What people should know when something became of a project. Its history is always kept. */
import type { Notice } from "../collector.ts";
import type { ProjectState } from "./cursor.ts";
import type { Project } from "./payloads.ts";

const KEPT = "Its history is kept and stays in every number of the past; nothing new comes in.";

/** A project that is no longer read. */
export function gone(sentence: string): Notice {
  return { level: "warning", code: "project-gone", message: sentence };
}

/** GitLab answers the same for both. */
export function outOfSight(repository: string): string {
  return `${repository} was deleted or made private: the token no longer sees it. ${KEPT} If it was made private, give the account of the token at least the role Reporter there. If it was deleted, exclude it or take it out of the configuration, and this is not said again.`;
}

/** Why a group does not list a project that can still be seen. */
export function leftGroup(repository: string, { archived, path_with_namespace }: Project): string {
  if (archived === true)
    return `${repository} was archived, and \`archived: false\` leaves archived projects out. ${KEPT} Nothing needs to be done, unless it is delivered from another project now: then make sure that that one is collected.`;
  return `${repository} was transferred and is now ${path_with_namespace}, outside the group. ${KEPT} If it is still delivered, add ${path_with_namespace} to the sources.`;
}

/** Within reach: it is read as before. */
export function moved(repository: string, path: string): Notice {
  return {
    level: "info",
    code: "project-moved",
    message: `${repository} is now ${path}. Its history goes on under the name it was collected by first.`,
  };
}

/** Said when it changes. */
export function standingNotice(
  repository: string,
  standing: ProjectState["standing"],
  { marked_for_deletion_on }: Project,
): readonly Notice[] {
  switch (standing) {
    case "active":
      return [];
    case "archived":
      return [
        {
          level: "info",
          code: "project-archived",
          message: `${repository} was archived. Its history is kept and stays in every number of the past; what comes after its last activity is not counted as time without deployments. Nothing needs to be done, unless it is delivered from another project now: then make sure that that one is collected.`,
        },
      ];
    case "leaving":
      return [
        {
          level: "warning",
          code: "project-leaving",
          message: `${repository} is marked for deletion (${marked_for_deletion_on ?? "no date"}): GitLab will delete it. What was collected of it stays here and in every number of the past. Restore it in its settings in GitLab if that was not intended.`,
        },
      ];
  }
}
