/**
 * DORA's own calculators of what better delivery returns, as scenarios: they reckon with published averages and hopes, and nothing in them was measured here. Never
 * part of a saving.
 */
import { returnOnInvestment } from "../cash-flow.ts";

/** "The ROI of DevOps Transformation" (DORA and Google Cloud, 2020): what a year at a level of performance is worth. Shares are 0 to 1. */
export interface Devops2020 {
  readonly staff: number;
  /** A year, for one. */
  readonly salary: number;
  /** What is paid beside the salary, as a factor. */
  readonly benefits: number;
  /** Of the time, what is spent on rework that better performance makes unnecessary. */
  readonly rework: number;
  readonly linesOfBusiness: number;
  /** New features tried in a year by each line of business. */
  readonly experiments: number;
  readonly successes: number;
  /** Of a success, as a share of the size of the business. */
  readonly impact: number;
  readonly businessSize: number;
  readonly deployments: number;
  readonly failRate: number;
  readonly recoveryHours: number;
  readonly outageCost: number;
  readonly investment: number;
}

/** These give the parts that the paper prints for a large organisation of elite performance; it prints the products, and some of their factors are chosen to fit. */
export const DEVOPS_2020: Devops2020 = {
  staff: 8500,
  salary: 110_000,
  benefits: 1.5,
  rework: 0.013,
  linesOfBusiness: 20,
  experiments: 7.3,
  successes: 1 / 3,
  impact: 0.01,
  businessSize: 100_000_000,
  deployments: 365,
  failRate: 0.075,
  recoveryHours: 1,
  outageCost: 500_000,
  investment: 6_811_000,
};

export interface Devops2020Result {
  readonly rework: number;
  readonly newFeatures: number;
  readonly downtime: number;
  readonly total: number;
  /** (total − investment) / investment; `null` where nothing is invested. */
  readonly returnOnInvestment: number | null;
  /** In years; `null` where nothing comes back. */
  readonly payback: number | null;
}

export function devops2020(of: Devops2020): Devops2020Result {
  const rework = of.staff * of.salary * of.benefits * of.rework;
  const newFeatures = of.linesOfBusiness * of.experiments * of.successes * of.impact * of.businessSize;
  const downtime = of.deployments * of.failRate * of.recoveryHours * of.outageCost;
  const total = rework + newFeatures + downtime;
  return {
    rework,
    newFeatures,
    downtime,
    total,
    returnOnInvestment: returnOnInvestment(of.investment, total),
    payback: total > 0 ? of.investment / total : null,
  };
}

/** "ROI of AI-assisted software development" (DORA, 2026), https://dora.dev/ai/roi/calculator/: the first year with AI tools. Shares are 0 to 1. */
export interface Ai2026 {
  readonly staff: number;
  readonly salary: number;
  readonly revenue: number;
  readonly downtimeCost: number;
  readonly deployments: number;
  readonly features: number;
  readonly successes: number;
  readonly impact: number;
  readonly failRate: number;
  readonly recoveryHours: number;
  readonly timeSaved: number;
  readonly licence: number;
  readonly otherCost: number;
  readonly infrastructure: number;
  readonly training: number;
  readonly targetDeployments: number;
  readonly targetFeatures: number;
  readonly targetFailRate: number;
  readonly drop: number;
  readonly dropMonths: number;
}

/** The calculator's own defaults. */
export const AI_2026: Ai2026 = {
  staff: 500,
  salary: 176_000,
  revenue: 100_000_000,
  downtimeCost: 100_000,
  deployments: 50,
  features: 50,
  successes: 0.33,
  impact: 0.005,
  failRate: 0.05,
  recoveryHours: 4,
  timeSaved: 0.125,
  licence: 250,
  otherCost: 80,
  infrastructure: 100_000,
  training: 9600,
  targetDeployments: 56,
  targetFeatures: 56,
  targetFailRate: 0.06,
  drop: 0.15,
  dropMonths: 3,
};

export interface Ai2026Result {
  readonly hardCosts: number;
  /** What slower teams cost while they learn. */
  readonly dip: number;
  readonly investment: number;
  readonly capacity: number;
  readonly features: number;
  /** Below 0 where more fails than before. */
  readonly downtime: number;
  readonly value: number;
  readonly benefit: number;
  readonly returnOnInvestment: number | null;
  /** In years; `null` where nothing comes back. */
  readonly payback: number | null;
}

export function ai2026(of: Ai2026): Ai2026Result {
  const hardCosts = (of.licence + of.otherCost + of.training) * of.staff + of.infrastructure;
  const dip = of.staff * of.salary * of.drop * (of.dropMonths / 12);
  const investment = hardCosts + dip;
  const capacity = of.staff * of.salary * of.timeSaved;
  const features = (of.targetFeatures - of.features) * of.successes * of.impact * of.revenue;
  const outage = of.recoveryHours * of.downtimeCost;
  const downtime = of.deployments * of.failRate * outage - of.targetDeployments * of.targetFailRate * outage;
  const value = capacity + features + downtime;
  return {
    hardCosts,
    dip,
    investment,
    capacity,
    features,
    downtime,
    value,
    benefit: value - investment,
    returnOnInvestment: returnOnInvestment(investment, value),
    payback: value > 0 ? investment / value : null,
  };
}
