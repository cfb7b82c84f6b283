/** The names of the files at the end of the default branch: folders are read and no file is opened, so a clone needs no contents for it. */
import type { Layout } from "#metrics/events.ts";
import { layoutEvent, MOST_FILES } from "../layout.ts";
import { texts } from "./bytes.ts";
import type { Place } from "./events.ts";
import { stream } from "./run.ts";
import type { Git } from "./run.ts";

/**
 * @param head a commit.
 * @throws HostError when git cannot read a folder.
 */
export async function layoutAt(git: Git, place: Place, head: string): Promise<Layout> {
  const paths: string[] = [];
  let rest = Buffer.alloc(0);
  for await (const chunk of stream(git, ["ls-tree", "-r", "-z", "--name-only", "--full-tree", head])) {
    const bytes = Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(0) + 1;
    paths.push(...texts(bytes.subarray(0, end), "\0"));
    rest = bytes.subarray(end);
    if (paths.length > MOST_FILES) return layoutEvent(place, paths, false);
  }
  return layoutEvent(place, paths, true);
}
