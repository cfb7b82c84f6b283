/** Deployments with the tier of their environment, and the commits they deployed. */
import type { ProjectState } from "./cursor.ts";
import { deploymentEvent } from "./events.ts";
import { orMissing } from "./missing.ts";
import { news } from "./news.ts";
import type { Kind } from "./news.ts";
import { isFinal, outcomeOf } from "./outcomes.ts";
import { outside } from "./outside.ts";
import { readAll } from "./paging.ts";
import type { Deployment } from "./payloads.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";

export async function* deployments(reading: Reading, before: ProjectState): AsyncGenerator<Step> {
  const { api, project, place } = reading;
  const kind: Kind<Deployment> = {
    list: (filter) => api.deployments(project.id, filter),
    one: (id) => orMissing(api, project.id, api.deployment(project.id, id)),
    id: ({ id }) => id,
    isFinal: ({ status }) => isFinal(outcomeOf(status)),
  };
  const tierOf = tiers(reading);
  let state = before;
  for await (const { items, gone, watermark, done } of news(kind, before.deployments)) {
    const events = [];
    for (const deployment of items) {
      const { environment } = deployment;
      const tier = environment.tier ?? (await tierOf(environment.name));
      events.push(deploymentEvent(place, deployment, tier));
    }
    // What was tried out before it was merged is not waited for; all else may carry changes.
    const named = events.flatMap(({ sha, tier }) => (sha === null || tier === "development" ? [] : [sha]));
    const brought = await outside(reading, state, named);
    state = { ...brought.state, deployments: watermark };
    const removed = gone.map((id) => ({
      kind: "deployment" as const,
      repository: place.repository,
      id: String(id),
    }));
    yield step(state, [...brought.events, ...events], { removed, done });
  }
}

/** Asked for only where deployments do not say it themselves, and once. */
function tiers({ api, project }: Reading): (environment: string) => Promise<string | null> {
  let known: Promise<ReadonlyMap<string, string | null>> | null = null;
  const read = async () => {
    const { items } = await readAll(api.environments(project.id), ({ id }) => id);
    return new Map(items.map(({ name, tier }) => [name, tier ?? null]));
  };
  return async (environment) => (await (known ??= read())).get(environment) ?? null;
}
