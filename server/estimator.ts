/** A thread that estimates or plans once and ends: a program of its own, which `estimating.ts` starts. */
import { parentPort, workerData } from "node:worker_threads";
import type { Task } from "./estimating.ts";
import { worked } from "./estimating.ts";

// oxlint-disable-next-line no-unsafe-type-assertion -- this is what it is started with
parentPort?.postMessage(worked(workerData as Task));
