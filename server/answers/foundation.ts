/** The last stage: of services that learn, whether the gate is passed for a wave, a use case or the programme that they belong to. */
import { foundationCondition } from "#metrics/programme/foundation.ts";
import type { ReadGate } from "#metrics/programme/foundation.ts";
import { isOf } from "#metrics/programme/prices.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import { isInWave } from "#metrics/programme/roadmap.ts";
import { stageOf } from "#metrics/programme/stage.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import type { AskedGate } from "./gate.ts";
import { agreedOf, gateOf } from "./gate.ts";
import type { Memory } from "./memory.ts";
import type { Progressed } from "./progressed.ts";

/** What lacks nothing but the gate. */
const BEFORE_THE_GATE = 4;

/**
 * The services with the gate as the last condition of their stage. It is read once for each wave, use case and the programme, of what has come before it alone, and only where a service lacks nothing else:
 * what a gate rests on are practices and numbers, never stages, so that none waits for itself.
 */
export async function founded(
  installation: Installation,
  { programme, services }: { readonly programme: Programme; readonly services: readonly Progressed[] },
  to: string | undefined,
  memory: Memory,
): Promise<readonly Progressed[]> {
  const read = new Map<string, ReadGate>();
  const found: Progressed[] = [];
  for (const one of services) {
    if (one.stage.stage.number !== BEFORE_THE_GATE) {
      found.push(one);
      continue;
    }
    const gates: ReadGate[] = [];
    for (const asked of gatesOf(installation, programme, one)) {
      const key = JSON.stringify(asked);
      const gate =
        read.get(key) ?? open(installation, programme, asked) ?? (await gateOf(installation, { ...asked, to }, memory));
      read.set(key, gate);
      gates.push(gate);
      if (gate.outcome === "pass") break;
    }
    const conditions = [...one.conditions, foundationCondition(gates)];
    found.push({ ...one, stage: stageOf(one.practised.statuses, conditions), conditions });
  }
  return found;
}

/** A gate that somebody has not agreed to yet is not passed: the rest of it takes seconds to read and would say nothing more of a stage. */
function open(installation: Installation, programme: Programme, asked: AskedGate): ReadGate | null {
  const { about, missing } = agreedOf(installation, programme, asked);
  return missing.length === 0 ? null : { about, outcome: "open", words: `${missing.join("; ")}.` };
}

/** Those that are about a service, the narrowest first. */
function gatesOf(
  { config }: Installation,
  { waves, useCases }: Programme,
  { practised: { service, team } }: Progressed,
): readonly AskedGate[] {
  const name = service.service;
  const system = structureOf(config).systemOf(name);
  return [
    ...waves.filter((wave) => isInWave(wave, { service: name, team })).map(({ id }) => ({ wave: id })),
    ...useCases.filter((one) => isOf(one, { service: name, system })).map(({ id }) => ({ useCase: id })),
    {},
  ];
}
