/** Takes down what teams try, before it starts, and that they gave it up. */
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import { Memory } from "./answers/memory.ts";
import { promised, toldOf } from "./answers/experiments.ts";
import { BadRequest } from "./answers/problem.ts";
import type { Control } from "./commands.ts";
import type { CommandReply } from "./contract.ts";
import type { Installation } from "./installation.ts";

/** The commands of a Headway that runs. */
export function experimenting(
  installation: Installation,
): Pick<Control, "/api/experiments/add" | "/api/experiments/withdraw"> {
  const { store, now } = installation;
  return {
    "/api/experiments/add": async ({ tries, actor, ...plan }) => {
      const memory = new Memory(store);
      const { metric, scope, startDay, usual, seen, pointless } = await promised(installation, plan, memory);
      if (pointless !== null) throw new BadRequest(pointless);
      refuseHindsight(startDay, now());
      const { target, weeks } = plan;
      const set = { scope, metric: metric.id, tries, usual, target, startDay, weeks, promise: seen, actor };
      return told(installation, await store.addExperiment({ ...set, madeAt: now() }));
    },
    "/api/experiments/withdraw": async ({ id, reason, actor }) => {
      if (await store.withdrawExperiment(id, { reason, actor, madeAt: now() })) return told(installation, id);
      throw new BadRequest(`There is no experiment ${id} that could be withdrawn.`);
    },
  };
}

/** Teams often say on Thursday what they have done since Monday; who says it after the fact chooses what to call a success. */
const LATEST = 14 * DAY;

function refuseHindsight(startDay: string, today: Instant): void {
  if (Date.parse(startDay) >= today - LATEST) return;
  throw new BadRequest(
    "An experiment is set before it starts, or in its first two weeks: what is chosen when the numbers are known proves nothing. To look at the past, compare two windows.",
  );
}

async function told(installation: Installation, id: number): Promise<CommandReply<"/api/experiments/add">> {
  installation.live.tell();
  const entry = (await installation.store.experiments()).find((one) => one.id === id);
  if (entry === undefined) throw new Error(`Experiment ${id} was written and is not there.`);
  return toldOf(installation, entry, new Memory(installation.store));
}
