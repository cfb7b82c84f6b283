/** The contract's shapes, by the names the dashboard uses. */
import type { Ask, CommandReply, Reply } from "#server/contract.ts";

export type Status = Reply<"/api/status">;
export type Source = Status["sources"][number];
export type Service = Status["services"][number];
export type Definition = Reply<"/api/metrics">[number];
export type Measures = Reply<"/api/measures">;
export type MeasuresAsk = Ask<"/api/measures">;
export type Measured = Measures["measures"][number];
export type Measure = Measured["whole"];
export type Point = Measured["series"][number];
export type Comparison = NonNullable<Measured["previous"]>;
export type Verdict = Comparison["verdict"];
export type Limits = NonNullable<Measured["limits"]>;
export type Quality = Measures["quality"][number];
export type Interval = Measures["interval"];
export type Window = Measures["window"];
export type Benchmark = Reply<"/api/benchmark">;
export type Flow = Reply<"/api/flow">;
export type Scopes = Reply<"/api/scopes">;
export type Portfolio = Reply<"/api/services">;
export type Rows = Reply<"/api/rows">;
export type Row = Rows["rows"][number];
export type Experiment = Reply<"/api/experiments">[number];
export type JudgementEntry = Reply<"/api/judgements">[number];
export type Order = NonNullable<Ask<"/api/rows">["order"]>;
export type SyncEntry = Reply<"/api/syncs">[number];
export type Preview = Reply<"/api/rules/preview">;
export type RuleQuestion = Ask<"/api/rules/preview">;
export type Probed = CommandReply<"/api/connect/probe">;
/** By what Headway is let in at a host. */
export type By = Probed["by"];
export type Connected = CommandReply<"/api/connect">;
