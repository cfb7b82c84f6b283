/** How often a programme's judgements are right, in worlds whose truth is known. A table of shares, not of times. */
import { adoptionDate } from "#metrics/programme/adoption-date.ts";
import { calm } from "#metrics/programme/calm.ts";
import { exposures } from "#metrics/programme/exposure.ts";
import { EXPOSURE_TERMS } from "#metrics/programme/worlds.ts";
import { isHeld, isNear, simulatedTeam, USUAL_WORLD } from "#test/support/adoptions.ts";
import type { World } from "#test/support/adoptions.ts";
import { holds, PLANTED, plantedBackbone, TRUTH } from "#test/support/backbones.ts";
import { STABLE_WORLD, stableService } from "#test/support/stable-services.ts";
import type { StableWorld } from "#test/support/stable-services.ts";

const asked = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 1000);

function shareOf(isSo: (seed: number) => boolean): string {
  let count = 0;
  for (let seed = 1; seed <= asked; seed++) if (isSo(seed)) count += 1;
  return `${((100 * count) / asked).toFixed(1)} %`;
}

const worlds: Readonly<Record<string, World>> = {
  "30 → 85 %, 3–10 items a week": USUAL_WORLD,
  "the same, 1–3 items a week": { ...USUAL_WORLD, items: [1, 3] },
  "over four weeks": { ...USUAL_WORLD, ramp: 4 },
  "over eight weeks": { ...USUAL_WORLD, ramp: 8 },
  "over eight weeks, 10–20 items a week": { ...USUAL_WORLD, items: [10, 20], ramp: 8 },
  "weeks vary by 15 points more": { ...USUAL_WORLD, uneven: 0.15 },
  "from 50 to 75 %": { ...USUAL_WORLD, before: [0.45, 0.55], after: [0.7, 0.8] },
};
console.log(`\nDates of adoptions, ${asked} teams each`);
console.table(
  Object.entries(worlds).map(([world, has]) => ({
    world,
    dated: shareOf((seed) => adoptionDate(simulatedTeam(seed, has).weeks, 0.6).date !== null),
    "within two weeks": shareOf((seed) => isNear(seed, has)),
    "interval holds it": shareOf((seed) => isHeld(seed, has)),
  })),
);

console.log(`\nAdoptions claimed where nothing changes (any rise), ${asked} teams each`);
console.table(
  [0.1, 0.3, 0.5, 0.8, 0.95].map((level) => {
    const flat: World = { ...USUAL_WORLD, before: [level, level], after: [level, level] };
    const claimed = (world: World) =>
      shareOf((seed) => adoptionDate(simulatedTeam(seed, world).weeks, null).date !== null);
    return {
      level,
      "3–10 items": claimed(flat),
      "1–3 items": claimed({ ...flat, items: [1, 3] }),
      "weeks vary by 20 points more": claimed({ ...flat, uneven: 0.2 }),
      "rises by 10 points over the year": claimed({ ...flat, after: [level + 0.1, level + 0.1], ramp: 52 }),
    };
  }),
);

const stable: Readonly<Record<string, StableWorld>> = {
  "two series, 5 changes a week, 26 weeks before": STABLE_WORLD,
  "one series, 2 changes": { ...STABLE_WORLD, series: 1, changes: 2 },
  "one series, 20 changes": { ...STABLE_WORLD, series: 1, changes: 20 },
  "12 weeks before, wider": { ...STABLE_WORLD, weeks: 20, spread: 1.5 },
  "weeks have much in common": { ...STABLE_WORLD, shared: 0.5 },
  "and remember the week before by half": { ...STABLE_WORLD, shared: 0.5, memory: 0.5 },
  "and by 0.8": { ...STABLE_WORLD, shared: 0.5, memory: 0.8 },
};
console.log(`\nServices that are held back as not calm, ${asked} each`);
console.table(
  Object.entries(stable).map(([world, has]) => ({
    world,
    stable: shareOf((seed) => calm(stableService(seed, has)).isCalm === false),
    "three times as slow for six weeks": shareOf(
      (seed) => calm(stableService(seed, has, { from: has.weeks - 6, by: 3 })).isCalm === false,
    ),
    "ten times": shareOf((seed) => calm(stableService(seed, has, { from: has.weeks - 6, by: 10 })).isCalm === false),
  })),
);

const terms = { ...EXPOSURE_TERMS, costOfDelay: 1, rate: 1, by: "value", unknown: 0 } as const;
console.log(`\nA planted bottleneck among eight systems, ${asked} backbones`);
console.table([
  {
    "ranked first": shareOf((seed) => exposures(plantedBackbone(seed), terms)[0]?.system === PLANTED),
    "interval holds the truth": shareOf((seed) =>
      exposures(plantedBackbone(seed), terms).some(
        ({ system, parts }) => system === PLANTED && holds(parts.value, TRUTH),
      ),
    ),
  },
]);
