/** How what is merged and tested comes to production: by planned releases, in the backbone's window, or at once. */
import type { Deployment, Job, Outcome } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR, MINUTE, SECOND } from "#metrics/time.ts";
import type { Ways } from "./failures.ts";
import { fail } from "./failures.ts";
import { HOSTED, OWN } from "./runners.ts";
import type { Merged, Scene } from "./scene.ts";
import { identity } from "./scene.ts";
import { onWorkday, windowFrom } from "./work-days.ts";

/** Probability that a deployment never gets there and is tried again. */
const ABORTED = 0.03;
const AGAIN_AFTER = 30 * MINUTE;
const USUAL_MINUTES = 7;

/** Evening releases are cut at noon. */
const EVENING = { cut: 12, out: 20 } as const;
const DAYTIME = { cut: 10, out: 14 } as const;
/** Nobody presses the button on the minute. */
const [EARLIEST_MINUTES, LATEST_MINUTES] = [150, 60];
const [TUESDAY, THURSDAY] = [1, 3];

/** Every Monday the releases of the week are planned. */
export function planReleases(scene: Scene, monday: Instant, week: number): void {
  scene.agenda.plan(monday, (now) => {
    if (!scene.isOpen(now)) return;
    const cadence = scene.cadenceAt(now);
    const first = Math.round(monday / DAY);
    const train = (weekday: number, { cut, out }: typeof EVENING | typeof DAYTIME) => {
      const days = scene.daysAt(now);
      const late = scene.chance("late", week, weekday).between(0, LATEST_MINUTES) * MINUTE;
      const early = scene.chance("early", week, weekday).between(0, EARLIEST_MINUTES) * MINUTE;
      planTrain(scene, onWorkday(days, first + weekday, cut) - early, onWorkday(days, first + weekday, out) + late);
    };
    if (typeof cadence === "object") {
      if (cadence.everyWeeks < 1) for (const weekday of [TUESDAY, THURSDAY]) train(weekday, DAYTIME);
      else if (week % cadence.everyWeeks === 0) train(TUESDAY, EVENING);
    } else if (cadence === "backbone window") {
      const opens = windowFrom(now, scene.backboneZone);
      if (opens < monday + 7 * DAY) planTrain(scene, opens - 19 * HOUR, opens);
    }
    planReleases(scene, monday + 7 * DAY, week + 1);
  });
}

/** A release is cut, tried on staging and waits for its time. What is being repaired then waits for the next one. */
function planTrain(scene: Scene, cutAt: Instant, outAt: Instant): void {
  scene.agenda.plan(cutAt, (cut) => {
    const candidate = releasable(scene);
    if (candidate === null) return;
    const isRecorded = scene.service.known === "deployments";
    if (isRecorded) stage(scene, cut, candidate);
    scene.agenda.plan(outAt, (now) => {
      const { isDeploying, isRecovering } = scene.production;
      if (isDeploying || isRecovering) return;
      if (isRecorded) keepRun(scene, cut, now, candidate);
      deploy(scene, now, candidate);
    });
  });
}

/** What is tested and newer than what runs, where nothing that was taken back would come again. */
function releasable({ trunk: { green }, production: { live, takenBack } }: Scene): Merged | null {
  return green !== null && green.place > Math.max(live?.place ?? -1, takenBack) ? green : null;
}

/** Where everything that is good goes out at once. */
export function deliver(scene: Scene, at: Instant): void {
  if (scene.cadenceAt(at) !== "on demand" || scene.production.isDeploying || scene.production.isRecovering) return;
  const next = releasable(scene);
  if (next !== null) deploy(scene, at, next);
}

/** Now and then the first try does not get there. */
function deploy(scene: Scene, at: Instant, what: Merged): void {
  const { production } = scene;
  production.isDeploying = true;
  const drawn = scene.chance("deploy", production.deployments);
  const lasts = drawn.around(USUAL_MINUTES, 0.4) * MINUTE;
  if (scene.service.known === "releases") return putLive(scene, at, what);
  if (!drawn.isLess(ABORTED)) return roll(scene, at, at + lasts, what);
  const id = keepDeployment(scene, at, "production", what.sha);
  scene.agenda.plan(at + lasts, (now) => say(scene, now, id, "failure"));
  scene.agenda.plan(at + lasts + AGAIN_AFTER, (now) => roll(scene, now, now + lasts, what));
}

