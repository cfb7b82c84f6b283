/** Whether what is said of savings holds, in worlds whose truth is known. Tables of shares, and what the largest panel costs. A number among the arguments is that of the worlds of each kind. */
import { estimateEffect, OPTIONS } from "#metrics/programme/savings/effect/index.ts";
import type { Estimate, Options } from "#metrics/programme/savings/effect/index.ts";
import { PLAN_OPTIONS, planSavings } from "#metrics/programme/savings/effect/plan.ts";
import { WEEK } from "#metrics/time.ts";
import { simulatedPanel, USUAL_PANEL } from "#test/support/panels.ts";
import type { PanelWorld } from "#test/support/panels.ts";

const asked = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 200);
const quick: Options = { ...OPTIONS, draws: 500, orders: 99 };

const eight: PanelWorld = { ...USUAL_PANEL, teams: 8, adopters: 5 };
const fifty: PanelWorld = { ...USUAL_PANEL, teams: 50, adopters: 30, apart: 1 };
const four: PanelWorld = { ...USUAL_PANEL, teams: 4, adopters: 4, first: 78, weeks: 130 };
const none = { saving: 0, spread: 0 } as const;

interface Judged {
  readonly truth: number;
  readonly found: Estimate;
}

function judged(seed: number, world: PanelWorld): Judged {
  const { panel, truthOf } = simulatedPanel(seed, world);
  return { truth: truthOf(() => true), found: estimateEffect(panel, quick) };
}

function row(name: string, world: PanelWorld): Readonly<Record<string, string>> {
  const all = Array.from({ length: asked }, (_, index) => judged(index + 1, world));
  const sized = all.flatMap(({ truth, found: { size } }) => (size === null ? [] : [{ truth, size }]));
  const share = (count: number, of = asked) => `${((100 * count) / of).toFixed(1)} %`;
  const mean = (values: readonly number[]) =>
    `${((100 * values.reduce((a, b) => a + b, 0)) / values.length).toFixed(1)}`;
  return {
    world: name,
    method: [...new Set(all.map(({ found }) => found.method))].join(", "),
    covers: share(sized.filter(({ truth, size }) => size.low <= truth && truth <= size.high).length, sized.length),
    yes: share(all.filter(({ found }) => found.effect === "yes").length),
    no: share(all.filter(({ found }) => found.effect === "no").length),
    truth: mean(sized.map(({ truth }) => truth)),
    said: mean(sized.map(({ size }) => size.saving)),
    detectable: mean(all.flatMap(({ found }) => found.detectable ?? [])),
    grades: (["A", "B", "C", "D"] as const)
      .map((grade) => ({ grade, count: all.filter(({ found }) => found.grade === grade).length }))
      .filter(({ count }) => count > 0)
      .map(({ grade, count }) => `${grade} ${share(count)}`)
      .join(", "),
  };
}

function table(title: string, worlds: Readonly<Record<string, PanelWorld>>): void {
  console.log(`\n${title}, ${asked} worlds each; savings in points of capacity`);
  console.table(Object.entries(worlds).map(([name, world]) => row(name, world)));
}

table("A true 12 %", {
  "8 teams, 5 adopt": eight,
  "8 teams, noisy": { ...eight, noise: 0.25 },
  "20 teams, 13 adopt": USUAL_PANEL,
  "50 teams, 30 adopt": fifty,
  "4 teams, all adopt": four,
});
table("No effect", {
  "8 teams, 5 adopt": { ...eight, ...none },
  "20 teams, 13 adopt": { ...USUAL_PANEL, ...none },
  "50 teams, 30 adopt": { ...fifty, ...none },
  "4 teams, all adopt": { ...four, ...none },
});
table("No effect, and something that looks like one", {
  "the worst teams adopt first": { ...eight, ...none, worstFirst: true },
  "weeks remember by 0.7": { ...eight, ...none, memory: 0.7 },
  "weeks remember by 0.7, 4 teams": { ...four, ...none, memory: 0.7 },
  "a strong season": { ...eight, ...none, season: 0.08 },
  "a strong season, 4 teams": { ...four, ...none, season: 0.08 },
  "a freeze of all teams (−10) when adoption begins": { ...eight, ...none, shift: { at: 52, by: -0.1 } },
  "a freeze of all 4 teams (−10) when adoption begins": { ...four, ...none, shift: { at: 78, by: -0.1 } },
  "a reorganisation of adopters (−5), declared": { ...eight, ...none, beside: { by: -0.05, isKnown: true } },
  "AI tooling of adopters (−5), nobody says so": { ...eight, ...none, beside: { by: -0.05, isKnown: false } },
  "three weeks of ten missing": { ...eight, ...none, missing: 0.3 },
  "teams drift by 5 a year": { ...eight, ...none, drift: 0.05 },
});

/** Histories of which a plan is made; predicting costs more than looking. */
const PLANS = Math.max(5, Math.round(asked / 12));

function planned(name: string, world: PanelWorld): Readonly<Record<string, string>> {
  const powers = Array.from({ length: PLANS }, (_, index) => {
    const { panel } = simulatedPanel(index + 1, world);
    const history = panel.rows.filter(({ week }) => week < world.first * WEEK);
    const schedule = { id: "own", title: "As it came", adoptions: panel.adoptions };
    const options = { ...PLAN_OPTIONS, line: world.saving, quarters: (world.weeks - world.first) / 13, worlds: 200 };
    return planSavings(history, [schedule], options).schedules[0]?.quarters.at(-1)?.power ?? 0;
  });
  const predicted = powers.reduce((a, b) => a + b, 0) / PLANS;
  const seen = Array.from({ length: asked }, (_, index) => judged(index + 1, world));
  const happened = seen.filter(({ found }) => found.effect === "yes").length / asked;
  return {
    world: name,
    predicted: `${(100 * predicted).toFixed(1)} %`,
    happened: `${(100 * happened).toFixed(1)} %`,
    apart: `${(100 * Math.abs(predicted - happened)).toFixed(1)} points`,
  };
}

console.log(`\nHow often a saving is seen: what ${PLANS} plans predicted from the year before, and ${asked} worlds`);
console.table([
  planned("12 %, 8 teams", eight),
  planned("12 %, 8 teams, noisy", { ...eight, noise: 0.25 }),
  planned("4 %, 20 teams", { ...USUAL_PANEL, saving: 0.04 }),
  planned("12 %, 4 teams, all adopt", four),
]);

const large = simulatedPanel(1, { ...fifty, weeks: 156 }).panel;
const begin = process.cpuUsage();
const { size } = estimateEffect(large, OPTIONS);
const { user, system } = process.cpuUsage(begin);
console.log(
  `\n50 teams, 156 weeks, ${OPTIONS.draws} draws: ${((user + system) / 1e6).toFixed(1)} s of processor time, saving ${size?.saving.toFixed(6)}`,
);
