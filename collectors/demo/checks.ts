/** Runs of the pipeline: of changes, and of what came to the default branch. */
import type { Attempt, Outcome, Pipeline } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";
import { jobsOf } from "./runners.ts";
import type { Merged, Scene } from "./scene.ts";
import { identity } from "./scene.ts";
import { land } from "./trunk.ts";

export const DEFAULT_BRANCH = "main";

/** How many of ten changes have a run that fails because of what they change. */
const RED_CHANGES = 0.12;

interface Run {
  readonly sha: string;
  readonly branch: string;
  /** Whether the code is good; a good one may still need a second attempt. */
  readonly isGood: boolean;
  readonly done: (at: Instant) => void;
}

/** The run of a change that was opened or pushed to. */
export function checkChange(scene: Scene, at: Instant, sha: string, branch: string): void {
  const isGood = !scene.chance("check", sha).isLess(RED_CHANGES);
  run(scene, at, { sha, branch, isGood, done: () => undefined });
}

/** The run of what was merged. A merge may break the branch; then someone repairs it, and until then nothing is good. */
export function checkTrunk(scene: Scene, at: Instant, merged: Merged, passed: (at: Instant) => void): void {
  const { trunk } = scene;
  const { brokenShare } = scene.practiceAt(at);
  const breaks = !trunk.isBroken && !merged.isRepair && scene.chance("break", merged.sha).isLess(brokenShare);
  if (breaks) {
    trunk.isBroken = true;
    planRepair(scene, at, passed);
  }
  runTrunk(scene, at, merged, passed);
}

function runTrunk(scene: Scene, at: Instant, merged: Merged, passed: (at: Instant) => void): void {
  const { trunk } = scene;
  const isGood = !trunk.isBroken;
  const done = (end: Instant) => {
    if (!isGood || (trunk.green?.place ?? -1) > merged.place) return;
    trunk.green = merged;
    passed(end);
  };
  run(scene, at, { sha: merged.sha, branch: DEFAULT_BRANCH, isGood, done });
}

/** Pushed past every change, as such repairs often are. It breaks nothing itself, and what it is deployed with may fail like anything else. */
function planRepair(scene: Scene, at: Instant, passed: (at: Instant) => void): void {
  const drawn = scene.chance("repair", scene.trunk.commits++);
  const hours = drawn.around(scene.practiceAt(at).brokenHours, 0.8);
  scene.agenda.plan(scene.daysAt(at).after(at, hours), (now) => {
    const [author] = scene.pair(drawn, now);
    const sha = scene.sha("repair", scene.trunk.merged.length);
    scene.trunk.isBroken = false;
    const title = "Repair the build";
    runTrunk(scene, now, land(scene, now, { sha, ...author, authoredAt: now, title, number: null }), passed);
  });
}

function run(scene: Scene, at: Instant, { sha, branch, isGood, done }: Run): void {
  const { host, agenda } = scene;
  const id = String((scene.trunk.runs += 1));
  const drawn = scene.chance("run", id);
  const { queueMinutes, pipelineMinutes, flakyShare } = scene.practiceAt(at);
  const isFlaky = isGood && drawn.isLess(flakyShare);
  const startedAt = at + drawn.around(queueMinutes, 0.9) * MINUTE;
  const lasts = drawn.around(pipelineMinutes, 0.3) * MINUTE;
  const created: Pipeline = {
    kind: "pipeline",
    ...identity(scene, id),
    name: "ci",
    url: null,
    sha,
    branch,
    outcome: "waiting",
    attempt: 1,
    earlier: [],
    jobs: [],
    createdAt: at,
    startedAt: null,
    finishedAt: null,
  };
  host.keep(created, at);
  const finish = (now: Instant, outcome: Outcome) =>
    host.change("pipeline", id, now, (before) => {
      const jobs = jobsOf(scene, { id, from: startedAt, to: now, outcome });
      return { ...before, outcome, finishedAt: now, jobs };
    });
  agenda.plan(startedAt, (begun) => {
    host.change("pipeline", id, begun, (before) => ({ ...before, outcome: "running", startedAt: begun }));
    agenda.plan(begun + lasts, (now) => {
      finish(now, isGood && !isFlaky ? "success" : "failure");
      if (isFlaky) agenda.plan(now + drawn.around(25, 0.7) * MINUTE, (again) => retry(scene, again, id, lasts, done));
      else if (isGood) done(now);
    });
  });
}

/** Somebody tries again what failed for no reason. */
function retry(scene: Scene, at: Instant, id: string, lasts: number, done: (at: Instant) => void): void {
  const { host, agenda } = scene;
  host.change("pipeline", id, at, (before) => {
    const { outcome, startedAt, finishedAt, jobs: retried } = before;
    const earlier: Attempt[] = [{ number: 1, outcome, startedAt, finishedAt }];
    return { ...before, outcome: "running", attempt: 2, earlier, startedAt: at, finishedAt: null, jobs: [], retried };
  });
  agenda.plan(at + lasts, (now) => {
    const jobs = jobsOf(scene, { id: `${id}-2`, from: at, to: now, outcome: "success" });
    host.change("pipeline", id, now, (before) => ({ ...before, outcome: "success", finishedAt: now, jobs }));
    done(now);
  });
}
