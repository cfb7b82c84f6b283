/** Pipelines, a hundred to a request; jobs are read only where a rule needs them. */
import type { ProjectState } from "./cursor.ts";
import { pipelineEvent } from "./events.ts";
import { jobReader } from "./jobs.ts";
import { orMissing } from "./missing.ts";
import { news } from "./news.ts";
import type { Kind } from "./news.ts";
import { isFinal, outcomeOf } from "./outcomes.ts";
import type { Pipeline } from "./payloads.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";
import { runFilter } from "./wants.ts";

export async function* pipelines(reading: Reading, state: ProjectState): AsyncGenerator<Step> {
  const { api, project, place, options, wants } = reading;
  if (!options.pipelines && wants.jobs.length === 0) return;
  const kind: Kind<Pipeline> = {
    list: (filter) => api.pipelines(project.id, filter),
    one: (id) => orMissing(api, project.id, api.pipeline(project.id, id)),
    id: ({ id }) => id,
    isFinal: ({ status }) => isFinal(outcomeOf(status)),
  };
  const isWanted = runFilter(wants.jobs);
  const jobsOf = jobReader(reading, isWanted);
  for await (const { items, gone, watermark, done } of news(kind, state.pipelines)) {
    const removed = gone.map((id) => ({ kind: "pipeline" as const, repository: place.repository, id: String(id) }));
    const wanted = items.filter(({ name, source, ref }) =>
      isWanted({ name: name ?? null, source: source ?? null, branch: ref ?? null }),
    );
    const jobs = await jobsOf(wanted);
    const events = items.map((pipeline) => pipelineEvent(place, pipeline, jobs.get(pipeline.id) ?? []));
    yield step({ ...state, pipelines: watermark }, events, { removed, done });
  }
}
