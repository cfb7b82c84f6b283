/** The paths for whoever operates Headway: whether it lives, whether it can answer, and what it counts. Outside /api, where probes look for them. */
import { z } from "zod";

const Lives = z.strictObject({ alive: z.literal(true) });

const Ready = z.strictObject({
  ready: z.boolean(),
  reason: z.string().nullable().describe("Why it cannot answer now; `null` when it can."),
});

/** `watcher`: whoever sits at this machine, or brings a token of the scope `metrics`. */
export const operationContract = {
  "/healthz": {
    summary: "Whether the process answers at all. Restart it when not.",
    may: "anyone",
    type: "application/json",
    reply: Lives,
  },
  "/readyz": {
    summary: "Whether it can answer questions now: 200, or 503 with the reason. Send no requests while it cannot.",
    may: "anyone",
    type: "application/json",
    reply: Ready,
  },
  "/metrics": {
    summary:
      "What this process counts, as text for Prometheus (version 0.0.4). No names of people, services or sources.",
    may: "watcher",
    type: "text/plain",
    reply: z.string(),
  },
} as const;

export type Readiness = z.output<typeof Ready>;
