/** One project, stream by stream. */
import { statusOf } from "../polite/index.ts";
import type { Notice } from "../collector.ts";
import { alerts } from "./alerts.ts";
import { changes } from "./changes.ts";
import { commits } from "./commits.ts";
import { knowing } from "./cursor.ts";
import type { ProjectState } from "./cursor.ts";
import { deployments } from "./deployments.ts";
import { fileTree } from "./file-tree.ts";
import { incidents } from "./incidents.ts";
import { pipelines } from "./pipelines.ts";
import { pushes } from "./pushes.ts";
import { step } from "./reading.ts";
import type { Reading, Step, Stream } from "./reading.ts";
import { releases } from "./releases.ts";
import { wanting } from "./wants.ts";

interface Part {
  readonly what: string;
  readonly read: Stream;
  /** Its usual share of the requests of a first sync, in hundredths. */
  readonly share: number;
}

const PARTS: readonly Part[] = [
  { what: "commits", read: commits, share: 2 },
  { what: "tags and releases", read: releases, share: 1 },
  { what: "deployments", read: deployments, share: 3 },
  { what: "issues", read: incidents, share: 1 },
  { what: "merge requests", read: changes, share: 87 },
  { what: "files of direct pushes", read: pushes, share: 1 },
  { what: "pipelines", read: pipelines, share: 3 },
  { what: "vulnerabilities", read: alerts, share: 1 },
  { what: "files", read: fileTree, share: 1 },
];

/** Yields with how much of the project is done. A part that the token may not read is left out, and said. */
export async function* readProject(reading: Reading, before: ProjectState): AsyncGenerator<Step> {
  let state = knowing(wanting(before, reading.wants), reading.people.version);
  let behind = 0;
  for (const { what, read, share } of PARTS) {
    try {
      for await (const read1 of read(reading, state)) {
        state = read1.state;
        yield { ...read1, done: (behind + share * (read1.done ?? 0)) / 100 };
      }
    } catch (error) {
      const status = statusOf(error);
      if (status !== 403 && status !== 404) throw error;
      await reading.api.project(reading.project.id);
      yield step(state, [], { notices: [unreadable(reading, what, status)] });
    }
    behind += share;
  }
}

function unreadable({ place }: Reading, what: string, status: number): Notice {
  return {
    level: "warning",
    code: "part-unreadable",
    message: `The ${what} of ${place.repository} cannot be read (${status}): they are switched off there, or the token may not see them. What was collected of them before is kept, and all else is read. Give the token's user at least the role Reporter if they should count.`,
  };
}
