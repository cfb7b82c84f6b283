/**
 * Whether what is said of savings holds, in worlds whose truth is known. Tables of shares, and what the largest panel costs. Of the numbers among the arguments the first is that of the worlds of each kind, the
 * second which table (1 to 6) is wanted, the third which of its rows; without them, all.
 */
import { estimateEffect, OPTIONS } from "#metrics/programme/savings/effect/index.ts";
import type { Estimate, Options } from "#metrics/programme/savings/effect/index.ts";
import { PLAN_OPTIONS, planSavings } from "#metrics/programme/savings/effect/plan.ts";
import { WEEK } from "#metrics/time.ts";
import { simulatedPanel, USUAL_PANEL } from "#test/support/panels.ts";
import type { PanelWorld } from "#test/support/panels.ts";
import { demoEffect } from "./support/demo-effect.ts";

const [asked = 200, wanted = 0, only = 0] = process.argv
  .slice(2)
  .filter((argument) => /^\d+$/.test(argument))
  .map(Number);
/** Worlds by which the estimators are judged have seeds from here on, which were used for nothing else. */
const FIRST_SEED = 40_001;
/** Plans were put right after they had been judged by those, so they are judged by others. */
const FIRST_SEED_OF_PLANS = 60_001;

const eight: PanelWorld = { ...USUAL_PANEL, teams: 8, adopters: 5 };
const fifty: PanelWorld = { ...USUAL_PANEL, teams: 50, adopters: 30, apart: 1 };
const six: PanelWorld = { ...USUAL_PANEL, teams: 6, adopters: 4, first: 78, weeks: 130 };
const four: PanelWorld = { ...six, teams: 4 };
const none = { saving: 0, spread: 0 } as const;

interface Judged {
  readonly truth: number;
  readonly found: Estimate;
}

/** The weeks of the last quarter, as the page *Savings* asks about them. */
function lastQuarter({ weeks }: PanelWorld): Options["window"] {
  return { from: (weeks - 13) * WEEK, to: weeks * WEEK };
}

function judged(seed: number, world: PanelWorld, window: Options["window"] = null): Judged {
  const { panel, truthOf } = simulatedPanel(seed, world);
  const found = estimateEffect(panel, { ...OPTIONS, draws: 400, orders: 199, seed, window });
  return { truth: truthOf(() => true), found };
}

function worldsOf(world: PanelWorld, first = FIRST_SEED, window: Options["window"] = null): readonly Judged[] {
  return Array.from({ length: asked }, (_, index) => judged(first + index, world, window));
}

/** In percent, with the standard error that so many worlds leave. */
function share(count: number, of: number): string {
  const part = count / of;
  return of === 0 ? "–" : `${(100 * part).toFixed(1)} ± ${(100 * Math.sqrt((part * (1 - part)) / of)).toFixed(1)} %`;
}

function mean(values: readonly number[]): string {
  let total = 0;
  for (const value of values) total += value;
  return values.length === 0 ? "–" : ((100 * total) / values.length).toFixed(1);
}

function grades(all: readonly Judged[]): string {
  return (["A", "B", "C", "D"] as const)
    .map((grade) => ({ grade, count: all.filter(({ found }) => found.grade === grade).length }))
    .filter(({ count }) => count > 0)
    .map(({ grade, count }) => `${grade} ${((100 * count) / asked).toFixed(1)} %`)
    .join(", ");
}

function row(name: string, world: PanelWorld): Readonly<Record<string, string>> {
  const all = worldsOf(world);
  const sized = all.flatMap(({ truth, found: { size } }) => (size === null ? [] : [{ truth, size }]));
  return {
    world: name,
    method: [...new Set(all.map(({ found }) => found.method))].join(", "),
    covers: share(sized.filter(({ truth, size }) => size.low <= truth && truth <= size.high).length, sized.length),
    "above 0": share(sized.filter(({ size }) => size.low > 0).length, sized.length),
    yes: share(all.filter(({ found }) => found.effect === "yes").length, asked),
    no: share(all.filter(({ found }) => found.effect === "no").length, asked),
    truth: mean(sized.map(({ truth }) => truth)),
    said: mean(sized.map(({ size }) => size.saving)),
    detectable: mean(all.flatMap(({ found }) => found.detectable ?? [])),
    grades: grades(all),
  };
}

function isWanted(table: number): boolean {
  return wanted === 0 || wanted === table;
}

function table(title: string, worlds: Readonly<Record<string, PanelWorld>>): void {
  console.log(`\n${title}, ${asked} worlds each; savings in points of capacity`);
  const rows = Object.entries(worlds).filter((_, index) => only === 0 || only === index + 1);
  console.table(rows.map(([name, world]) => row(name, world)));
}

if (isWanted(1))
  table("A true 12 %", {
    "8 teams, 5 adopt": eight,
    "8 teams, weeks vary by 25": { ...eight, noise: 0.25 },
    "8 teams, weeks remember by 0.7": { ...eight, memory: 0.7 },
    "20 teams, 13 adopt": USUAL_PANEL,
    "50 teams, 30 adopt": fifty,
    "6 teams, 4 adopt": six,
    "4 teams, all adopt": four,
    "8 teams, and a control that is calm": { ...eight, control: 0 },
  });
if (isWanted(2))
  table("No effect", {
    "8 teams, 5 adopt": { ...eight, ...none },
    "20 teams, 13 adopt": { ...USUAL_PANEL, ...none },
    "50 teams, 30 adopt": { ...fifty, ...none },
    "6 teams, 4 adopt": { ...six, ...none },
    "4 teams, all adopt": { ...four, ...none },
    "8 teams, and a control that is calm": { ...eight, ...none, control: 0 },
  });
