/** Seeded facts: the same services, deployments and commits each time. */
export const NOW = Date.parse("2026-11-22T09:41:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface Commit {
  readonly service: string;
  readonly id: string;
  readonly title: string;
  readonly at: number;
  readonly deployedAt: number | null;
  readonly isRevert: boolean;
  readonly isIntegration: boolean;
}

export interface Deployment {
  readonly service: string;
  readonly id: string;
  readonly url: string | null;
  readonly at: number;
  readonly gapHours: number | null;
  readonly commits: number;
  readonly changes: number;
  readonly recoveryHours: number | null;
  readonly isRework: boolean;
  readonly isFeature: boolean;
  readonly isPatched: boolean;
}

export interface Facts {
  readonly commits: readonly Commit[];
  readonly deployments: readonly Deployment[];
}

export interface Plan {
  readonly service: string;
  readonly seed: number;
  readonly days: number;
  readonly commitsPerDay: number;
  /** 0: nothing is ever deployed. */
  readonly deploymentsPerWeek: number;
  readonly nameOf: (index: number) => string;
  readonly titleOf: (index: number) => string;
}

const TITLES = [
  "Round amounts half to even",
  "Show the reason a payment was declined",
  "Retry the ledger on a timeout",
  "Cache the exchange rates for a minute",
  "Say which field is missing",
  "Drop the old export",
];

export const aPlan: Plan = {
  service: "headway",
  seed: 7,
  days: 800,
  commitsPerDay: 2.5,
  deploymentsPerWeek: 3,
  nameOf: (index) => `v1.${Math.floor(index / 3)}.${index % 3}`,
  titleOf: (index) => TITLES[index % TITLES.length] ?? "",
};

/** mulberry32: small, seeded, good enough for pictures. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function factsOf(plan: Plan): Facts {
  const roll = dice(plan.seed);
  const times = deploymentTimes(plan, roll);
  const commits = commitsOf(plan, times, roll);
  return { commits, deployments: times.map((at, index) => deploymentOf(plan, times, commits, index, at, roll)) };
}

function deploymentTimes({ days, deploymentsPerWeek }: Plan, roll: () => number): number[] {
  const times: number[] = [];
  if (deploymentsPerWeek === 0) return times;
  for (let at = NOW - days * DAY; at < NOW - HOUR;) {
    const growth = 0.7 + (0.6 * (at - (NOW - days * DAY))) / (days * DAY);
    at += (-Math.log(1 - roll()) * 7 * DAY) / (deploymentsPerWeek * growth);
    if (at < NOW - HOUR) times.push(Math.floor(at));
  }
  return times;
}

function commitsOf(
  { service, days, commitsPerDay, titleOf, seed }: Plan,
  times: readonly number[],
  roll: () => number,
): Commit[] {
  return Array.from({ length: Math.round(days * commitsPerDay) }, (_, index) => {
    const at = Math.floor(NOW - (days - index / commitsPerDay) * DAY);
    const ready = at + roll() * 30 * HOUR;
    const isRevert = roll() < 0.02;
    return {
      service,
      id: `${seed.toString(16).padStart(4, "0")}${index.toString(16).padStart(4, "0")}`.padEnd(40, "a3f9"),
      title: isRevert ? `Revert "${titleOf(index)}"` : titleOf(index),
      at,
      deployedAt: times.find((time) => time > ready) ?? null,
      isRevert,
      isIntegration: index % 2 === 0,
    };
  });
}

function deploymentOf(
  plan: Plan,
  times: readonly number[],
  commits: readonly Commit[],
  index: number,
  at: number,
  roll: () => number,
): Deployment {
  const carried = commits.filter(({ deployedAt }) => deployedAt === at).length;
  const before = times[index - 1];
  const id = plan.nameOf(index);
  return {
    service: plan.service,
    id,
    url: `https://git.example/acme/${plan.service}/releases/${id}`,
    at,
    gapHours: before === undefined ? null : (at - before) / HOUR,
    commits: carried,
    changes: Math.ceil(carried / 2),
    recoveryHours: roll() < 0.11 ? 0.4 + roll() * roll() * 60 : null,
    isRework: roll() < 0.07,
    isFeature: index % 3 === 0,
    isPatched: roll() < 0.3,
  };
}
