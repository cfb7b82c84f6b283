/** What Progress, the gate and Leadership are made of, worked out before anybody asks: in steps, so that whoever does it can stop after each. */
import { contract } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { askedScope } from "./asked-scope.ts";
import { backboneGround } from "./backbone.ts";
import { answerGate } from "./gate.ts";
import { answerLeadership } from "./leadership.ts";
import type { Memory } from "./memory.ts";
import { byRepository, practisedOf } from "./practised.ts";
import { standing } from "./programme.ts";
import { answerProgress } from "./progress.ts";
import { untilOf } from "./progressed.ts";
import { answerSavings } from "./savings.ts";
import { knownWeeks } from "./team-weeks.ts";
import type { Pace } from "./turns.ts";
import { waitingOf } from "./waiting.ts";

/**
 * A step is what is read of one repository, or what then is left of an answer. Everything is kept where answers look for it, so that a step that was done
 * before, or by somebody who asked, costs nothing.
 *
 * @param pace of what takes long and cannot be done repository by repository.
 */
export async function* beforehand(
  installation: Installation,
  memory: Memory,
  pace: Pace,
): AsyncGenerator<undefined, undefined> {
  const { programme } = await standing(installation);
  const { services } = await askedScope(installation, {});
  if (services.length === 0) return;
  const { until } = await untilOf(installation, services, undefined, memory);
  for (const some of byPlace(services)) {
    yield;
    await practisedOf(installation, some, programme, until);
  }
  const { meant, window } = await backboneGround(installation, undefined, memory);
  for (const some of byPlace(meant)) {
    yield;
    await waitingOf(installation, some, programme, window);
  }
  yield;
  await knownWeeks(installation, pace);
  yield;
  await answerSavings(installation, {});
  yield;
  await answerProgress(installation, {}, memory);
  yield;
  await answerGate(installation, {}, memory);
  yield;
  await answerLeadership(installation, contract["/api/leadership"].query.parse({}), memory);
}

type Places = Parameters<typeof byRepository>[0];

/** Those of one repository together, since its history is read once for all of them. */
function byPlace<Service extends Places>(services: readonly Service[]): readonly (readonly Service[])[] {
  const found: Service[][] = [];
  for (const service of services.toSorted(byRepository)) {
    const last = found.at(-1);
    const isSame = last?.[0] !== undefined && byRepository(last[0], service) === 0;
    if (isSame) last.push(service);
    else found.push([service]);
  }
  return found;
}