if (isWanted(3))
  table("No effect, and something that looks like one", {
    "the worst teams adopt first": { ...eight, ...none, worstFirst: true },
    "weeks remember by 0.7": { ...eight, ...none, memory: 0.7 },
    "weeks remember by 0.9": { ...eight, ...none, memory: 0.9 },
    "weeks remember by 0.7, 6 teams": { ...six, ...none, memory: 0.7 },
    "a strong season": { ...eight, ...none, season: 0.08 },
    "a strong season, 6 teams": { ...six, ...none, season: 0.08 },
    "a freeze of all (−10) when adoption begins": { ...eight, ...none, shift: { at: 52, by: -0.1 } },
    "the same, 6 teams of which 4 adopt": { ...six, ...none, shift: { at: 78, by: -0.1 } },
    "the same, 4 teams that all adopt": { ...four, ...none, shift: { at: 78, by: -0.1 } },
    "a reorganisation of adopters (−5), declared": { ...eight, ...none, beside: { by: -0.05, isKnown: true } },
    "AI tooling of adopters (−5), nobody says so": { ...eight, ...none, beside: { by: -0.05, isKnown: false } },
    "three weeks of ten missing": { ...eight, ...none, missing: 0.3 },
    "teams drift by 5 a year": { ...eight, ...none, drift: 0.05 },
    "AI tooling of adopters (−5) that moves the control (10)": {
      ...eight,
      ...none,
      beside: { by: -0.05, isKnown: false },
      control: 0.1,
    },
  });

/** Histories of which a plan is made; predicting costs more than looking, and by so many at most its error is small beside that of the worlds. */
const PLANS = Math.min(40, Math.max(4, Math.round(asked / 16)));

function planned(name: string, world: PanelWorld, isByQuarter: boolean): Readonly<Record<string, string>> {
  const powers = Array.from({ length: PLANS }, (_, index) => {
    const { panel } = simulatedPanel(FIRST_SEED_OF_PLANS + index, world);
    const history = panel.rows.filter(({ week }) => week < world.first * WEEK);
    const schedule = { id: "own", title: "As it came", adoptions: panel.adoptions };
    const quarters = (world.weeks - world.first) / 13;
    const options = {
      ...PLAN_OPTIONS,
      line: world.saving,
      firstQuarter: quarters,
      quarters,
      isByQuarter,
      seed: index + 1,
    };
    return planSavings(history, [schedule], options).schedules[0]?.quarters.at(-1)?.power ?? 0;
  });
  let total = 0;
  for (const power of powers) total += power;
  const predicted = total / PLANS;
  const seen = worldsOf(world, FIRST_SEED_OF_PLANS, isByQuarter ? lastQuarter(world) : null);
  const happened = seen.filter(({ found }) => found.effect === "yes").length / asked;
  let squares = 0;
  for (const power of powers) squares += (power - predicted) ** 2;
  const error = Math.sqrt(squares / PLANS / (PLANS - 1) + (happened * (1 - happened)) / asked);
  return {
    world: name,
    asked: isByQuarter ? "the last quarter" : "all since",
    predicted: `${(100 * predicted).toFixed(1)} %`,
    "single plans": `± ${(100 * Math.sqrt(squares / (PLANS - 1))).toFixed(1)}`,
    happened: `${(100 * happened).toFixed(1)} %`,
    apart: `${(100 * (predicted - happened)).toFixed(1)} ± ${(164.5 * error).toFixed(1)} points`,
  };
}

if (isWanted(4)) {
  console.log(`\nHow often a saving is seen: what ${PLANS} plans predicted from the time before, and ${asked} worlds`);
  const plans: readonly (readonly [string, PanelWorld, boolean])[] = [
    ["12 %, 8 teams", { ...eight, spread: 0.024 }, false],
    ["12 %, 8 teams", { ...eight, spread: 0.024 }, true],
    ["12 %, 8 teams, weeks vary by 25", { ...eight, spread: 0.024, noise: 0.25 }, false],
    ["4 %, 20 teams", { ...USUAL_PANEL, saving: 0.04, spread: 0.008 }, false],
    ["2.5 %, 50 teams", { ...fifty, saving: 0.025, spread: 0.005 }, true],
    ["20 %, 6 teams, 4 adopt", { ...six, saving: 0.2, spread: 0.04 }, false],
    ["12 %, 4 teams, all adopt", { ...four, spread: 0.024 }, false],
    ["12 %, 8 teams, and a control that is calm", { ...eight, spread: 0.024, control: 0 }, false],
  ];
  const rows = plans.filter((_, index) => only === 0 || only === index + 1);
  console.table(rows.map(([name, world, isByQuarter]) => planned(name, world, isByQuarter)));
}

if (isWanted(5)) {
  const seeds = Array.from({ length: Math.max(2, Math.round(asked / 20)) }, (_, index) => FIRST_SEED + index);
  console.log(
    `\nThe demo organisation from its events to the estimate, and the same without adopting: ${seeds.length} seeds`,
  );
  console.table(seeds.map(demoEffect));
}

if (isWanted(6)) {
  const large = simulatedPanel(1, { ...fifty, weeks: 156 }).panel;
  const begin = process.cpuUsage();
  const { size } = estimateEffect(large, OPTIONS);
  const { user, system } = process.cpuUsage(begin);
  const again = estimateEffect(large, OPTIONS).size;
  console.log(
    `\n50 teams, 156 weeks, ${OPTIONS.draws} draws: ${((user + system) / 1e6).toFixed(1)} s of processor time, saving ${size?.saving}, interval ${size?.low} to ${size?.high}; again the same digits: ${JSON.stringify(size) === JSON.stringify(again)}`,
  );
}
