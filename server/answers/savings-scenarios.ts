/** DORA's calculators as they come, each labelled as what it is. */
import { AI_2026, ai2026, DEVOPS_2020, devops2020 } from "#metrics/programme/savings/scenario.ts";
import type { Reply } from "../contract.ts";

type Scenario = Reply<"/api/savings">["scenarios"][number];

export function scenarios(): Scenario[] {
  return [
    {
      id: "devops-2020",
      title: "The ROI of DevOps Transformation (DORA, 2020), a large organisation of elite performance",
      words:
        "A scenario of published averages: nothing in it was measured here, and it is no part of a saving. The paper prints the three parts; some of their factors are chosen to give them.",
      inputs: numbers({ ...DEVOPS_2020 }),
      results: numbers({ ...devops2020(DEVOPS_2020) }),
    },
    {
      id: "ai-2026",
      title: "ROI of AI-assisted software development (DORA, 2026), first year",
      words:
        "A scenario with the calculator's own defaults: nothing in it was measured here, and it is no part of a saving. More deployments with more failures cost downtime in it.",
      inputs: numbers({ ...AI_2026 }),
      results: numbers({ ...ai2026(AI_2026) }),
    },
  ];
}

function numbers<K extends string, T>(of: Readonly<Record<K, T>>): { name: string; value: T }[] {
  return Object.entries<T>(of).map(([name, value]) => ({ name, value }));
}