/** A deployment that succeeds at an instant. */
function roll(scene: Scene, at: Instant, successAt: Instant, what: Merged): void {
  scene.production.isDeploying = true;
  const id = keepDeployment(scene, at, "production", what.sha);
  scene.agenda.plan(successAt, (now) => {
    say(scene, now, id, "success");
    live(scene, now, what, id);
  });
}

/** A published release is a deployment by itself. */
function putLive(scene: Scene, at: Instant, what: Merged): void {
  live(scene, at, what, publish(scene, at, what));
}

const WAYS: Ways = { roll, putLive, deliver };

function live(scene: Scene, at: Instant, what: Merged, id: string): void {
  const { production } = scene;
  production.isDeploying = false;
  production.previous = production.live;
  production.live = what;
  const isPlanned = scene.cadenceAt(at) !== "on demand";
  if (scene.service.known === "deployments" && isPlanned && !what.isRepair) publish(scene, at, what);
  fail(scene, at, id, WAYS);
  deliver(scene, at);
}

function publish(scene: Scene, at: Instant, { sha }: Merged): string {
  const name = `v1.${(scene.production.versions += 1)}.0`;
  const release = { name, url: null, sha, publishedAt: at, draft: false, prerelease: false };
  scene.host.keep({ kind: "release", ...identity(scene, name), ...release }, at);
  return name;
}

function stage(scene: Scene, at: Instant, { sha }: Merged): void {
  const id = keepDeployment(scene, at, "staging", sha);
  scene.agenda.plan(at + 6 * MINUTE, (now) => say(scene, now, id, "success"));
}

function keepDeployment(scene: Scene, at: Instant, environment: string, sha: string): string {
  const id = String((scene.production.deployments += 1));
  const deployment: Deployment = {
    kind: "deployment",
    ...identity(scene, id),
    url: null,
    environment,
    tier: null,
    sha,
    createdAt: at,
    fixesVersion: null,
    deployerKind: scene.chance("by hand", id).isLess(scene.practiceAt(at).byHandShare) ? "human" : "bot",
    statuses: [
      {
        outcome: "running",
        at: at + SECOND,
      },
    ],
  };
  scene.host.keep(deployment, at);
  return id;
}

function say(scene: Scene, at: Instant, id: string, outcome: Outcome): void {
  scene.host.change("deployment", id, at, (before) => ({ ...before, statuses: [...before.statuses, { outcome, at }] }));
}

/** The run of a planned release: packed at the cut, and then it waits for its time. */
function keepRun(scene: Scene, cutAt: Instant, outAt: Instant, { sha }: Merged): void {
  const id = String((scene.trunk.runs += 1));
  const job = (name: string, startedAt: Instant, minutes: number, at: Pick<Job, "environment" | "runner">): Job => ({
    id: `${id}-${name}`,
    name,
    outcome: "success",
    allowedToFail: false,
    ...at,
    startedAt,
    finishedAt: startedAt + minutes * MINUTE,
  });
  const jobs = [
    job("package", cutAt + MINUTE, scene.chance("package", id).around(9, 0.4), { environment: null, runner: HOSTED }),
    job("release", outAt, 8, { environment: "production", runner: OWN }),
  ];
  const finishedAt = outAt + 8 * MINUTE;
  scene.agenda.plan(finishedAt, (now) =>
    scene.host.keep(
      {
        kind: "pipeline",
        ...identity(scene, id),
        name: "release",
        url: null,
        sha,
        branch: null,
        outcome: "success",
        attempt: 1,
        earlier: [],
        jobs,
        createdAt: cutAt,
        startedAt: cutAt + MINUTE,
        finishedAt,
      },
      now,
    ),
  );
}
