/** Pipelines, a hundred to a request; the jobs of one cost a request, so they are read only where a rule needs them. */
import type { ProjectState } from "./cursor.ts";
import { isFinal, outcomeOf, pipelineEvent } from "./events.ts";
import { orMissing } from "./known-commits.ts";
import { news } from "./news.ts";
import type { Kind } from "./news.ts";
import { readAll } from "./paging.ts";
import type { Job, Pipeline } from "./payloads.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";

export async function* pipelines(reading: Reading, state: ProjectState): AsyncGenerator<Step> {
  const { api, project, place, options } = reading;
  if (!options.pipelines) return;
  const kind: Kind<Pipeline> = {
    list: (filter) => api.pipelines(project.id, filter),
    one: (id) => orMissing(api, project.id, api.pipeline(project.id, id)),
    id: ({ id }) => id,
    isFinal: ({ status }) => isFinal(outcomeOf(status)),
  };
  for await (const { items, gone, watermark, done } of news(kind, state.pipelines)) {
    const removed = gone.map((id) => ({ kind: "pipeline" as const, repository: place.repository, id: String(id) }));
    const events = await Promise.all(
      items.map(async (pipeline) => pipelineEvent(place, pipeline, await jobsOf(reading, pipeline))),
    );
    yield step({ ...state, pipelines: watermark }, events, { removed, done });
  }
}

async function jobsOf({ api, project, options: { jobs } }: Reading, { id, ref }: Pipeline): Promise<readonly Job[]> {
  if (jobs === undefined || !new RegExp(jobs).test(ref ?? "")) return [];
  const read = await orMissing(
    api,
    project.id,
    readAll(api.jobs(project.id, id), (job) => job.id),
  );
  return read?.items ?? [];
}
