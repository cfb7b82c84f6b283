/** The files of a change and of a commit as REST tells them: at most 3,000, in pages. */
import { z } from "zod";
import { HostError } from "../collector.ts";
import { statusOf } from "../polite/index.ts";
import { api } from "./place.ts";
import type { Place } from "./place.ts";

const File = z.object({ filename: z.string(), previous_filename: z.string().optional() });
const Files = z.array(File);

const Commit = z.object({ files: Files.nullish().transform((files) => files ?? []) });

/** Some differences are too large for GitHub to work out, however often it is asked. */
const TRIES = 3;

/** https://docs.github.com/rest/pulls/pulls#list-pull-requests-files; `null` when GitHub cannot tell. */
export async function pathsOfChange(place: Place, number: number): Promise<readonly string[] | null> {
  return allPaths(place, async (page) => {
    const path = `${api(place)}/pulls/${number}/files?per_page=100&page=${page}`;
    const { data: files, more } = await place.client.get(path, Files, TRIES);
    return { files, more };
  });
}

/** https://docs.github.com/rest/commits/commits#get-a-commit: of a merge against its first parent; `null` when GitHub cannot tell. */
export async function pathsOfCommit(place: Place, sha: string): Promise<readonly string[] | null> {
  return allPaths(place, async (page) => {
    const { data, more } = await place.client.get(`${api(place)}/commits/${sha}?page=${page}`, Commit, TRIES);
    return { files: data.files, more };
  });
}

interface FilePage {
  readonly files: z.infer<typeof Files>;
  readonly more: boolean;
}

/** A renamed file is told under both of its names. */
async function allPaths(place: Place, ask: (page: number) => Promise<FilePage>): Promise<string[] | null> {
  const paths = new Set<string>();
  try {
    for (let page = 1; ; page++) {
      const { files, more } = await ask(page);
      for (const { filename, previous_filename } of files) {
        if (previous_filename !== undefined) paths.add(previous_filename);
        paths.add(filename);
      }
      if (!more || files.length === 0) return [...paths];
    }
  } catch (error) {
    if (!isUntold(error)) throw error;
    // Where nothing else is answered either, that says nothing of these files.
    await place.client.get(api(place), z.unknown());
    return null;
  }
}

function isUntold(error: unknown): boolean {
  const status = statusOf(error);
  return status === 404 || status === 422 || (error instanceof HostError && error.reason === "unavailable");
}
